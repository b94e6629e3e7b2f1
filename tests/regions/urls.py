"""The admin with this room's viewsets, whether or not the front door has registered them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from nums_wagtail.regions.viewsets import VIEWSETS

urlpatterns = [
    path(
        f"rooms/{viewset.url_prefix}/",
        include(
            (decorate_urlpatterns(viewset.get_urlpatterns(), require_admin_access), viewset.url_namespace),
            namespace=viewset.url_namespace,
        ),
    )
    for viewset in VIEWSETS
] + [path("admin/", include(wagtailadmin_urls))]
