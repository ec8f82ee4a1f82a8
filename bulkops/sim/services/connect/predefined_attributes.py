"""Predefined attributes: names with the values that they may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.state.refusals import invalid, refused
from bulkops.sim.state.world import WorldSession

KIND = "predefined-attribute"
CHANGED = ("Values", "Purposes", "AttributeConfiguration")
UNCHECKED = {"EnableValueValidationOnAssociation": False}
"""How an attribute is configured of which nothing is said."""
OWN = "connect:"
"""What the names of Amazon Connect's own attributes begin with."""


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make an attribute, whose name must be new and is its id."""
    name = params["Name"]
    if not name.strip() or name.startswith(OWN):
        raise invalid(f"Name must not be blank, nor begin with {OWN}")
    _check(params)
    check_new(session, KIND, name)
    room_for(session, KIND)
    given = {member: params[member] for member in CHANGED if member in params}
    session.put_named(KIND, name, {"AttributeConfiguration": dict(UNCHECKED), **given})
    return {}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Change what is given: a list replaces the list that was."""
    attribute = session.need(KIND, params["Name"])
    given = {member: params[member] for member in CHANGED if member in params}
    if not given:
        raise refused("Values, Purposes or AttributeConfiguration must be given.")
    _check(params)
    session.update(KIND, attribute, **given)
    return {}


def _check(params: Mapping[str, Any]) -> None:
    lists: tuple[Sequence[str], ...] = (
        params.get("Values", {}).get("StringList", ()),
        params.get("Purposes", ()),
    )
    for values in lists:
        if len(set(values)) < len(values):
            raise invalid("Values and Purposes must not contain duplicates.")


OPERATIONS: Mapping[str, Handler] = {
    "CreatePredefinedAttribute": create,
    "UpdatePredefinedAttribute": update,
}
