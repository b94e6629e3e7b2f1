"""How an editor says, on a report page, which groups are asked, in which order, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .schema import SCHEMA


def group_choices() -> list[tuple[str, Any]]:
    return [(group.key, group.label) for group in SCHEMA.groups]


def question_choices() -> list[tuple[str, Any]]:
    return [(question.key, question.words) for question in SCHEMA.questions]


class OtherWordsBlock(blocks.StructBlock):
    """Other words for one question."""

    question = blocks.ChoiceBlock(choices=question_choices, label=_("Question"))
    label = blocks.CharBlock(max_length=200, required=False, label=_("Ask it like this"))
    help = blocks.CharBlock(max_length=300, required=False, label=_("Words below it"))


class AskedGroupBlock(blocks.StructBlock):
    """One group of questions that this page asks."""

    group = blocks.ChoiceBlock(choices=group_choices, label=_("Group of questions"))
    words = blocks.ListBlock(OtherWordsBlock(), default=[], label=_("Other words for its questions"))

    class Meta:
        icon = "list-ul"
        label = _("Group of questions")
        label_format = "{group}"

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Raises ValidationError when words are given for a question of another group."""
        cleaned = super().clean(value)
        for row in cleaned["words"]:
            if SCHEMA.question(row["question"]).group != cleaned["group"]:
                raise ValidationError(
                    _("“%(question)s” is not asked in this group."),
                    params={"question": SCHEMA.question(row["question"]).words},
                )
        return cleaned


class AskedBlock(blocks.StreamBlock):
    """The groups that a page asks, in order. None: all of them, as they come."""

    group = AskedGroupBlock()

    class Meta:
        required = False

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for a group that is there twice."""
        cleaned = super().clean(value)
        chosen = [row.value["group"] for row in cleaned]
        if len(chosen) > len(set(chosen)):
            raise ValidationError(_("Each group can be asked once."))
        return cleaned
