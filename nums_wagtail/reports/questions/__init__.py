"""The core questions, a module for each group, in the order in which they are asked."""

from __future__ import annotations

from ..schema_parts import QuestionGroup
from . import contact, details, incident, online, person, place, police, reporter, support, vehicle, warning

CORE_GROUPS: tuple[QuestionGroup, ...] = tuple(
    QuestionGroup(module.GROUP, module.QUESTIONS)
    for module in (incident, place, details, person, vehicle, online, reporter, contact, support, police, warning)
)
