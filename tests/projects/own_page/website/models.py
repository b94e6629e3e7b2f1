"""A host whose pages share a base of its own: the swapped page model of Wagtail 8, or a parent class before that."""

from typing import Any

import wagtail
from django.db import models
from django.http import HttpRequest

if wagtail.VERSION >= (8, 0):
    from wagtail.models import AbstractPage as Base
else:
    # An abstract page is there too, but cannot yet be what all pages are.
    from wagtail.models import Page as Base


class BasePage(Base):
    audience = models.CharField(max_length=50, blank=True)


class HomePage(BasePage):
    """Lists what is newest and what is right below it, as home pages do."""

    template = "website/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        live = self.get_descendants().live()
        return {
            **super().get_context(request, *args, **kwargs),
            "menu": self.get_children().live().specific(),
            "newest": live.order_by("-first_published_at", "-pk").specific(),
        }
