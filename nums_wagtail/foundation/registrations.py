"""Declares the foundation's own log actions, which must be there before the admin lists any."""


def register() -> None:
    from . import groups  # noqa: F401
