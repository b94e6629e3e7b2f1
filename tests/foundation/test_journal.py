"""The log takes declared actions only, and names machines as machines."""

import pytest
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import WORKER
from nums_wagtail.foundation.groups import GROUP_MADE
from nums_wagtail.foundation.models import ExportRecord

pytestmark = pytest.mark.django_db


@pytest.mark.promise("P021")
def test_an_undeclared_action_is_refused():
    stray = journal.LogAction("nums.foundation.stray", "Stray", "see_registers")
    with pytest.raises(ValueError, match="not a declared"):
        journal.write(ExportRecord.objects.create(what="cases", rows=1), stray, by=WORKER)


def test_a_machine_is_named_in_the_entry():
    record = ExportRecord.objects.create(what="cases", rows=1)
    journal.write(record, GROUP_MADE, by=WORKER, data={"rows": 1})
    entry = ModelLogEntry.objects.for_instance(record).get()
    assert entry.user is None
    assert entry.data == {"rows": 1, "by": "worker"}
    assert entry.label == f"export {record.pk}"
