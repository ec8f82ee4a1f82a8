"""Overrides of hours of operation: holidays and other days on which they are otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bulkops.sim.services.connect.day_slots import check_slots
from bulkops.sim.services.connect.listing import NAMED, STAMPS, Handler, Members, same, shown
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.search_criteria import Test, criteria_test
from bulkops.sim.state.refusals import invalid, not_found, refused, used_up
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND, HOURS = "hours-of-operation-override", "hours-of-operation"
CHANGED = ("Name", "Description", "Config", "EffectiveFrom", "EffectiveTill")
MOST = 50
"""Overrides that hours of operation can have, a quota that is fixed."""
SHOWN = {
    **same("HoursOfOperationId", *CHANGED),
    "HoursOfOperationOverrideId": "Id",
}


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make an override, whose name must be new to its hours."""
    hours = session.need(HOURS, params["HoursOfOperationId"])
    _check(params)
    check_new(session, KIND, params["Name"], parent=hours["Id"])
    if len([one for one in session.all(KIND) if one["ParentGroupId"] == hours["Id"]]) >= MOST:
        raise used_up("overrides of hours of operation")
    members = {name: params.get(name) for name in CHANGED}
    owner = {"ParentGroupId": hours["Id"], "HoursOfOperationId": hours["Id"]}
    made = session.create(KIND, {**owner, **members})
    return {"HoursOfOperationOverrideId": made["Id"]}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Change what is given; times that are given replace those that were."""
    override = _needed(session, params)
    given = {name: params[name] for name in CHANGED if name in params}
    if not given:
        raise refused("Something to change must be given.")
    _check({**override, **given})
    name = str(given.get("Name", override["Name"]))
    check_new(session, KIND, name, parent=override["HoursOfOperationId"], besides=override)
    session.update(KIND, override, **given)
    return {}


def delete(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete an override."""
    session.delete(KIND, _needed(session, params)["Id"])
    return {}


def describe(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return an override of the hours that are named."""
    override = session.see(KIND, params["HoursOfOperationOverrideId"])
    _require_owner(override, params)
    return {"HoursOfOperationOverride": _shown(session, override)}


def list_overrides(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the overrides of some hours, page by page."""
    hours = session.see(HOURS, params["HoursOfOperationId"])
    numbered = [
        (number, one)
        for number, one in session.see_all(KIND)
        if one["HoursOfOperationId"] == hours["Id"]
    ]
    page = page_of(numbered, "ListHoursOfOperationOverrides", params, session.now)
    items = [_shown(session, each) for each in page.items]
    return {**page.reply("HoursOfOperationOverrideList", items), **shown(hours, STAMPS)}


def search(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the overrides of all hours that criteria mean; a date condition asks for a day."""
    wanted = criteria_test(params.get("SearchCriteria", {}), NAMED, {"DateCondition": _date_test})
    numbered = [pair for pair in session.see_all(KIND, searched=True) if wanted(pair[1])]
    page = page_of(numbered, "SearchHoursOfOperationOverrides", params, session.now)
    items = [_shown(session, each) for each in page.items]
    reply = page.reply("HoursOfOperationOverrides", items)
    return {**reply, "ApproximateTotalCount": len(numbered)}


def _date_test(condition: Mapping[str, Any]) -> Test:
    """Return the test of a date that an override begins or ends with."""
    field, value = condition.get("FieldName"), condition.get("Value")
    compare = _DATES.get(str(condition.get("ComparisonType")))
    if field not in {"EffectiveFrom", "EffectiveTill"} or value is None or compare is None:
        raise invalid("DateCondition needs FieldName, Value and ComparisonType.")
    return lambda record: compare(str(record[field]), value)


_DATES: Mapping[str, Callable[[str, str], bool]] = {
    "GREATER_THAN": str.__gt__,
    "LESS_THAN": str.__lt__,
    "GREATER_THAN_OR_EQUAL_TO": str.__ge__,
    "LESS_THAN_OR_EQUAL_TO": str.__le__,
    "EQUAL_TO": str.__eq__,
}


def _shown(session: WorldSession, override: StoredThing) -> dict[str, Any]:
    arn = session.arn(HOURS, override["HoursOfOperationId"])
    return {**shown(override, SHOWN), "HoursOfOperationArn": arn}


def _needed(session: WorldSession, params: Mapping[str, Any]) -> StoredThing:
    session.need(HOURS, params["HoursOfOperationId"])
    override = session.need(KIND, params["HoursOfOperationOverrideId"])
    _require_owner(override, params)
    return override


def _require_owner(override: StoredThing, params: Mapping[str, Any]) -> None:
    if override["HoursOfOperationId"] != params["HoursOfOperationId"]:
        raise not_found("hours of operation override")


def _check(params: Mapping[str, Any]) -> None:
    try:
        days = [date.fromisoformat(params[name]) for name in ("EffectiveFrom", "EffectiveTill")]
    except ValueError:
        raise invalid("EffectiveFrom and EffectiveTill must be dates.") from None
    if days[1] < days[0]:
        raise invalid("EffectiveTill must not be before EffectiveFrom.")
    for slot in params["Config"]:
        if not {"Day", "StartTime", "EndTime"} <= slot.keys():
            raise invalid("Config needs Day, StartTime and EndTime in each of its elements.")
    check_slots(params["Config"])


OPERATIONS: Mapping[str, Handler] = {
    "CreateHoursOfOperationOverride": create,
    "UpdateHoursOfOperationOverride": update,
    "DeleteHoursOfOperationOverride": delete,
    "DescribeHoursOfOperationOverride": describe,
    "ListHoursOfOperationOverrides": list_overrides,
    "SearchHoursOfOperationOverrides": search,
}
