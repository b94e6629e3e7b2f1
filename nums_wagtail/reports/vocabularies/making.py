"""How the closed lists are written down. The lists themselves stand beside it, by what they are about."""

from __future__ import annotations

from ..schema_parts import Term, Vocabulary, Words


def listed(key: str, *terms: tuple[str, Words] | tuple[str, Words, str]) -> Vocabulary:
    """A list of (code, label) or (code, label, icon)."""
    return Vocabulary(key, tuple(Term(code, label, icon=icon[0] if icon else "") for code, label, *icon in terms))


def under(section: Words, *terms: tuple[str, Words] | tuple[str, Words, str]) -> tuple[Term, ...]:
    """Terms of a long list that stand under one heading."""
    return tuple(Term(code, label, section, icon=icon[0] if icon else "") for code, label, *icon in terms)
