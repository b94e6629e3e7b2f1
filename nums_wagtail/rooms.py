"""The front door's list of rooms, and how each registers what it gives to others.

A room that gives something to an earlier room (a clock, a case action, a holding) has a module
``registrations`` with one function ``register()``. Nothing else happens at start.
"""

from importlib import import_module
from importlib.util import find_spec

#: In the order in which data walks through them.
ROOMS = (
    "foundation",
    "printing",
    "regions",
    "mailing",
    "members",
    "reports",
    "casework",
    "alerts",
    "bulletins",
)


def gather() -> None:
    """Import every room's checks, log actions and receivers, and let it register with earlier rooms."""
    from . import checks  # noqa: F401

    for room in ROOMS:
        for part in ("checks", "registrations"):
            name = f"nums_wagtail.{room}.{part}"
            if find_spec(name) is None:
                continue
            module = import_module(name)
            if part == "registrations":
                module.register()
    _register_for_the_vault()


def _register_for_the_vault() -> None:
    """The vault knows no clocks; its sweep must run all the same."""
    from .foundation.clocks import clocks
    from .vault_clock import VAULT_CLOCK

    clocks.register("vault.sweep", VAULT_CLOCK, owner="nums_wagtail.vault", order=200)
