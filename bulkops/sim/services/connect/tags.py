"""Tags: what may be one, and putting them on and off anything that has an ARN."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler
from bulkops.sim.state.ids import SEGMENTS
from bulkops.sim.state.refusals import invalid, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

MOST = 50
LONGEST_KEY = 128
MARKS = frozenset("_.:/=+-@")
UNTAGGABLE = frozenset(
    {
        *("hierarchy-level", "hours-of-operation-override"),
        *("data-table-attribute", "data-table-value"),
        *("contact-flow-alias", "contact-flow-module-alias"),
    }
)
TAGGABLE: Mapping[str, str] = {
    segment: kind for kind, segment in SEGMENTS.items() if kind not in UNTAGGABLE
}


def checked_tags(tags: Mapping[str, str]) -> dict[str, str] | None:
    """Return tags as they are kept, None for no tags; refuse keys that AWS does not allow."""
    for key in tags:
        check_key(key)
    if len(tags) > MOST:
        raise refused(f"A resource can have at most {MOST} tags.")
    return dict(tags) or None


def check_key(key: str) -> None:
    """Refuse a tag key that is empty, too long, reserved, or holds a character not allowed."""
    allowed = all(char in MARKS or unicodedata.category(char)[0] in "LZN" for char in key)
    if not 1 <= len(key) <= LONGEST_KEY or key.startswith("aws:") or not allowed:
        raise invalid(
            f"A tag key has 1 to {LONGEST_KEY} letters, digits, spaces or {''.join(sorted(MARKS))},"
            " and does not begin with aws:"
        )


def tagged(session: WorldSession, arn: str) -> tuple[str, StoredThing]:
    """Return the kind and the true record that an ARN names."""
    kind, thing_id = parsed(session, arn)
    return kind, session.need(kind, thing_id)


def parsed(session: WorldSession, arn: str) -> tuple[str, str]:
    """Return kind and id of an ARN: of a number, or of what is below the session's instance."""
    if ":phone-number/" in arn:  # numbers belong to the account, and not to one instance
        return "phone-number", arn.rpartition("/")[2]
    segment, _, thing_id = arn.removeprefix(f"{session.instance.arn}/").rpartition("/")
    if segment not in TAGGABLE:
        raise not_found("resource")
    return TAGGABLE[segment], thing_id


def tag(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add tags to a resource, or give tags it has new values."""
    kind, record = tagged(session, params["resourceArn"])
    tags = checked_tags({**record.get("Tags", {}), **params["tags"]})
    session.update(kind, record, Tags=tags)
    return {}


def untag(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take tags off a resource; keys it does not have are passed over."""
    kind, record = tagged(session, params["resourceArn"])
    for key in params["tagKeys"]:
        check_key(key)
    left = {key: record["Tags"][key] for key in record.get("Tags", ())}
    for key in params["tagKeys"]:
        left.pop(key, None)
    session.update(kind, record, Tags=left or None)
    return {}


def list_tags(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a resource's tags."""
    kind, thing_id = parsed(session, params["resourceArn"])
    return {"tags": dict(session.see(kind, thing_id).get("Tags", {}))}


OPERATIONS: Mapping[str, Handler] = {
    "TagResource": tag,
    "UntagResource": untag,
    "ListTagsForResource": list_tags,
}
