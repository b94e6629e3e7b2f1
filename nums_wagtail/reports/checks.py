"""System checks of the reports room: W060 upward."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning, register

from .pages import ReportPageMixin


@register("nums_wagtail")
def check_own_questions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A host's own report page needs a model beside it for the questions that its editors add."""
    return [
        Warning(
            f"{model._meta.label} has no relation own_questions, so its editors can add no questions of their own.",
            hint=(
                f"Beside it write: class ReportQuestion(AbstractFormField): page = ParentalKey({model.__name__}, "
                'on_delete=models.CASCADE, related_name="own_questions"), and add own_questions_panel() to its '
                "content_panels."
            ),
            obj=model,
            id="nums_wagtail.W060",
        )
        for model in apps.get_models()
        if issubclass(model, ReportPageMixin) and not hasattr(model, "own_questions")
    ]
