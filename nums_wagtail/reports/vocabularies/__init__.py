"""The closed lists that answers are chosen from, by what they are about."""

from __future__ import annotations

from ..schema_parts import Vocabulary
from . import advice, incident, looks, reporter, vehicles

VOCABULARIES: tuple[Vocabulary, ...] = tuple(
    one
    for module in (incident, looks, vehicles, reporter, advice)
    for one in vars(module).values()
    if isinstance(one, Vocabulary)
)
