"""Tags of campaigns, put on and taken off by the operations of their own service."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.campaigns.campaign_refusals import absent, invalid
from bulkops.sim.services.campaigns.campaigns import KIND, found, visible
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

MOST = 50


def _tagged(session: WorldSession, arn: str) -> StoredThing:
    record = found(session, arn.rpartition("/")[2])
    if record["Arn"] != arn:
        raise absent("resource")
    return record


def tag(session: WorldSession, params: Members) -> Members:
    """Add tags to a campaign, or give tags that it has new values."""
    record = _tagged(session, params["arn"])
    tags = {**record.get("tags", {}), **params["tags"]}
    if len(tags) > MOST:
        raise invalid(f"A campaign can have at most {MOST} tags.")
    session.update(KIND, record, tags=tags)
    return {}


def untag(session: WorldSession, params: Members) -> Members:
    """Take tags off a campaign; keys that it does not have are passed over."""
    record = _tagged(session, params["arn"])
    left = {
        key: text for key, text in record.get("tags", {}).items() if key not in params["tagKeys"]
    }
    session.update(KIND, record, tags=left or None)
    return {}


def list_tags(session: WorldSession, params: Members) -> Members:
    """Return the tags of a campaign."""
    return {"tags": dict(visible(session, params["arn"].rpartition("/")[2]).get("tags", {}))}


OPERATIONS: Mapping[str, Handler] = {
    "TagResource": tag,
    "UntagResource": untag,
    "ListTagsForResource": list_tags,
}
