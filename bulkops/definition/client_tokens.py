"""Client tokens in the form that an operation takes."""

from __future__ import annotations

from uuid import UUID, uuid5

from bulkops.definition.model.operations import operation

_NAMESPACE = UUID("6f1b1a52-6d0f-5d0e-9f4e-2c1f7a0b9e11")
"""Any fixed one: what is derived in it is the same wherever a run is gone on with."""


def client_token(service: str, name: str, text: str) -> str:
    """Return a text as the token of an operation: itself, or a UUID where only those are taken."""
    facts = operation(service, name)
    pattern = facts.members[facts.token].limits.pattern if facts.token else None
    if pattern is None or pattern.search(text):
        return text
    return str(uuid5(_NAMESPACE, text))


def item_token(text: str) -> str:
    """Return the token of one item of many, in a form that every service takes."""
    return str(uuid5(_NAMESPACE, text))
