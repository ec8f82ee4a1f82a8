"""User proficiencies: levels of predefined attributes' values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import STAMPS, Handler, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_length
from bulkops.sim.services.connect.search_criteria import Test, number_test
from bulkops.sim.state.refusals import invalid, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

AttributeValue = tuple[str, str]
Levels = dict[AttributeValue, float]


def associate(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a user proficiencies that it does not have yet."""

    def add(levels: Levels, pair: AttributeValue, item: Mapping[str, Any]) -> None:
        _check_value(session, pair)
        if pair in levels:
            raise refused("The user has this proficiency already.")
        levels[pair] = item["Level"]

    return _changed(session, params, add)


def update(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the levels of proficiencies that a user has."""

    def replace(levels: Levels, pair: AttributeValue, item: Mapping[str, Any]) -> None:
        _check_present(levels, pair)
        levels[pair] = item["Level"]

    return _changed(session, params, replace)


def disassociate(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take proficiencies from a user that has them."""

    def remove(levels: Levels, pair: AttributeValue, _: Mapping[str, Any]) -> None:
        _check_present(levels, pair)
        del levels[pair]

    return _changed(session, params, remove)


def _changed(
    session: WorldSession,
    params: Mapping[str, Any],
    change: Callable[[Levels, AttributeValue, Mapping[str, Any]], None],
) -> Mapping[str, Any]:
    user = session.need("user", params["UserId"])
    levels = {_pair(item): item["Level"] for item in user.get("Proficiencies", ())}
    given = [_pair(item) for item in params["UserProficiencies"]]
    if len(set(given)) < len(given):
        raise invalid("UserProficiencies must not contain duplicates.")
    for pair, item in zip(given, params["UserProficiencies"], strict=True):
        change(levels, pair, item)
    check_length(session, "proficiency", len(levels))
    kept = [
        {"AttributeName": name, "AttributeValue": value, "Level": float(level)}
        for (name, value), level in levels.items()
    ]
    session.update("user", user, Proficiencies=kept or None)
    return {}


def _pair(item: Mapping[str, Any]) -> AttributeValue:
    return item["AttributeName"], item["AttributeValue"]


def _check_present(levels: Levels, pair: AttributeValue) -> None:
    if pair not in levels:
        raise not_found("proficiency of the user")


def _check_value(session: WorldSession, pair: AttributeValue) -> None:
    attribute = session.need("predefined-attribute", pair[0])
    if pair[1] not in attribute["Values"]["StringList"]:
        raise invalid("AttributeValue is not among the values of the predefined attribute.")


def list_proficiencies(session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a user's proficiencies, page by page."""
    user = session.see("user", params["UserId"])
    items: Sequence[Mapping[str, Any]] = user.get("Proficiencies", ())
    numbered = list(enumerate(items, start=1))
    page = page_of(numbered, "ListUserProficiencies", params, session.now)
    return {**page.reply("UserProficiencyList", page.items), **shown(user, STAMPS)}


def proficiency_leaf(condition: Mapping[str, Any]) -> Test:
    """Return the test of a ListCondition: a proficiency for which all its conditions hold."""
    tests = [_proficiency_test(part) for part in condition.get("Conditions", ())]

    def holds(record: StoredThing) -> bool:
        items = record.get("Proficiencies", ())
        return any(all(test(item) for test in tests) for item in items)

    return holds


def _proficiency_test(condition: Mapping[str, Any]) -> Test:
    part = condition.get("StringCondition") or condition.get("NumberCondition") or {}
    field = part.get("FieldName")
    if "StringCondition" in condition:
        value = part.get("Value")
        return lambda item: (item["AttributeName"], item["AttributeValue"]) == (field, value)
    within = number_test(part)
    return lambda item: item["AttributeName"] == field and within(item["Level"])


OPERATIONS: Mapping[str, Handler] = {
    "AssociateUserProficiencies": associate,
    "UpdateUserProficiencies": update,
    "DisassociateUserProficiencies": disassociate,
    "ListUserProficiencies": list_proficiencies,
}
