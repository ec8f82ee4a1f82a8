"""How the first versions derived a job: their runs are gone on with as they began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.definition.derived_keys import Place
from bulkops.definition.job import Kind
from bulkops.definition.model.operations import filled_member, is_known, is_sensitive
from bulkops.definition.model.shapes import Shape
from bulkops.definition.verbs import Verb, verb

SEPARATORS = ";|"
_SINCE = ("Add", "Admin", "Attach", "Authorize", "Detach", "Remove", "Revoke")
"""Words that were not yet told from those that set values."""
_KINDS: Mapping[str, Kind] = {
    "string": "text",
    "timestamp": "text",
    "integer": "integer",
    "long": "integer",
    "boolean": "boolean",
    "map": "tags",
}


def verb_as_first(operation: str) -> Verb:
    """Return what an operation was taken to do."""
    return "update" if operation.startswith(_SINCE) else verb(operation)


def kind_as_first(shape: Shape) -> tuple[Kind | None, str]:
    """Return the kind of column that filled a member, None where a cell could not, and its split.

    Numbers with a point were not taken, nor maps of anything but texts, nor JSON.
    """
    match shape.type_name:
        case "list":
            kind, split = kind_as_first(shape.member)
            return (None, "") if split else (kind, SEPARATORS)
        case "map" if not shape.key.type_name == shape.value.type_name == "string":
            return None, ""
        case name:
            return _KINDS.get(name), SEPARATORS if name == "map" else ""


def is_secret_as_first(service: str, shape: Shape) -> bool:
    """Tell whether a member was taken for a secret: by its own mark or that of its elements."""
    inner = shape.member if shape.type_name == "list" else shape
    return any(is_sensitive(each) and not is_known(service, each) for each in (shape, inner))


def key_as_first(service: str, operation: str, places: Sequence[Place]) -> tuple[str, ...]:
    """Return the key as it was chosen: of an address alone, or of all single values."""
    required = [place for place in places if place.may_tell and place.names]
    own = [place for place in required if not place.addresses]
    if verb_as_first(operation) == "create" and not own:
        return ()
    if filled_member(service):
        addressed = [place for place in required if place.addresses]
        required = own if verb_as_first(operation) == "create" else addressed or own
    return tuple(place.column.name for place in required)
