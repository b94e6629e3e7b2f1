"""What an editor arranges on a report page: it can be saved, and what makes no sense is said."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from nums_wagtail.reports.page_blocks import AskedBlock


def _asked(*rows):
    block = AskedBlock()
    return block.clean(block.to_python([{"type": "group", "value": row} for row in rows]))


def _words(question):
    return {"question": question, "label": "Who was it?", "help": ""}


def test_a_page_may_ask_everything_or_choose():
    assert len(_asked()) == 0
    chosen = _asked({"group": "person", "words": [_words("person_role")]}, {"group": "incident", "words": []})
    assert [row.value["group"] for row in chosen] == ["person", "incident"]


def test_a_group_is_asked_once():
    with pytest.raises(ValidationError):
        _asked({"group": "person", "words": []}, {"group": "person", "words": []})


def test_other_words_belong_to_a_question_of_the_group():
    with pytest.raises(ValidationError):
        _asked({"group": "person", "words": [_words("phone")]})
