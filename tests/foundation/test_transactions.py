"""A verb's commit is the real one, or it says why it may not be."""

import pytest
from django.db import transaction

from nums_wagtail.foundation.transactions import verb_transaction


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P027")
def test_an_unexpected_outer_transaction_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError):
        with verb_transaction():
            pass


@pytest.mark.django_db(transaction=True)
def test_a_known_outer_transaction_is_joined():
    with transaction.atomic():
        with verb_transaction(joins="workflow"):
            pass


@pytest.mark.django_db(transaction=True)
def test_a_verb_called_by_a_verb_joins():
    with verb_transaction(), verb_transaction():
        pass


def test_joining_needs_a_place_on_the_list():
    with pytest.raises(ValueError, match="not on the list"):
        with verb_transaction(joins="anywhere"):
            pass
