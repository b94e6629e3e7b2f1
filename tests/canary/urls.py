"""The example site's addresses, its static files without DEBUG, and a view that does everything wrong."""

from django.contrib.staticfiles.views import serve
from django.urls import path

from example_site.urls import urlpatterns as example

from .careless import careless

urlpatterns = [path("careless/", careless), path("static/<path:path>", serve, {"insecure": True}), *example]
