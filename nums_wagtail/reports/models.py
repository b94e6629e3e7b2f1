"""What was reported: the sealed words, the few plain facts around them, and the consent ledger.

Reached through ``reports.access`` only; no other module may use these managers.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .help_words import HelpTopic

__all__ = [
    "AnswerTally",
    "ConsentEvent",
    "EvidenceFile",
    "HelpText",
    "ReceiptWords",
    "Report",
    "ReportDraft",
    "ReportMessage",
    "ReportVersion",
    "SuspectTag",
]


class Report(models.Model):
    """A report as the tables may know it. Everything that was said stands sealed in its versions."""

    class Status(models.TextChoices):
        """What its reporter is told; set by ``receipts.set_status``."""

        RECEIVED = "received", _("Received")
        OPENED = "opened", _("Being read")
        WARNED = "warned", _("A warning went out")
        CLOSED = "closed", _("Closed")

    class Source(models.TextChoices):
        PUBLIC = "public", _("Report page")
        PROJECT = "project", _("Project")
        STAFF = "staff", _("Keyed by staff")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(editable=False)
    #: The second lock on how the reporter can be reached; None when that was not said, or has ended.
    contact_key = models.UUIDField(null=True, editable=False)
    #: Names one showing of the form, so that the same form sent twice is one report.
    form_id = models.UUIDField(unique=True, editable=False)
    region = models.ForeignKey(
        "nums_wagtail.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.RECEIVED)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.PUBLIC)
    #: The project from whose page it came; never the person who works there.
    project = models.ForeignKey(
        "nums_wagtail.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("project"),
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    #: A child may be at risk, or the reporter is under 18: no warning without the safeguarding lead. Once true it
    #: stays, whatever is added later.
    child = models.BooleanField(_("a child may be at risk"), default=False, editable=False)
    categories = models.JSONField(_("categories"), default=list)
    language = models.CharField(_("language"), max_length=10, default="en")
    received_on = models.DateField(_("received on"))
    #: The last day on which reporter and team said something to each other.
    exchanged_on = models.DateField(_("last exchange"), editable=False)
    incident_on = models.DateField(_("happened on or about"), null=True)
    #: The reporter allows no warning before this day.
    warn_from = models.DateField(_("no warning before"), null=True)
    #: False until the worker has made the slow tags of what was said about suspects.
    tagged = models.BooleanField(default=False, editable=False)
    #: Came in a flood, or filled in as a machine does. It changes where it stands in the queue and nothing else.
    looks_automatic = models.BooleanField(_("looks automatic"), default=False, editable=False)
    #: How many years after closing the reporter wants it kept; None: as usual.
    keep_years = models.PositiveSmallIntegerField(_("years to keep"), null=True, editable=False)
    #: The team wrote, and the reporter has not come back since.
    news_for_reporter = models.BooleanField(default=False, editable=False)
    #: After how many days the reporter last answered how things went: 0, 30 or 90.
    asked_after = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        indexes = [models.Index(fields=["received_on", "region"], name="nums_report_day_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_years__isnull=True) | models.Q(keep_years__range=(1, 7)),
                name="nums_report_kept_one_to_seven_years",
            )
        ]

    def __str__(self) -> str:
        return f"report {self.reference}"

    @property
    def reference(self) -> str:
        """What a project and the team call it when they speak: random, and it opens nothing."""
        return str(self.uuid)[:8]


class HelpText(models.Model):
    """What the charity says instead of the usual words about help that cannot wait, in one language."""

    topic = models.CharField(_("about"), max_length=20, choices=HelpTopic.choices)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(
        _("text"),
        max_length=2000,
        help_text=_("Short sentences. Each line is a paragraph; lines that begin with a hyphen are a list."),
    )

    class Meta:
        verbose_name = _("help text")
        verbose_name_plural = _("help texts")
        ordering = ["topic", "language"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "language"],
                name="nums_one_help_text",
                violation_error_message=_("There is a text about this in that language. Change it instead."),
            )
        ]

    def __str__(self) -> str:
        return f"help text {self.topic} {self.language}"


class ReportVersion(models.Model):
    """One sealed document a version; the reporter's words are kept and never overwritten."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    envelope = models.BinaryField()
    #: How the reporter can be reached, sealed under the report's key and once more under its ``contact_key``.
    contact = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("report version")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="nums_one_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.pk}"


class EvidenceFile(models.Model):
    """A file that came with a report, or a copy made of one. What it is and what it is called is sealed too."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    #: The file of which this is a copy with parts blocked out.
    original = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="copies")
    #: In the order in which they came.
    number = models.PositiveSmallIntegerField()
    envelope = models.BinaryField()
    #: None for a file that was refused: only its name and the reason are kept.
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("file with a report")
        verbose_name_plural = _("files with reports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="nums_one_file_a_number")]

    def __str__(self) -> str:
        return f"file {str(self.uuid)[:8]}"


class ReportDraft(models.Model):
    """A report that was saved to be finished later. Its receipt finds and opens it, and nobody else can."""

    lookup = models.BinaryField(max_length=16, unique=True, editable=False)
    #: Which site key its receipt was peppered with.
    kid = models.CharField(max_length=20, editable=False)
    box = models.BinaryField()
    saved_on = models.DateField()

    class Meta:
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")
        default_permissions = ()

    def __str__(self) -> str:
        return f"saved report {self.pk}"


class SuspectTag(models.Model):
    """Slow keyed tag of one identifier of a suspect: says that two reports share it, never what it is."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=10)
    tag = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("suspect tag")
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "tag"], name="nums_suspect_tag")]
        constraints = [models.UniqueConstraint(fields=["report", "kind", "tag"], name="nums_one_tag_a_report")]

    def __str__(self) -> str:
        return f"tag {self.pk}"


class ConsentEvent(models.Model):
    """One answer to one purpose. Append-only: the newest answer counts, the older ones stay as proof."""

    class Purpose(models.TextChoices):
        ALERT = "alert", _("Warn members with an alert")
        CHECKER = "checker", _("Let members find it with the checker")
        POLICE_ANONYMOUS = "police_anonymous", _("Tell the police without my name")
        POLICE_NAMED = "police_named", _("Tell the police with my name, through you")
        CONTACT = "contact", _("Contact me")
        RESEARCH = "research", _("Use it in anonymous research")
        PARTNERS = "partners", _("Share the warning with partner schemes")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        ASK = "ask", _("Ask me first")

    class Through(models.TextChoices):
        FORM = "form", _("Report page")
        RECEIPT = "receipt", _("Receipt page")
        STAFF = "staff", _("Staff, for the reporter")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    answer = models.CharField(_("answer"), max_length=4, choices=Answer.choices)
    wording = models.CharField(_("wording"), max_length=20)
    through = models.CharField(_("through"), max_length=8, choices=Through.choices)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("consent entry")
        verbose_name_plural = _("consent entries")
        default_permissions = ()
        indexes = [models.Index(fields=["report", "purpose", "-id"], name="nums_consent_newest")]

    def __str__(self) -> str:
        return f"consent entry {self.pk}"


class ReportMessage(models.Model):
    """One message between a reporter and the team, sealed under the report's own key."""

    class Author(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        TEAM = "team", _("Team")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(_("written by"), max_length=8, choices=Author.choices)
    envelope = models.BinaryField()
    written_on = models.DateField(_("written on"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"message {self.pk}"


class AnswerTally(models.Model):
    """How often one answer was given in a year. It belongs to no report, so nobody can tell who gave it."""

    question = models.CharField(_("question"), max_length=20)
    answer = models.CharField(_("answer"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("counted answer")
        verbose_name_plural = _("counted answers")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["question", "answer", "year"], name="nums_one_tally")]

    def __str__(self) -> str:
        return f"tally {self.pk}"


_USUAL = _("Leave empty for the usual words. Yours are shown in the site's own language only.")


@register_setting(icon="doc-full")
class ReceiptWords(BaseSiteSetting):
    """What reporters read about the state of their report, in the charity's own words."""

    received = models.TextField(_("nobody has read it yet"), max_length=500, blank=True, help_text=_USUAL)
    opened = models.TextField(_("somebody reads it"), max_length=500, blank=True, help_text=_USUAL)
    warned = models.TextField(_("a warning went out"), max_length=500, blank=True, help_text=_USUAL)
    closed = models.TextField(_("finished"), max_length=500, blank=True, help_text=_USUAL)

    panels = [FieldPanel("received"), FieldPanel("opened"), FieldPanel("warned"), FieldPanel("closed")]

    class Meta:
        verbose_name = _("Receipt page: words")

    def __str__(self) -> str:
        return "receipt words"
