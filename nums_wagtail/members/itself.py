"""The actor a member is to the verbs: no account of the host, a machine of ours that speaks for the member.

Whoever calls a verb with it has asked ``access`` first who is signed in.
"""

from __future__ import annotations

from ..foundation import policy
from ..foundation.actors import Actor

MEMBER = Actor(machine="member")


def require_vetting_or_itself(by: Actor) -> None:
    """Raises NotAllowed unless a member acts for itself or the actor may vet members."""
    if by != MEMBER:
        policy.require(by, "vet_members")
