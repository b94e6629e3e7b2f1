"""Addresses of the scheme's own views; a host includes them under a neutral prefix."""

from django.urls import include, path

from .foundation.quiet import branding_css, leave
from .regions.packs import country_pack


def exit_address() -> str:
    return country_pack().exit_address


app_name = "nums_wagtail"

urlpatterns = [
    path("leave/", leave, {"address": exit_address}, name="leave"),
    path("colours.css", branding_css, name="branding_css"),
    path("", include("nums_wagtail.reports.urls")),
    path("", include("nums_wagtail.members.urls")),
    path("", include("nums_wagtail.bulletins.urls")),
]
