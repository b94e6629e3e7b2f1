"""A charity's colour must stay legible."""

import pytest
from django.core.exceptions import ValidationError

from nums_wagtail.foundation.models import contrast_with_white, validate_accent


def test_the_default_accent_is_dark_enough():
    assert contrast_with_white("#0b5c63") > 7


@pytest.mark.parametrize("value", ["#ffff00", "#abc", "red", "#7fd3cf"])
def test_a_colour_that_cannot_be_read_on_white_is_refused(value):
    with pytest.raises(ValidationError):
        validate_accent(value)
