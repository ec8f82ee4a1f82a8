"""Hours of operation: the days and times at which a contact centre is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bulkops.sim.services.connect.day_slots import check_slots
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import invalid, refused
from bulkops.sim.state.world import WorldSession

KIND = "hours-of-operation"
CHANGED = ("Name", "Description", "TimeZone", "Config")


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make hours of operation, whose name must be new."""
    _check(params)
    check_new(session, KIND, params["Name"])
    room_for(session, KIND)
    members = {name: params.get(name) for name in CHANGED}
    tags = checked_tags(params.get("Tags", {}))
    made = session.create(KIND, {**members, "Tags": tags})
    return {"HoursOfOperationId": made["Id"], "HoursOfOperationArn": made["Arn"]}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Change what is given; a week that is given replaces the week that was."""
    hours = session.need(KIND, params["HoursOfOperationId"])
    given = {name: params[name] for name in CHANGED if name in params}
    if not given:
        raise refused("Name, Description, TimeZone or Config must be given.")
    _check(given)
    check_new(session, KIND, str(given.get("Name", hours["Name"])), besides=hours)
    if given.get("Description") == "":
        given["Description"] = None
    session.update(KIND, hours, **given)
    return {}


def _check(params: Mapping[str, Any]) -> None:
    if not params.get("Name", "x").strip():
        raise invalid("Name must not be blank.")
    if "TimeZone" in params:
        check_zone(params["TimeZone"])
    check_slots(params.get("Config", ()))


def check_zone(name: str) -> None:
    """Refuse a time zone that the IANA database does not have."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise invalid("TimeZone is not a valid time zone.") from None


OPERATIONS: Mapping[str, Handler] = {
    "CreateHoursOfOperation": create,
    "UpdateHoursOfOperation": update,
}
