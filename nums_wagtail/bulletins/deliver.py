"""Delivering: what the mailing room's outbox asks about deliveries: who still wants one, its message, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.conf import nums_settings
from nums_wagtail.mailing.message import Attachment, MailFaces, MessageTemplate, Outgoing
from nums_wagtail.mailing.models import OutboxQuerySet, RowState
from nums_wagtail.mailing.outbox import Outbox
from nums_wagtail.members.models import Member
from nums_wagtail.vault.fields import open_values

from .models import Bulletin, BulletinAlert, Delivery, Edition, Subscription
from .signals import bulletin_sent
from .stop_links import stop_addresses

OUTBOX_KEY = "bulletins"
#: One word, no scheme: many programs show it.
LIST_ID = "updates"
PDF_NAME = "update.pdf"
_TEMPLATES_KEPT = 16


def rows() -> OutboxQuerySet:
    return Delivery.objects.all()


def still_wanted(deliveries: Sequence[Delivery]) -> set[int]:
    """Asked right before sending: not pulled back, not unsubscribed, suspended or left, no alert withdrawn."""
    lapsed = BulletinAlert.objects.filter(
        ~Exists(AlertRelease.objects.current().filter(pk=OuterRef("release"))),
        bulletin=OuterRef("bulletin"),
        kind=Bulletin.Kind.INSTANT,
    )
    wanted = Delivery.objects.filter(
        # Asked of each row: a list of all who want mail would be made anew for each group.
        Exists(Subscription.objects.wanting_mail().filter(pk=OuterRef("subscription"))),
        ~Exists(lapsed),
        pk__in=[row.pk for row in deliveries],
        state=RowState.CLAIMED,
        bulletin__state=Bulletin.State.SENDING,
    )
    return set(wanted.values_list("pk", flat=True))


def build(deliveries: Sequence[Delivery]) -> Mapping[int, Outgoing]:
    """The message of each delivery. Addresses of the group are opened together, and kept no longer than it."""
    codes = dict(Edition.objects.filter(pk__in={row.edition_id for row in deliveries}).values_list("pk", "code"))
    columns = ("pk", "uuid", "member__uuid", "member__data_key", "member__email")
    about = list(
        Subscription.objects.filter(pk__in=[row.subscription_id for row in deliveries]).values_list(*columns)
    )
    email = Member._meta.get_field("email")
    addresses = open_values(email, [(uuid, key, sealed) for _pk, _own, uuid, key, sealed in about])
    by_subscription = {row[0]: (row[1], address) for row, address in zip(about, addresses, strict=True)}
    stops = stop_addresses({own for own, _address in by_subscription.values()})
    built: dict[int, Outgoing] = {}
    for row in deliveries:
        own, address = by_subscription.get(row.subscription_id, (None, None))
        if own is None or address is None or row.edition_id not in codes:
            continue
        built[row.pk] = _template(row.edition_id, codes[row.edition_id]).for_recipient(
            to=address, message_id=row.message_id, date=row.message_date, unsubscribe_url=stops[own]
        )
    return built


def settled(deliveries: Sequence[Delivery]) -> None:
    """Finish each bulletin of which nothing waits any more."""
    for pk in {row.bulletin_id for row in deliveries}:
        finish_if_done(pk)


def finish_if_done(bulletin_pk: int) -> bool:
    """Write a bulletin's final counts once nothing of it waits; says whether it was finished now."""
    mine = Delivery.objects.filter(bulletin=bulletin_pk)
    if mine.unfinished().exists():
        return False
    reached = mine.filter(state=RowState.SENT).count()
    bulletin = Bulletin.objects.filter(pk=bulletin_pk)
    with transaction.atomic():
        finished = bulletin.filter(state=Bulletin.State.SENDING).update(
            state=Bulletin.State.SENT, finished_at=timezone.now(), reached=reached
        )
        # What was in the air when it was pulled back has landed by now.
        bulletin.filter(state=Bulletin.State.STOPPED).update(reached=reached)
        if finished:
            transaction.on_commit(
                lambda: bulletin_sent.send(sender=Bulletin, bulletin=Bulletin.objects.get(pk=bulletin_pk))
            )
    return bool(finished)


@lru_cache(maxsize=_TEMPLATES_KEPT)
def _template(edition_pk: int, code: str) -> MessageTemplate:
    """An edition encoded for mail once for thousands. Its code tells it from another row of the same number."""
    edition = Edition.objects.get(pk=edition_pk, code=code)
    attachments = (Attachment(PDF_NAME, bytes(edition.pdf), "application/pdf"),) if edition.pdf else ()
    return MessageTemplate(
        MailFaces(edition.subject, edition.text, edition.html, attachments),
        from_=nums_settings().mailing.BULLETIN_FROM or settings.DEFAULT_FROM_EMAIL,
        list_id=LIST_ID,
    )


DELIVERIES = Outbox(rows=rows, still_wanted=still_wanted, build=build, settled=settled)
