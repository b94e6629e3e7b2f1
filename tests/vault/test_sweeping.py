"""The sweep: a key without a record goes after a day, a key in use never, and most of all keys never at once."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nums_wagtail.foundation import clocks
from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.vault import data_keys, rewrapping, sweeping, team
from nums_wagtail.vault.models import DataKey, KeyKind, TeamKey
from nums_wagtail.vault.receipts import new_receipt

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def grow_old(days: int = 2) -> None:
    DataKey.objects.update(made_on=today() - timedelta(days=days))


@pytest.mark.promise("P026")
def test_a_key_without_a_record_goes_after_a_day():
    data_keys.create_for_team(KeyKind.REPORT, new_receipt())
    grow_old(days=1)
    assert sweeping.sweep_orphans(today()) == 0
    grow_old(days=2)
    assert sweeping.sweep_orphans(today()) == 1
    assert not DataKey.objects.exists()


def test_a_key_in_use_stays_however_old_it_is():
    make_case(note="Rang back.")
    make_member()
    before = DataKey.objects.count()
    grow_old(days=4000)
    assert sweeping.sweep_orphans(today()) == 0
    assert DataKey.objects.count() == before >= 3


def test_every_place_that_names_a_key_is_looked_at():
    from django.apps import apps

    looked_at = {m._meta.label for m in apps.get_models() if sweeping._has_key_column(m)}
    assert {"nums_wagtail.Report", "nums_wagtail.Case", "nums_wagtail.Member", "nums_wagtail.Letter"} < looked_at
    for model in apps.get_models():
        named = [f.name for f in model._meta.concrete_fields if "data_key" in f.name]
        assert named in ([], ["data_key"]), f"{model._meta.label} names a key where the sweep does not look"


def test_a_key_that_is_held_elsewhere_stays():
    kept = data_keys.create(KeyKind.OTHER)
    lost = data_keys.create(KeyKind.OTHER)
    grow_old()
    with sweeping.held_elsewhere.emptied() as places:
        places.register("drawer", lambda ids: {kept.id} & set(ids), owner="a host")
        assert sweeping.sweep_orphans(today()) == 1
    assert data_keys.exists(kept.id)
    assert not data_keys.exists(lost.id)


def test_a_form_sent_again_makes_its_key_young():
    receipt = new_receipt()
    data_keys.create_for_team(KeyKind.REPORT, receipt)
    grow_old()
    data_keys.create_for_team(KeyKind.REPORT, receipt)
    assert sweeping.sweep_orphans(today()) == 0


def test_where_most_keys_belong_to_nothing_none_is_swept_until_somebody_looked():
    old = today() - timedelta(days=9)
    rows = [DataKey(id=uuid.uuid4(), wrapped_site=b"x", made_on=old) for _i in range(sweeping.FEW + 1)]
    DataKey.objects.bulk_create(rows)
    with pytest.raises(VaultError) as caught:
        sweeping.sweep_orphans(today())
    assert caught.value.code == "too_many_orphans"
    with pytest.raises(CommandError, match="backup"):
        call_command("nums_sweep_keys")
    assert DataKey.objects.count() == len(rows)
    out = io.StringIO()
    call_command("nums_sweep_keys", dry_run=True, stdout=out)
    call_command("nums_sweep_keys", however_many=True, stdout=out)
    assert out.getvalue().splitlines() == [
        "101 of 101 data keys belong to nothing.",
        "101 data keys that belonged to nothing were shredded.",
    ]
    assert not DataKey.objects.exists()


def test_the_daily_clocks_sweep():
    data_keys.create(KeyKind.OTHER)
    grow_old()
    assert clocks.run_all()["vault.sweep"] == 1


def test_a_retired_key_pair_goes_when_nothing_is_sealed_to_it_any_more():
    key = data_keys.create_for_team(KeyKind.REPORT)
    first = team.ensure_team_key()
    second = team.renew_team_key()
    TeamKey.objects.filter(pk=first.pk).update(retired_on=today() - timedelta(days=2))
    assert team.forget_retired_pairs(today()) == 0, "a report is still sealed to it"
    assert sum(rewrapping.move_to_current_pair()) == 1
    TeamKey.objects.filter(pk=first.pk).update(retired_on=today())
    assert team.forget_retired_pairs(today()) == 0, "a report may be on its way"
    TeamKey.objects.filter(pk=first.pk).update(retired_on=today() - timedelta(days=2))
    assert team.forget_retired_pairs(today()) == 1
    assert [pair.kid for pair in TeamKey.objects.all()] == [second.kid]
    assert data_keys.exists(key.id)
    assert team.renew_team_key().kid not in (first.kid, second.kid)
