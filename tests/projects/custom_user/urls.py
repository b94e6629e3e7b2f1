"""The scheme's own addresses go below a prefix with a language in front."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from .urls_before import urlpatterns

urlpatterns = [*i18n_patterns(path("services/care/", include("nums_wagtail.urls"))), *urlpatterns]
