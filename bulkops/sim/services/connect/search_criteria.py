"""SearchCriteria and SearchFilter: which things a search finds.

Text is compared without regard to case, as Connect does. Field names, and the bounds of a
CONTAINS query, are those that the service model's documentation lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bulkops.sim.state.refusals import invalid, missing
from bulkops.sim.state.tables import StoredThing

Criteria = Mapping[str, Any]
Fields = Mapping[str, Callable[[StoredThing], Iterable[str]]]
"""FieldName → the texts of a record that it means."""
Test = Callable[[StoredThing], bool]
Leaves = Mapping[str, Callable[[Any], Test]]
"""Condition beside StringCondition → what makes a test of it, such as QueueTypeCondition."""

CONTAINS_FROM, CONTAINS_TO = 2, 25


def criteria_test(criteria: Criteria, fields: Fields, leaves: Leaves) -> Test:
    """Return the test that a SearchCriteria stands for: all of its parts must hold."""
    tests: list[Test] = []
    for name, value in criteria.items():
        if name == "OrConditions":
            tests.append(_any([criteria_test(part, fields, leaves) for part in value]))
        elif name == "AndConditions":
            tests.append(_all([criteria_test(part, fields, leaves) for part in value]))
        elif name == "StringCondition":
            tests.append(_string_test(value, fields))
        elif name in leaves:
            tests.append(leaves[name](value))
        else:
            raise invalid(f"{name} is not a condition of this search.")
    return _all(tests)


def filter_test(search_filter: Criteria, leaves: Leaves) -> Test:
    """Return the test that a SearchFilter stands for: conditions on tags, and the leaves given."""
    parts = [part for given in search_filter.values() for part in given.items()]
    return _all([_filter_part(name, value, leaves) for name, value in parts])


def _filter_part(name: str, value: Any, leaves: Leaves) -> Test:  # noqa: ANN401  # as sent
    if name == "OrConditions":
        return _any([_conjunction(part, leaves) for part in value])
    if name in {"AndConditions", "AndCondition"}:
        return _conjunction(value, leaves)
    if name == "TagCondition":
        return _tag_test(value)
    return leaves[name](value)


def _conjunction(part: Any, leaves: Leaves) -> Test:  # noqa: ANN401  # a list or a structure
    """Return the test of a list of tag conditions, or of a structure that holds one and more."""
    if isinstance(part, list):
        return _all([_tag_test(tag) for tag in part])
    tags = [_tag_test(tag) for tag in part.get("TagConditions", ())]
    others = [leaves[name](value) for name, value in part.items() if name != "TagConditions"]
    return _all([*tags, *others])


def _tag_test(condition: Criteria) -> Test:
    key, value = condition.get("TagKey"), condition.get("TagValue")
    if key is None:
        raise missing("TagKey")

    def holds(record: StoredThing) -> bool:
        tags = record.get("Tags", {})
        return key in tags and value in {None, tags[key]}

    return holds


def _string_test(condition: Criteria, fields: Fields) -> Test:
    for member in ("FieldName", "Value", "ComparisonType"):
        if condition.get(member) is None:
            raise missing(f"StringCondition.{member}")
    field, comparison = condition["FieldName"], condition["ComparisonType"]
    if field not in fields:
        known = ", ".join(fields)
        raise invalid(f"StringCondition.FieldName is not supported; supported are: {known}")
    if comparison == "CONTAINS" and not CONTAINS_FROM <= len(condition["Value"]) <= CONTAINS_TO:
        raise invalid(
            f"A CONTAINS query takes {CONTAINS_FROM} to {CONTAINS_TO} characters of text."
        )
    wanted, texts = condition["Value"].casefold(), fields[field]
    holds = _COMPARISONS[comparison]
    return lambda record: any(holds(text.casefold(), wanted) for text in texts(record))


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "EXACT": str.__eq__,
    "STARTS_WITH": str.startswith,
    "CONTAINS": str.__contains__,
}


def number_test(condition: Criteria) -> Callable[[float], bool]:
    """Return the test that a NumberCondition stands for."""
    low, high = condition.get("MinValue"), condition.get("MaxValue")
    comparison = condition.get("ComparisonType")
    bound = low if low is not None else high
    if comparison is None or bound is None or (comparison == "RANGE" and None in {low, high}):
        raise missing("NumberCondition.ComparisonType, MinValue or MaxValue")
    tests: Mapping[str, Callable[[float], bool]] = {
        "EQUAL": lambda number: number == bound,
        "NOT_EQUAL": lambda number: number != bound,
        "GREATER": lambda number: number > bound,
        "GREATER_OR_EQUAL": lambda number: number >= bound,
        "LESSER": lambda number: number < bound,
        "LESSER_OR_EQUAL": lambda number: number <= bound,
        "RANGE": lambda number: bound <= number <= (high or bound),
    }
    return tests[comparison]


def member_is(member: str) -> Callable[[Any], Test]:
    """Return what makes a test of the value that a record's member must have."""
    return lambda wanted: lambda record: record.get(member) == wanted


def _any(tests: list[Test]) -> Test:
    return lambda record: any(test(record) for test in tests)


def _all(tests: list[Test]) -> Test:
    return lambda record: all(test(record) for test in tests)
