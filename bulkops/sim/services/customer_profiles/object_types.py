"""Object types: which fields their objects have, and by which keys profiles are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.customer_profiles.profile_domains import OBJECT_TYPE, DomainView
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import moment

SOURCE = "_source."
SHOWN = ("Description", "AllowProfileCreation", "ExpirationDays", "Fields", "Keys")


def described(view: DomainView, params: Members) -> Members:
    """Return one object type, with its fields and keys."""
    record = view.type_of(params["ObjectTypeName"])
    return {**_line(record), **{name: record[name] for name in SHOWN if name in record}}


def listed(view: DomainView, params: Members) -> Members:
    """Return the object types page by page, without their fields and keys."""
    page = page_of(view.lying(OBJECT_TYPE), "ListProfileObjectTypes", params, view.session.now)
    return page.reply("Items", [_line(each) for each in page.items])


def _line(record: StoredThing) -> Mapping[str, Any]:
    times = {name: moment(record["LastModifiedTime"]) for name in ("CreatedAt", "LastUpdatedAt")}
    return {
        "ObjectTypeName": record["TypeName"],
        "Description": record["Description"],
        **times,
    }


def field_in(type_: StoredThing, name: str, content: Mapping[str, Any]) -> str:
    """Return the text of an object's field; empty where the object has none."""
    field = type_["Fields"].get(name, {})
    value: Any = content
    for part in str(field.get("Source", f"{SOURCE}{name}")).removeprefix(SOURCE).split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


def keys_in(
    type_: StoredThing, content: Mapping[str, Any], standing: str
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield (name, value, identifiers) of the keys of a standing that an object is whole in.

    The value of a key of several fields is their texts joined.
    """
    for name, ways in type_["Keys"].items():
        for way in ways:
            identifiers = frozenset(way.get("StandardIdentifiers", ()))
            texts = [field_in(type_, each, content) for each in way["FieldNames"]]
            if standing in identifiers and all(texts):
                yield name, "".join(texts), identifiers


def filled_by(type_: StoredThing, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of a profile that an object fills."""
    members: dict[str, Any] = {}
    for name, field in type_["Fields"].items():
        text = field_in(type_, name, content)
        *around, member = str(field.get("Target", "")).removeprefix("_profile.").split(".")
        if not text or not member:
            continue
        place = members
        for outer in around:
            place = place.setdefault(outer, {})
        place[member] = text
    return members
