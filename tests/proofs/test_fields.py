"""Every field of every model of ours is classed, and its class fits its type."""

from __future__ import annotations

import pytest
from django.db import models
from wagtail.models import ReferenceIndex

from nums_wagtail.vault.fields import EncryptedTextField

from .fields import INVENTORY, Classed, _misfit, misfits, our_models

#: Wagtail indexes what modeladmin registers, unless it is told not to.
REGISTERS = {"Delivery", "ExportRecord"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
@pytest.mark.promise("P034")
def test_every_field_has_one_class_that_fits_its_type(model):
    assert not misfits(model)


def test_no_entry_is_left_of_a_model_that_is_gone():
    assert INVENTORY.keys() <= {model._meta.label for model in our_models()}


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        (models.TextField(), Classed("x", "encrypted")),
        (models.TextField(), Classed("x", "sealed")),
        (models.BinaryField(), Classed("x", "plain")),
        (models.DateTimeField(), Classed("x", "time")),
        (models.DateTimeField(), Classed("x", "time", "to the day")),
        (models.DateTimeField(), Classed("x", "plain")),
        (models.CharField(), Classed("x", "tag")),
        (models.CharField(), Classed("x", "secret")),
        (EncryptedTextField(), Classed("x", "plain")),
        (EncryptedTextField(), Classed("x", "sealed")),
    ],
)
def test_a_class_that_does_not_fit_is_noticed(field, entry):
    assert list(_misfit(entry, field))


def test_a_field_without_a_class_is_noticed():
    class Thing(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "proofs_only"

        def __str__(self) -> str:
            return "thing"

    assert misfits(Thing) == ["id has no class", "words has no class"]


def test_wagtails_index_of_references_knows_pages_and_registers_only():
    """What it knows, staff of the host meet under "usage". A register shows references that are opaque."""
    known = {model.__name__ for model in our_models() if ReferenceIndex.is_indexed(model)}
    assert known - REGISTERS == {"ReportPage", "ProfessionalsPage", "AlertIndexPage", "RegionalPage"}
