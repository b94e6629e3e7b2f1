"""What this host's editors do by hand in the page explorer, and its developer in a data migration."""

from wagtail.models import Locale, Site


def make_site() -> None:
    """A root, a home page on the host's own base, and a site."""
    from .website.models import HomePage

    locale, _made = Locale.objects.get_or_create(language_code="en")
    pages = Site._meta.get_field("root_page").related_model
    root = pages.objects.filter(depth=1).first()
    if root is None:
        root = pages.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="Home", slug="main", locale=locale))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def make_pages() -> None:
    """A report page, a list of regions and a page for each, after ``nums_setup`` has planted the regions."""
    from nums_wagtail.regions.tree import main_regions

    from .safety.models import AlertIndexPage, RegionalPage, ReportPage

    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=ReportPage(title="Tell us", slug="form"))
    index = home.add_child(instance=AlertIndexPage(title="Updates", slug="updates"))
    for region in main_regions():
        index.add_child(instance=RegionalPage(title=region.name, slug=region.code, region=region))
