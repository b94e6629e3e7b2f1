"""This room's pages and viewsets, whether or not the front door has registered them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from nums_wagtail.foundation.quiet import branding_css, leave, quiet_page
from nums_wagtail.members.access import member_required, reader_for
from nums_wagtail.members.urls import urlpatterns as members
from nums_wagtail.members.viewsets import VIEWSETS
from nums_wagtail.regions.models import Region


@quiet_page
def reads(request: HttpRequest) -> HttpResponse:
    """Codes of the regions that whoever asks may read."""
    reader = reader_for(request)
    codes = [region.code for region in Region.objects.all() if reader.may_read([region.pk])]
    return HttpResponse(" ".join(codes), content_type="text/plain")


@quiet_page
@member_required
def members_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


ours = [
    path("leave/", leave, {"address": lambda: "https://weather.example.org/"}, name="leave"),
    path("colour.css", branding_css, name="branding_css"),
    *members,
]
rooms = [
    path(
        f"{viewset.url_prefix}/",
        include(
            (decorate_urlpatterns(viewset.get_urlpatterns(), require_admin_access), viewset.url_namespace),
            namespace=viewset.url_namespace,
        ),
    )
    for group in VIEWSETS
    for viewset in group.registerables
]
urlpatterns = [
    path("n/", include((ours, "nums_wagtail"))),
    path("rooms/", include(rooms)),
    path("reads/", reads),
    path("members-only/", members_only),
    path("admin/", include(wagtailadmin_urls)),
]
