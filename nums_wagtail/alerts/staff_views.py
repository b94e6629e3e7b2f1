"""Staff's own pages beside Wagtail's editor: drafting, reading before release, comparing, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from nums_wagtail.casework.access import get_case
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotThere, NumsError
from nums_wagtail.vault.holders import TeamHolder

from .cards import card
from .clearance import clear_alert
from .drafting import draft_alert
from .exceptions import LeaksFound
from .models import Alert, AlertRelease, AlertWithdrawal
from .release import withdraw_release
from .status import standing_of

NAMESPACE = "nums_alerts"


def review_url(alert: Alert) -> str:
    return reverse(f"{NAMESPACE}:review", args=[alert.pk])


def edit_url(alert: Alert) -> str:
    return reverse(f"{NAMESPACE}:edit", args=[alert.pk])


def tell(request: HttpRequest, error: NumsError) -> None:
    """Say why something was refused: the rule's words, and for findings kind and place."""
    messages.error(request, error.words)
    if isinstance(error, LeaksFound):
        tell_findings(request, (finding.words for finding in error.findings))


def tell_findings(request: HttpRequest, findings: Iterable[str]) -> None:
    for words in findings:
        messages.error(request, words)


class DraftView(WagtailAdminTemplateMixin, TemplateView):
    """Draft an alert from a case. Looking at the address asks; the button makes the draft."""

    template_name = "nums_wagtail/alerts/draft.html"
    page_title = gettext_lazy("Draft an alert")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._case(kwargs["case_uuid"])
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, case_uuid: UUID) -> HttpResponse:
        by = Actor.person(request.user)
        try:
            alert = draft_alert(self._case(case_uuid), by=by)
        except NumsError as error:
            tell(request, error)
            return HttpResponseRedirect(request.path)
        messages.success(request, _("The draft is there. Write its warning line."))
        return redirect(edit_url(alert))

    def _case(self, case_uuid: UUID) -> Any:
        try:
            return get_case(case_uuid, by=Actor.person(self.request.user))
        except NotThere:
            raise Http404 from None


class ReviewView(WagtailAdminTemplateMixin, BaseObjectMixin, TemplateView):
    """Everything somebody needs to see before releasing: the card as readers get it, and where it stands."""

    model = Alert
    template_name = "nums_wagtail/alerts/review.html"
    page_title = gettext_lazy("Read and release")
    header_icon = "warning"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {"url": reverse(f"{NAMESPACE}:list"), "label": gettext_lazy("Alerts")}
        here = {"url": "", "label": self.page_title, "sublabel": str(self.object)}
        return [*self.breadcrumbs_items, listing, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        standing = standing_of(self.object, by=Actor.person(self.request.user))
        actions = {}
        if standing.waiting:
            actions = {
                name: reverse(f"{NAMESPACE}:workflow_action", args=[self.object.pk, name, standing.waiting.pk])
                for name in ("approve", "reject")
            }
        # The flat face needs no stylesheet of the quiet pages.
        shown = card(standing.content, face="mail")
        released = card(standing.current, face="mail") if standing.current else None
        return context | {
            "alert": self.object,
            "standing": standing,
            "card": shown,
            "released": released,
            "release_url": actions.get("approve"),
            "reject_url": actions.get("reject"),
            "compare_url": reverse(f"{NAMESPACE}:compare", args=[self.object.pk]),
            "withdraw_url": reverse(f"{NAMESPACE}:unpublish", args=[self.object.pk]),
        }


class CompareView(BaseObjectMixin, View):
    """ "Compare with the reports": a caseworker's clearance of exactly the newest text."""

    model = Alert
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            clear_alert(
                self.object,
                by=Actor.person(request.user),
                holder=TeamHolder(),
                reread=request.POST.get("reread") == "yes",
            )
        except NumsError as error:
            tell(request, error)
        else:
            messages.success(request, _("Compared with the reports. Nothing of them stands in it."))
        return redirect(review_url(self.object))


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (reason.value, reason.label)
            for reason in AlertWithdrawal.Reason
            if reason != AlertWithdrawal.Reason.REPLACED
        ],
        initial=AlertWithdrawal.Reason.WRONG,
        widget=forms.RadioSelect,
    )


class WithdrawView(WagtailAdminTemplateMixin, BaseObjectMixin, TemplateView):
    """Takes a release back at once; stands where Wagtail's "unpublish" would."""

    model = Alert
    template_name = "nums_wagtail/alerts/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "warning"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", WithdrawForm())
        return super().get_context_data(alert=self.object, review_url=review_url(self.object), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        release = AlertRelease.objects.current().filter(alert=self.object).order_by("-version").first()
        if release is None:
            messages.error(request, _("Nothing of it is released."))
            return redirect(review_url(self.object))
        try:
            withdraw_release(release, form.cleaned_data["reason"], by=Actor.person(request.user))
        except NumsError as error:
            tell(request, error)
        else:
            messages.success(request, _("Withdrawn. Readers see that it is gone."))
        return redirect(review_url(self.object))
