"""Overrides of hours of operation: days on which other times hold, such as holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bulkops.sim.services.connect.hours_of_operation import check_slots
from bulkops.sim.services.connect.listing import STAMPS, Handler, Members, same, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.refusals import duplicate, invalid, used_up
from bulkops.sim.state.world import WorldSession

KIND = "hours-of-operation-override"
MOST = 50
"""Overrides of one hours of operation (Amazon Connect administrator guide; fixed)."""
OVERRIDE = {
    **same("HoursOfOperationId", "Name", "Description", "Config"),
    **same("EffectiveFrom", "EffectiveTill"),
    "HoursOfOperationOverrideId": "Id",
}


def create_override(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make an override, whose name is new among those of its hours of operation."""
    hours = session.need("hours-of-operation", params["HoursOfOperationId"])
    begins, ends = (date.fromisoformat(params[f"Effective{end}"]) for end in ("From", "Till"))
    if ends < begins:
        raise invalid("EffectiveTill must not be before EffectiveFrom.")
    check_slots(params["Config"])
    if session.table(KIND).named(params["Name"], hours["Id"]) is not None:
        raise duplicate()
    if len(overrides_of(session, hours["Id"])) >= MOST:
        raise used_up("overrides of these hours of operation")
    given = ("Name", "Description", "Config", "EffectiveFrom", "EffectiveTill")
    made = session.create(
        KIND,
        {
            **{name: params.get(name) for name in given},
            "ParentGroupId": hours["Id"],
            "HoursOfOperationId": hours["Id"],
        },
    )
    return {"HoursOfOperationOverrideId": made["Id"]}


def overrides_of(session: WorldSession, hours_id: str) -> list[Mapping[str, Any]]:
    """Return the overrides that hours of operation truly have."""
    return [one for one in session.all(KIND) if one["HoursOfOperationId"] == hours_id]


def list_overrides(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the overrides of hours of operation, page by page."""
    hours = session.see("hours-of-operation", params["HoursOfOperationId"])
    numbered = [
        pair for pair in session.see_all(KIND) if pair[1]["HoursOfOperationId"] == hours["Id"]
    ]
    page = page_of(numbered, "ListHoursOfOperationOverrides", params, session.now)
    owner = {"HoursOfOperationArn": hours["Arn"]}
    items = [{**shown(record, OVERRIDE), **owner} for record in page.items]
    return {**page.reply("HoursOfOperationOverrideList", items), **shown(hours, STAMPS)}


OPERATIONS: Mapping[str, Handler] = {
    "CreateHoursOfOperationOverride": create_override,
    "ListHoursOfOperationOverrides": list_overrides,
}
