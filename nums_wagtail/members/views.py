"""The members' pages in the quiet layout: joining, signing in and out, regions, preferences, leaving."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..conf import nums_settings
from ..foundation.error_reports import csrf_protect_forgetting_token
from ..foundation.errors import NotAllowed
from ..foundation.quiet import quiet_page
from ..regions.models import Region
from .access import current_member, member_required, readable_regions, safe_next, signed_in_member
from .forms import JoinForm, PreferencesForm, SignInForm
from .itself import MEMBER
from .joining import ask_to_join, leave
from .models import Member
from .preferences import set_preferences
from .registries import panels_for, regional_page_urls
from .sessions import end_session, start_session
from .signin import LinkIsOver, ask_for_link, use_link

show_or_take = require_http_methods(["GET", "HEAD", "POST"])


def _client(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


@quiet_page
@sensitive_post_parameters()
@show_or_take
def join(request: HttpRequest) -> HttpResponse:
    """The form to apply with. Its answer is the same for an address that is known."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "nums_wagtail/members/join.html", {"form": form})
    ask_to_join(
        email=form.cleaned_data["email"],
        working_name=form.cleaned_data["working_name"],
        kind=Member.Kind(form.cleaned_data["kind"]),
        home_region=form.cleaned_data["home_region"],
        language=get_language() or "en",
        client=_client(request),
    )
    return render(request, "nums_wagtail/members/joined.html")


@quiet_page
@sensitive_post_parameters()
@show_or_take
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link. Its answer is the same whether the address is known or not."""
    if request.method != "POST":
        next_path = safe_next(request, request.GET.get("next", ""))
        if current_member(request) is not None:
            return HttpResponseRedirect(next_path or reverse("nums_wagtail:member_home"))
        form = SignInForm(initial={"next": next_path})
        return render(request, "nums_wagtail/members/sign_in.html", {"form": form})
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render(request, "nums_wagtail/members/sign_in.html", {"form": form})
    ask_for_link(
        form.cleaned_data["email"],
        language=get_language() or "en",
        next_path=safe_next(request, form.cleaned_data["next"] or ""),
        client=_client(request),
    )
    context = {"minutes": nums_settings().members.SIGN_IN_MINUTES}
    return render(request, "nums_wagtail/members/link_sent.html", context)


@csrf_exempt
@quiet_page
@csrf_protect_forgetting_token
@show_or_take
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link: looking at it uses nothing up, since mail scanners look; the button signs in."""
    if request.method != "POST":
        return render(request, "nums_wagtail/members/sign_in_link.html")
    try:
        member = use_link(token)
    except LinkIsOver:
        return render(request, "nums_wagtail/members/link_over.html", status=410)
    start_session(request, member)
    next_path = safe_next(request, request.GET.get("next", ""))
    return HttpResponseRedirect(next_path or reverse("nums_wagtail:member_home"))


sign_in_link.nums_asks_for_token = True  # type: ignore[attr-defined]  # a test tells it from the reporter's way


@quiet_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the member out; a staff sign-in in the same browser stays."""
    end_session(request)
    response = render(request, "nums_wagtail/members/signed_out.html")
    # Pages just read must not come back with the back button.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@quiet_page
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """For who is signed in but may not read: what the status is and what happens next."""
    member = signed_in_member(request)
    if member is None:
        return HttpResponseRedirect(reverse("nums_wagtail:sign_in"))
    if member.status == Member.Status.APPROVED:
        return HttpResponseRedirect(reverse("nums_wagtail:member_home"))
    return render(request, "nums_wagtail/members/waiting.html", {"status": member.status})


@quiet_page
@member_required
@require_safe
def member_home(request: HttpRequest) -> HttpResponse:
    """The member's regions with their pages, and what the member can do."""
    member = _reader(request)
    chosen = {member.home_region_id, *member.regions.values_list("pk", flat=True)}
    regions = readable_regions(member)
    urls = regional_page_urls(regions)
    # A part or a parent of a chosen region is listed only where it has a page to go to.
    listed = [(region, urls.get(region.pk)) for region in regions if region.pk in chosen or region.pk in urls]
    context = {"member": member, "regions": listed, "panels": panels_for(member)}
    return render(request, "nums_wagtail/members/home.html", context)


@quiet_page
@member_required
@show_or_take
def preferences(request: HttpRequest) -> HttpResponse:
    """Format and rhythm of mails, and up to two more regions."""
    member = _reader(request)
    saved = False
    typed = request.POST if request.method == "POST" else None
    form = PreferencesForm(typed, initial=PreferencesForm.initial_for(member))
    if request.method == "POST" and form.is_valid():
        regions: list[Region] = form.chosen_regions()
        set_preferences(
            member,
            format=Member.Format(form.cleaned_data["format"]),
            rhythm=Member.Rhythm(form.cleaned_data["rhythm"]),
            regions=regions,
            by=MEMBER,
        )
        saved = True
    context = {"form": form, "saved": saved, "home_region": member.home_region}
    return render(request, "nums_wagtail/members/preferences.html", context)


@quiet_page
@show_or_take
def end_membership(request: HttpRequest) -> HttpResponse:
    """Leave for good, after a page that says what goes. Open to applicants and to the suspended too."""
    member = signed_in_member(request)
    if member is None or member.status == Member.Status.LEFT:
        return HttpResponseRedirect(reverse("nums_wagtail:sign_in"))
    if request.method != "POST":
        return render(request, "nums_wagtail/members/end_membership.html")
    leave(member, by=MEMBER)
    end_session(request)
    return render(request, "nums_wagtail/members/left.html")


def _reader(request: HttpRequest) -> Member:
    """The approved member behind ``member_required``."""
    member = current_member(request)
    if member is None:
        raise NotAllowed()
    return member
