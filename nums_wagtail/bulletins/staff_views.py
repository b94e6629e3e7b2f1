"""Staff's one page of this room beside its registers: pulling a bulletin back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NumsError

from .models import Bulletin
from .stopping import may_pull_back, pull_back


class PullBackView(View):
    """The button "Pull back"; there is nothing to look at."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        by = Actor.person(request.user)
        bulletin = Bulletin.objects.filter(uuid=uuid).first()
        if bulletin is None or not may_pull_back(bulletin, by=by):
            # Not yours and not there look the same.
            raise Http404
        try:
            stopped = pull_back(bulletin, by=by)
        except NumsError as error:
            messages.error(request, error.words)
        else:
            words = ngettext(
                "Pulled back: %(count)d message stays here.", "Pulled back: %(count)d messages stay here.", stopped
            )
            messages.success(request, words % {"count": stopped})
        return redirect("wagtailadmin_home")


def admin_urls() -> list[Any]:
    """Addresses for Wagtail's ``register_admin_urls`` hook."""
    patterns = [path("<uuid:uuid>/pull-back/", PullBackView.as_view(), name="pull_back")]
    return [path("bulletins/", include((patterns, "nums_bulletins")))]
