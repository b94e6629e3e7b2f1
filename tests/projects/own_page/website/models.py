"""A host whose pages share a base of its own: the swapped page model of Wagtail 8, or a parent class before that."""

from django.db import models

try:
    from wagtail.models import AbstractPage
except ImportError:  # Wagtail 7.4, where Page itself is the only base
    from wagtail.models import Page as AbstractPage


class BasePage(AbstractPage):
    audience = models.CharField(max_length=50, blank=True)


class HomePage(BasePage):
    template = "website/home_page.html"
