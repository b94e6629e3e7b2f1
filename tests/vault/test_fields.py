"""Encrypted fields: clear in Python and in forms, an envelope everywhere else."""

import copy
import json
import pickle
import uuid

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.forms import modelform_factory

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal, KeyMissing
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.envelope import is_envelope
from nums_wagtail.vault.fields import open_values
from nums_wagtail.vault.models import DataKey

from .samples import Diary

pytestmark = pytest.mark.usefixtures("samples")
WORDS = Diary._meta.get_field("words")


def stored(diary: Diary, column: str = "words") -> bytes:
    return bytes(Diary.objects.values_list(column, flat=True).get(pk=diary.pk))


def test_what_is_stored_is_an_envelope_and_what_is_read_is_the_text():
    diary = Diary.objects.create(words="a quiet street", lists={"a": [1, "é"]})
    assert is_envelope(stored(diary))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, lists FROM nums_vault_diary")
        columns = [bytes(value) for value in cursor.fetchone()]
    assert all(is_envelope(value) and b"quiet" not in value for value in columns)
    again = Diary.objects.get(pk=diary.pk)
    assert (again.words, again.lists) == ("a quiet street", {"a": [1, "é"]})


def test_an_unsaved_instance_has_its_clear_value_and_its_default():
    assert Diary(words="clear").words == "clear"
    assert Diary().words == ""
    assert Diary(words=None).words is None
    assert Diary().lists is None


def test_an_empty_text_is_encrypted_too_and_none_is_null():
    diary = Diary.objects.create(words="")
    assert is_envelope(stored(diary))
    assert Diary.objects.get().words == ""
    assert Diary.objects.filter(lists__isnull=True).count() == 1


def test_each_record_has_a_key_of_its_own_from_its_first_saving():
    one, other = Diary.objects.create(words="x"), Diary.objects.create(words="x")
    assert one.data_key != other.data_key
    assert set(DataKey.objects.values_list("pk", flat=True)) == {one.data_key, other.data_key}
    one.save()
    assert DataKey.objects.count() == 2


def test_bulk_creation_makes_keys_too():
    Diary.objects.bulk_create([Diary(words="one"), Diary(words="two", lists=[1])])
    assert {diary.words for diary in Diary.objects.all()} == {"one", "two"}
    assert Diary.objects.values("data_key").distinct().count() == 2


def test_an_unchanged_value_is_not_encrypted_again():
    diary = Diary.objects.create(words="same", lists={"a": 1})
    before = stored(diary), stored(diary, "lists")
    again = Diary.objects.get()
    again.title = "new"
    again.save()
    again.words, again.lists = "same", {"a": 1}
    again.save()
    assert (stored(diary), stored(diary, "lists")) == before


def test_a_changed_value_is_encrypted_anew_under_the_same_key():
    diary = Diary.objects.create(words="old")
    before = stored(diary)
    again = Diary.objects.get()
    again.words = "new"
    again.save(update_fields=["words"])
    assert stored(diary) != before
    assert Diary.objects.get().words == "new"
    assert DataKey.objects.count() == 1


def test_a_list_changed_in_place_is_stored():
    Diary.objects.create(words="", lists={"a": 1})
    diary = Diary.objects.get()
    diary.lists["b"] = 2
    diary.save()
    assert Diary.objects.get().lists == {"a": 1, "b": 2}


def test_refreshing_shows_what_is_stored_now():
    diary = Diary.objects.create(words="old")
    assert diary.words == "old"
    other = Diary.objects.get()
    other.words = "new"
    other.save()
    diary.refresh_from_db()
    assert diary.words == "new"
    diary.words = "thrown away"
    diary.refresh_from_db(fields=["words"])
    assert diary.words == "new"


def test_deferred_fields_are_fetched_and_kept_on_saving():
    diary = Diary.objects.create(words="kept", title="old")
    before = stored(diary)
    for partly in (Diary.objects.defer("words").get(), Diary.objects.only("title").get()):
        partly.title = "new"
        partly.save()
        assert partly.words == "kept"
        partly.save()
    assert Diary.objects.only("words").get().words == "kept"
    assert stored(diary) == before


def test_a_record_without_a_key_gets_one_with_its_first_content():
    diary = Diary.objects.create(words="x")
    Diary.objects.filter(pk=diary.pk).update(data_key=None, words=stored(diary))
    old = Diary.objects.get()
    old.words = "new"
    old.save(update_fields=["words"])
    assert Diary.objects.get().words == "new"
    assert Diary.objects.get().data_key == old.data_key is not None


def test_a_memoryview_is_taken_for_what_the_database_gave():
    diary = Diary.objects.create(words="x")
    again = Diary(uuid=diary.uuid, data_key=diary.data_key, words=memoryview(stored(diary)))
    assert again.words == "x"
    again.words = memoryview(stored(diary))
    assert again.words == "x"


@pytest.mark.promise("P001")
def test_an_envelope_moved_to_another_row_or_column_does_not_open():
    one, other = Diary.objects.create(words="one"), Diary.objects.create(words="other")
    Diary.objects.filter(pk=other.pk).update(words=stored(one), data_key=one.data_key, lists=stored(other))
    moved = Diary.objects.get(pk=other.pk)
    for name in ("words", "lists"):
        with pytest.raises(CannotOpen):
            getattr(moved, name)


@pytest.mark.promise("P003")
def test_a_shredded_record_is_an_error_and_can_still_be_loaded_and_saved():
    diary = Diary.objects.create(words="x", title="old")
    data_keys.shred([diary.data_key])
    again = Diary.objects.get()
    with pytest.raises(KeyMissing):
        _ = again.words
    again.refresh_from_db()
    again.title = "shredded"
    again.save()
    again.words = "too late"
    with pytest.raises(CannotSeal), transaction.atomic():
        again.save()
    assert Diary.objects.get().title == "shredded"


@pytest.mark.parametrize("how", ["no keys", "wrong key"])
@pytest.mark.promise("P004")
def test_with_a_broken_key_saving_is_an_error_and_nothing_is_stored(how, use_site_keys, settings):
    diary = Diary.objects.create(words="first")
    if how == "no keys":
        use_site_keys()
    else:
        settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": ["t1:" + "A" * 43 + "="]}
    again = Diary.objects.get()
    again.words = "second"
    with pytest.raises(CannotSeal), transaction.atomic():
        again.save()
    if how == "no keys":
        for save in (
            lambda: Diary.objects.create(words="x"),
            lambda: Diary.objects.bulk_create([Diary(words="x")]),
        ):
            with pytest.raises(CannotSeal), transaction.atomic():
                save()
    assert Diary.objects.get() == diary
    assert DataKey.objects.count() == 1


def test_a_rolled_back_saving_is_not_repeated_with_a_key_that_is_gone():
    diary = Diary(words="x")
    with transaction.atomic():
        diary.save()
        transaction.set_rollback(True)
    with pytest.raises(CannotSeal), transaction.atomic():
        diary.save()
    assert not Diary.objects.exists()


@pytest.mark.parametrize("value", [3, b"no envelope", object(), "\ud800"])
def test_what_is_no_text_is_not_sealed(value):
    with pytest.raises(CannotSeal), transaction.atomic():
        Diary.objects.create(words=value)


@pytest.mark.parametrize("value", [3, "text", {"a": object()}])
def test_a_list_field_holds_dicts_and_lists_only(value):
    with pytest.raises(CannotSeal), transaction.atomic():
        Diary.objects.create(words="", lists=value)


@pytest.mark.promise("P012")
def test_a_clear_value_never_reaches_a_query():
    Diary.objects.create(words="x")
    with pytest.raises(CannotSeal):
        Diary.objects.update(words="clear")
    with pytest.raises(FieldError):
        Diary.objects.filter(words="x").exists()
    with pytest.raises(FieldError):
        Diary.objects.filter(words__icontains="x").exists()


def test_a_form_shows_and_takes_the_clear_value():
    diary = Diary.objects.create(words="old", lists={"a": 1})
    form_class = modelform_factory(Diary, fields=["words", "lists"])
    shown = form_class(instance=Diary.objects.get())
    assert shown.initial == {"words": "old", "lists": {"a": 1}}
    assert "old" in shown.as_p()
    form = form_class({"words": "new", "lists": '{"b": 2}'}, instance=Diary.objects.get())
    assert form.is_valid(), form.errors
    form.save()
    diary.refresh_from_db()
    assert (diary.words, diary.lists) == ("new", {"b": 2})


def test_a_form_refuses_an_empty_value_where_one_is_needed():
    form = modelform_factory(Diary, fields=["words"])({"words": ""})
    assert list(form.errors) == ["words"]
    with pytest.raises(ValidationError):
        Diary(words="").full_clean()
    diary = Diary.objects.create(words="x")
    Diary.objects.get().full_clean()
    assert diary.words == "x"


def test_text_that_looks_like_an_envelope_stays_a_text():
    diary = Diary.objects.create(words="x")
    lookalike = WORDS.value_to_string(diary)
    other = Diary(words=lookalike)
    other.full_clean()
    other.save()
    assert Diary.objects.get(pk=other.pk).words == lookalike


@pytest.mark.promise("P012")
def test_a_dump_holds_envelopes_only():
    Diary.objects.create(words="a quiet street", lists={"a": "quiet"})
    dump = serializers.serialize("json", [Diary.objects.get()])
    assert "quiet" not in dump
    fields = json.loads(dump)[0]["fields"]
    assert all(is_envelope(WORDS.to_python(fields[name])) for name in ("words", "lists"))


def test_what_an_instance_has_opened_is_in_no_copy_or_pickle_of_it():
    Diary.objects.create(words="a quiet street")
    diary = Diary.objects.get()
    assert diary.words == "a quiet street"
    state = {name: value for name, value in diary.__reduce__()[2].items() if name != "_state"}
    assert b"quiet" not in pickle.dumps(state)
    assert not copy.deepcopy(state)["_nums_memory"].values


def test_a_clear_value_that_was_not_saved_cannot_be_pickled():
    with pytest.raises(TypeError):
        pickle.dumps(vars(Diary(words="not saved"))["words_sealed"])


def test_a_migration_sees_a_plain_binary_field():
    _name, path, args, kwargs = WORDS.deconstruct()
    assert (path, args) == ("django.db.models.BinaryField", [])
    assert kwargs == {"verbose_name": "words"}
    plain = models.BinaryField("words")
    plain.set_attributes_from_name("words")
    assert plain.deconstruct()[1:] == WORDS.deconstruct()[1:]


def test_many_values_open_in_one_query(django_assert_num_queries):
    Diary.objects.bulk_create([Diary(words=f"entry {number}") for number in range(20)])
    rows = list(Diary.objects.order_by("pk").values_list("uuid", "data_key", "words"))
    with django_assert_num_queries(1):
        assert open_values(WORDS, rows) == [f"entry {number}" for number in range(20)]
    assert open_values(WORDS, [(uuid.uuid4(), None, None)]) == [None]


def test_a_shredded_record_among_many_is_an_error():
    diary = Diary.objects.create(words="x")
    data_keys.shred([diary.data_key])
    with pytest.raises(KeyMissing):
        open_values(WORDS, Diary.objects.values_list("uuid", "data_key", "words"))
    with pytest.raises(CannotOpen):
        open_values(WORDS, [(diary.uuid, None, stored(diary))])
