"""The admin with this room's addresses, whether or not the front door has registered them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from nums_wagtail.casework.viewsets import admin_urls

urlpatterns = [
    path("admin/", include(decorate_urlpatterns(admin_urls(), require_admin_access))),
    path("admin/", include(wagtailadmin_urls)),
]
