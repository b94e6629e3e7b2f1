"""Settings of the profile ``small``: what is measured, with the very lines that docs/operations.md tells to write."""

import re
from pathlib import Path

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import NUMS_WAGTAIL

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
_PROFILE = re.compile(r"^### Profile `small`.*?^```python\n(.*?)^```$", re.M | re.S)


def _written_in_the_docs() -> str:
    found = _PROFILE.search(_PAGE.read_text())
    if found is None:
        raise LookupError(f"{_PAGE.name} has no settings below the heading of the profile small")
    return found[1]


# No undo window: the bulletin goes out while we look.
NUMS_WAGTAIL = {**NUMS_WAGTAIL, "UNDO_SECONDS": 0}
exec(_written_in_the_docs())  # noqa: S102 - our own page
