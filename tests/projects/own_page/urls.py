"""With the scheme's own addresses."""

from django.urls import include, path

from .urls_before import urlpatterns

urlpatterns = [path("n/", include("nums_wagtail.urls")), *urlpatterns]
