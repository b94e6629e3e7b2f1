"""A host that puts the scheme where ``docs/installing.md`` puts it."""

from django.urls import include, path
from mysite.urls_before import urlpatterns

urlpatterns = [path("n/", include("nums_wagtail.urls")), *urlpatterns]
