"""The charity's own words: name and banner, a region's name, the words of its pages. For everybody to read."""

from __future__ import annotations

from ..garden import Garden

FIELDS = (
    "nums_wagtail.Branding.scheme_name",
    "nums_wagtail.Branding.contact_line",
    "nums_wagtail.Branding.banner",
    "nums_wagtail.Region.name",
    "nums_pages.ReportPage.intro",
    "nums_pages.ReportPage.thanks",
    "nums_pages.ReportQuestion.label",
    "nums_pages.ReportQuestion.clean_name",
    "nums_pages.ReportQuestion.help_text",
    "nums_pages.ReportQuestion.choices",
    "nums_pages.AlertIndexPage.intro",
    "nums_pages.RegionalPage.intro",
)

PAGES = {
    "Tell us": ("nums_pages.ReportPage.intro", "nums_pages.ReportPage.thanks"),
    "Updates": ("nums_pages.AlertIndexPage.intro",),
    "North West": ("nums_pages.RegionalPage.intro",),
}


def plant(garden: Garden) -> None:
    hazel = garden.staff("hazel", scripts=True)
    words = {
        name: garden.plant(f"branding: {name}", "wording", f"nums_wagtail.Branding.{name}")
        for name in ("scheme_name", "contact_line", "banner")
    }
    hazel.opens("/admin/settings/nums_wagtail/branding/").presses("Save", **words)
    assert hazel.has_typed("banner") == words["banner"]

    hazel.opens("/admin/nums/regions/?q=Wales")
    name = garden.plant("name of a region", "wording", "nums_wagtail.Region.name")
    hazel.opens(hazel.link("/nums/regions/edit/")).presses("Save", name=name)
    assert name in hazel.opens("/admin/nums/regions/?q=cnr").reads()

    for title, fields in PAGES.items():
        hazel.opens(f"/admin/pages/search/?q={title}")
        address = hazel.page.locator("a[href*='/edit/']", has_text=title).first.get_attribute("href")
        typed = {field.rpartition(".")[2]: garden.plant(f"page: {field}", "wording", field) for field in fields}
        own = _own_questions(garden) if title == "Tell us" else {}
        hazel.opens(address or "").presses("Publish", **typed, **own)
        assert "has been published" in hazel.reads(), hazel.reads()[:600]


def _own_questions(garden: Garden) -> dict[str, str]:
    """Two that the charity adds to its form: one answered with words, one with a choice."""
    rows = {"own_questions-TOTAL_FORMS": "2"}
    for number, kind in enumerate(("singleline", "dropdown")):
        start = f"own_questions-{number}-"
        rows |= {f"{start}field_type": kind, f"{start}id": "", f"{start}ORDER": str(number), f"{start}DELETE": ""}
        for name in ("label", "help_text", "choices"):
            field = f"nums_pages.ReportQuestion.{name}"
            # The label gives the column its name, too.
            also = " nums_pages.ReportQuestion.clean_name" if name == "label" else ""
            rows[f"{start}{name}"] = garden.plant(f"own question {number}: {name}", "wording", field + also)
    return rows
