"""A small site for the quiet tests: two addresses of ours and views that behave or fail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from nums_wagtail.foundation.errors import NotThere, Refused
from nums_wagtail.foundation.models import Branding
from nums_wagtail.foundation.quiet import branding_css, leave, quiet_page, quiet_render

SECRET = "Kestrel Quince"
EXIT = "/everyday/"


@quiet_page
def calm(request: HttpRequest) -> HttpResponse:
    return quiet_render(request, "nums_wagtail/layouts/quiet.html")


@quiet_page
def absent(request: HttpRequest) -> HttpResponse:
    raise Http404(SECRET)


@quiet_page
def not_yours(request: HttpRequest) -> HttpResponse:
    raise NotThere()


@quiet_page
def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("closed", "It is closed.")


@quiet_page
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


@quiet_page
def writes_and_fails(request: HttpRequest) -> HttpResponse:
    Branding.objects.update(scheme_name="half done")
    raise Refused()


def everyday(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>Weather</title>")


ours = [
    path("leave/", leave, {"address": lambda: EXIT}, name="leave"),
    path("colour.css", branding_css, name="branding_css"),
]
urlpatterns = [
    path("n/", include((ours, "nums_wagtail"))),
    path("calm/", calm),
    path("everyday/", everyday),
    path("absent/", absent),
    path("not-yours/", not_yours),
    path("refused/", refused),
    path("broken/", broken),
    path("writes/", writes_and_fails),
]
