"""Encrypted fields of children, as revisions keep and restore them; the key is the parent's."""

import json

import pytest

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal
from nums_wagtail.vault.models import DataKey

from .samples import Folder, Sheet

pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture
def folder(samples) -> Folder:
    folder = Folder(title="one")
    folder.sheets = [Sheet(value="07700 900123")]
    folder.save()
    return folder


def test_a_parent_has_its_key_before_its_children_are_written(folder):
    assert Folder.objects.get().data_key == folder.data_key == DataKey.objects.get().pk
    assert Sheet.objects.get().value == "07700 900123"


def test_a_parent_has_its_key_even_without_children(samples):
    assert Folder.objects.create().data_key is not None


def test_a_child_saved_by_itself_uses_its_parents_key(folder):
    Sheet.objects.create(folder=Folder.objects.get(), value="other")
    Sheet.objects.bulk_create([Sheet(folder=folder, value="bulk")])
    assert {sheet.value for sheet in Sheet.objects.all()} == {"07700 900123", "other", "bulk"}
    assert DataKey.objects.count() == 1


def test_a_child_without_a_parent_is_not_sealed():
    with pytest.raises(CannotSeal):
        Sheet._meta.get_field("value").value_to_string(Sheet(value="x", folder=None))


@pytest.mark.promise("P012")
def test_a_revision_holds_no_clear_value_and_restores_it(folder):
    kept = folder.to_json()
    assert "900123" not in kept
    restored = Folder.from_json(kept)
    assert restored.sheets.get().value == "07700 900123"
    restored.save()
    assert Sheet.objects.get().value == "07700 900123"


def test_restoring_an_unchanged_revision_stores_the_same_envelope(folder):
    before = Sheet.objects.values_list("value_sealed", flat=True).get()
    Folder.from_json(folder.to_json()).save()
    assert Sheet.objects.values_list("value_sealed", flat=True).get() == before


def test_a_draft_is_sealed_in_its_revision_without_being_saved(folder):
    draft = Folder.objects.get()
    draft.sheets = [Sheet(value="new draft")]
    kept = draft.to_json()
    assert Sheet.objects.get().value == "07700 900123"
    assert "new draft" not in kept
    Folder.from_json(kept).save()
    assert Sheet.objects.get().value == "new draft"


def test_a_revision_made_before_the_key_does_not_take_the_key_away(folder):
    data = json.loads(folder.to_json())
    data["data_key"] = None
    Folder.from_serializable_data(data).save()
    assert Folder.objects.get().data_key == folder.data_key
    assert Sheet.objects.get().value == "07700 900123"
    assert DataKey.objects.count() == 1


def test_a_parent_never_saved_can_be_serialised_and_then_saved(samples):
    folder = Folder()
    folder.sheets = [Sheet(value="early")]
    restored = Folder.from_json(folder.to_json())
    restored.save()
    assert Sheet.objects.get().value == "early"


def test_a_childs_envelope_under_another_parent_does_not_open(folder):
    other = Folder.objects.create()
    Sheet.objects.update(folder=other)
    with pytest.raises(CannotOpen):
        _ = Sheet.objects.get().value
