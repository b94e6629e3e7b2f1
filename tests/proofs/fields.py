"""The inventory of what is kept: every field of every model of ours, with its class and, for times, why so exact.

A new field needs an entry here. ``docs/reference/data.md`` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from wagtail.models import Page, Task, TaskState

from nums_wagtail.vault.fields import EncryptedField

LABELS = ("nums_wagtail", "nums_vault", "nums_pages")

#: Class → what it means for a reader of the documentation.
CLASSES = {
    "sealed": "sealed to the caseworkers' key: the server itself cannot open it unattended",
    "encrypted": "encrypted under a data key that the server can open, because it has to send or show it",
    "draft": "readable in the tables until it is released or given up; reached through our pages only",
    "released": "exactly what members read; readable",
    "plain": "readable in the tables",
    "time": "readable: a day or a moment; the last column says why it is no coarser",
    "tag": "a keyed tag: says that two values are the same, never what they are",
    "digest": "a digest that opens nothing",
    "key": "a key, wrapped; of no use without the site keys, the team key or the receipt",
    "public key": "the public half of a key pair",
    "id": "opaque: a random id, or a row number that leaves no page of readers",
    "link": "which row belongs to which",
    "wording": "words and choices of the charity for everybody to read",
}

#: Field types that a class may have; a class that is not named may have any plain one.
FITTING: dict[str, tuple[type[models.Field], ...]] = {
    "sealed": (models.BinaryField,),
    "encrypted": (EncryptedField,),
    "time": (models.DateField, models.DateTimeField),
    "tag": (models.BinaryField,),
    "key": (models.BinaryField,),
    "public key": (models.BinaryField,),
    "link": (models.ForeignKey, models.OneToOneField, models.ManyToManyField),
    "id": (models.UUIDField, models.AutoField, models.BigAutoField, models.CharField, models.PositiveIntegerField),
}

#: Says that a day is enough and a day is what is kept.
DAY = "to the day"

#: What every outbox row has.
_OUTBOX = {
    "plain": "state lane attempts error_class",
    "id": "owner message_id",
    "time": {
        "due_at": "when it may be tried next; deleted with the row",
        "lease_until": "how long one worker holds it",
        "message_date": "the same Date header in every attempt",
        "sent_at": "for the charity's question whether a warning went out; deleted with the row",
    },
}

#: Model → class → names of its fields. Of times: name → why it is no coarser.
INVENTORY: dict[str, dict[str, str | dict[str, str]]] = {
    # vault
    "nums_vault.DataKey": {
        "id": "id",
        "plain": "kind team_key",
        "key": "wrapped_site wrapped_team wrapped_receipt",
        "tag": "receipt_lookup",
        "time": {"made_on": DAY},
    },
    "nums_vault.TeamKey": {
        "id": "id uuid kid",
        "key": "wrapped_private",
        "public key": "public",
        "time": {"made_on": DAY, "retired_on": DAY},
    },
    "nums_vault.KeySheetCheck": {"id": "id kid", "time": {"checked_on": DAY}},
    # foundation
    "nums_wagtail.Branding": {"id": "id", "link": "site", "wording": "scheme_name accent contact_line banner"},
    "nums_wagtail.ExportRecord": {
        "id": "id",
        "link": "by",
        "plain": "what rows reason",
        "time": {"made_at": "who took a list away must be traceable"},
    },
    # regions
    "nums_wagtail.Region": {
        "id": "id",
        "plain": "path depth numchild",
        "wording": "code name kind ons_code",
        "link": "neighbours",
    },
    "nums_wagtail.PoliceForce": {"id": "id", "wording": "code name website", "link": "regions"},
    "nums_wagtail.StaffRegion": {"id": "id", "link": "user region"},
    "nums_wagtail.Service": {
        "id": "id",
        "wording": "name kinds day_and_night hours phone text_line web languages notes",
        "link": "regions",
        "time": {"checked_on": DAY},
    },
    "nums_wagtail.StaffedHours": {
        "id": "id",
        "link": "site",
        "wording": "hours closed_days",
        "time": {"away_until": DAY},
    },
    # mailing
    "nums_wagtail.Letter": {
        **_OUTBOX,
        "id": "id uuid data_key owner message_id",
        "plain": "state lane attempts error_class kind queued_by",
        "encrypted": "to subject body",
        "time": {**_OUTBOX["time"], "useful_until": "a sign-in link is good for minutes"},
    },
    "nums_wagtail.Suppression": {"id": "id", "tag": "address_tag", "plain": "reason", "time": {"since": DAY}},
    "nums_wagtail.MailBudget": {
        "id": "id",
        "plain": "spent",
        "time": {
            "starts_at": "slices of an hour, to keep within what a mail server allows; says nothing of anybody"
        },
    },
    "nums_wagtail.ChannelState": {
        "id": "id",
        "plain": "last_error_class refused_in_a_row",
        "time": {
            "last_ok": "whether the mail server takes mail now; one row for all",
            "unreachable_since": "since when it does not; one row for all",
        },
    },
    "nums_wagtail.WorkerBeat": {"id": "id", "time": {"at": "whether the worker lives now; one row for all"}},
    # members
    "nums_wagtail.Organisation": {"id": "id uuid", "plain": "kind name", "link": "region"},
    "nums_wagtail.Member": {
        "id": "id uuid data_key",
        "plain": "kind status language format rhythm",
        "encrypted": "working_name email",
        "tag": "email_tag",
        "link": "organisation home_region regions",
        "time": {"applied_on": DAY, "decided_on": DAY},
    },
    "nums_wagtail.SignInLink": {
        "id": "id",
        "link": "member",
        "digest": "digest",
        "time": {"expires_at": "a link is good for minutes; the row goes when it is used or over"},
    },
    "nums_wagtail.Knock": {"id": "id uuid data_key", "encrypted": "content"},
    # reports
    "nums_wagtail.Report": {
        "id": "id uuid data_key contact_key form_id",
        "plain": "status source urgent child categories language tagged looks_automatic keep_years "
        "news_for_reporter asked_after",
        "link": "region project",
        "time": {"received_on": DAY, "exchanged_on": DAY, "incident_on": DAY, "warn_from": DAY},
    },
    "nums_wagtail.HelpText": {"id": "id", "wording": "topic language text"},
    "nums_wagtail.ReportDraft": {
        "id": "id",
        "plain": "kid",
        "tag": "lookup",
        "sealed": "box",
        "time": {"saved_on": DAY},
    },
    "nums_wagtail.ReportVersion": {"id": "id", "link": "report", "plain": "number", "sealed": "envelope contact"},
    "nums_wagtail.EvidenceFile": {
        "id": "id uuid",
        "link": "report original",
        "plain": "number",
        "sealed": "envelope content",
    },
    "nums_wagtail.SuspectTag": {"id": "id", "link": "report", "plain": "kind", "tag": "tag"},
    "nums_wagtail.ConsentEvent": {
        "id": "id",
        "link": "report",
        "plain": "purpose answer wording through",
        "time": {"on": DAY},
    },
    "nums_wagtail.ReportMessage": {
        "id": "id uuid",
        "link": "report",
        "plain": "author",
        "sealed": "envelope",
        "time": {"written_on": DAY},
    },
    "nums_wagtail.AnswerTally": {"id": "id", "plain": "question answer year count"},
    "nums_wagtail.ReceiptWords": {"id": "id", "link": "site", "wording": "received opened warned closed"},
    # casework
    "nums_wagtail.Case": {
        "id": "id uuid data_key",
        "plain": "status severity police urgent lead outcome looks_automatic has_news",
        "link": "assignee region",
        "time": {"received_on": DAY, "closed_on": DAY},
    },
    "nums_wagtail.CaseReport": {"id": "id", "link": "case report"},
    "nums_wagtail.CaseNote": {
        "id": "id uuid",
        "link": "case by",
        "sealed": "envelope",
        "time": {"written_on": DAY},
    },
    "nums_wagtail.SafeguardingTask": {
        "id": "id",
        "link": "case letters lead_told deputy_told",
        "time": {"due_at": "hours count where a child may be at risk; the row goes when the lead has decided"},
    },
    "nums_wagtail.Safeguarding": {"id": "id", "link": "site lead deputy", "plain": "hours"},
    # alerts
    "nums_wagtail.Alert": {
        "id": "id uuid data_key reference",
        "draft": "kind severity categories line incident_precision facts certainty advice",
        "plain": "live has_unpublished_changes expired locked",
        "link": "latest_revision live_revision locked_by made_by regions",
        "time": {
            "incident_on": DAY,
            "ends_on": DAY,
            "first_published_at": "Wagtail's own: when members could first read it, which they may know",
            "last_published_at": "Wagtail's own: when members could first read the newest version",
            "go_live_at": "Wagtail's own, and always empty: no alert publishes itself",
            "expire_at": "Wagtail's own, and always empty: a release carries its end",
            "locked_at": "Wagtail's own: when staff locked a draft",
        },
    },
    "nums_wagtail.AlertIdentifier": {
        "id": "id uuid",
        "link": "alert",
        "draft": "kind masked",
        "encrypted": "value",
    },
    "nums_wagtail.AlertCase": {"id": "id", "link": "alert case"},
    "nums_wagtail.AlertReport": {"id": "id", "link": "alert report"},
    "nums_wagtail.Clearance": {
        "id": "id uuid data_key",
        "link": "alert by",
        "digest": "digest",
        "plain": "findings may_give_away",
        "encrypted": "justifications",
        "time": {"cleared_at": "which of two clearances of one text came before the release"},
    },
    "nums_wagtail.AlertRelease": {
        "id": "id uuid",
        "link": "alert released_by edited_by clearance",
        "plain": "version kind consents findings",
        "released": "content",
        "digest": "digest",
        "time": {
            "released_at": "readers see the day; the order of a region's list rests on the moment",
            "ends_at": "an emergency ends after hours, and is compared when somebody reads",
        },
    },
    "nums_wagtail.AlertWithdrawal": {
        "id": "id",
        "link": "release by",
        "plain": "reason machine",
        "time": {"withdrawn_at": "the struck card stays for days from then; proof of how fast it went"},
    },
    "nums_wagtail.AlertRegion": {
        "id": "id",
        "link": "region release",
        "plain": "why state severity",
        "time": {"released_at": "the order of a region's list; a copy of the release's own"},
    },
    "nums_wagtail.AlertReleaseTask": {"link": "task_ptr"},
    "nums_wagtail.AlertReleaseTaskState": {"link": "taskstate_ptr", "digest": "digest"},
    # bulletins
    "nums_wagtail.BulletinSettings": {"id": "id", "link": "site", "wording": "least_severity"},
    "nums_wagtail.Subscription": {
        "id": "id uuid",
        "link": "member",
        "time": {"since": DAY, "paused_until": DAY},
    },
    "nums_wagtail.Bulletin": {
        "id": "id uuid number",
        "plain": "kind state lane readers reached",
        "link": "releases",
        "time": {
            "composed_at": "an alert is released at a moment its readers know",
            "starts_at": "the minutes in which pulling back stops all of it",
            "finished_at": "for the charity's question when a warning had reached everybody",
        },
    },
    "nums_wagtail.BulletinAlert": {"id": "id", "link": "bulletin release", "plain": "kind"},
    "nums_wagtail.Edition": {
        "id": "id code",
        "link": "bulletin",
        "plain": "language format",
        "released": "subject text html pdf",
    },
    "nums_wagtail.Delivery": {**_OUTBOX, "id": "id owner message_id", "link": "bulletin edition subscription"},
    "nums_wagtail.Reached": {"id": "id", "link": "subscription release"},
    # pages
    "nums_pages.ReportPage": {"link": "page_ptr region", "wording": "intro thanks asked"},
    "nums_pages.ReportQuestion": {
        "id": "id",
        "link": "page",
        "plain": "sort_order required",
        "wording": "clean_name label field_type choices default_value help_text",
    },
    "nums_pages.ProfessionalsPage": {"link": "page_ptr", "wording": "intro more address"},
    "nums_pages.AlertIndexPage": {"link": "page_ptr", "wording": "intro"},
    "nums_pages.RegionalPage": {"link": "page_ptr region", "wording": "intro"},
}


@dataclass(frozen=True)
class Classed:
    """One field with its class; ``reason`` is why a time is no coarser."""

    name: str
    kind: str
    reason: str = ""


def our_models() -> list[type[models.Model]]:
    """Every model of ours with a table, but tables that only join two others."""
    found = [model for label in LABELS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model._meta.managed]


def own_fields(model: type[models.Model]) -> dict[str, models.Field]:
    """Its columns and its many-to-many fields; what Wagtail's own tables hold is Wagtail's."""
    foreign = [base for base in (Page, Task, TaskState) if issubclass(model, base)]
    meta = model._meta
    return {
        field.name: field
        for field in (*meta.local_fields, *meta.local_many_to_many)
        if not any(field.model is base for base in foreign)
    }


def classed(label: str) -> Iterator[Classed]:
    """The entries of one model."""
    for kind, names in INVENTORY.get(label, {}).items():
        if isinstance(names, dict):
            yield from (Classed(name, kind, reason) for name, reason in names.items())
        else:
            yield from (Classed(name, kind) for name in names.split())


def misfits(model: type[models.Model]) -> list[str]:
    """What is wrong with a model's entries, in words."""
    entries, fields = list(classed(model._meta.label)), own_fields(model)
    names = [entry.name for entry in entries]
    wrong = [f"{name} has no class" for name in sorted(fields.keys() - set(names))]
    wrong += [f"{name} is no field" for name in sorted(set(names) - fields.keys())]
    wrong += [f"{name} has two classes" for name in sorted({name for name in names if names.count(name) > 1})]
    for entry in entries:
        if entry.name in fields:
            wrong += [f"{entry.name}: {words}" for words in _misfit(entry, fields[entry.name])]
    return wrong


def _misfit(entry: Classed, field: models.Field) -> Iterator[str]:
    if entry.kind not in CLASSES:
        yield f"{entry.kind!r} is no class"
    if entry.kind in FITTING and not isinstance(field, FITTING[entry.kind]):
        yield f"a {type(field).__name__} cannot be {entry.kind}"
    secret = {"encrypted": EncryptedField, "time": models.DateField}
    for kind, type_ in secret.items():
        if isinstance(field, type_) and entry.kind != kind:
            yield f"a {type(field).__name__} is {kind}, not {entry.kind}"
    if isinstance(field, EncryptedField) and entry.kind == "sealed":
        yield "an encrypted field opens for the server itself, so it is not sealed"
    if isinstance(field, models.BinaryField) and entry.kind == "plain":
        yield "bytes that are plain could be anything; give them a class"
    if isinstance(field, models.DateTimeField) and (not entry.reason or entry.reason == DAY):
        yield "a moment needs a reason for being no day"
