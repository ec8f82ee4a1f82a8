"""SearchCases: which cases a filter and a term find, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bulkops.sim.services.cases.case_domains import CASE, FIELD, domain_of, seen_inside, true_of
from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_records import shown_values
from bulkops.sim.services.cases.case_refusals import unfit
from bulkops.sim.services.cases.case_values import plain_value, values_of
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

CaseTest = Callable[[StoredThing], bool]


def search(session: WorldSession, params: Members) -> Members:
    """Return the cases that an index finds, which trails behind what is there."""
    domain = domain_of(session, params)
    known = {each["Id"] for _, each in seen_inside(session, domain, FIELD)}
    wanted = (
        _test(params["filter"], lambda one: _check(session, domain, known, one))
        if ("filter" in params)
        else _all
    )
    term = params.get("searchTerm", "").casefold()
    found = [
        pair
        for pair in seen_inside(session, domain, CASE, searched=True)
        if wanted(pair[1]) and _mentions(pair[1], term)
    ]
    for sort in reversed(params.get("sorts", ())):
        found.sort(key=_order(sort["fieldId"]), reverse=sort["sortOrder"] == "Desc")
    if params.get("sorts"):
        found = [(place, case) for place, (_, case) in enumerate(found, start=1)]
    asked = params.get("fields", ())
    return lower_page(session, found, params, "cases", lambda case: _shown(case, asked))


def _shown(case: StoredThing, asked: Any) -> Members:  # noqa: ANN401  # as sent
    fields = shown_values(case, asked)
    return {"caseId": case["Id"], "templateId": case["TemplateId"], "fields": fields}


def _check(session: WorldSession, domain: StoredThing, known: set[str], field_id: str) -> None:
    if field_id not in known:
        true_of(session, domain, FIELD, field_id)


def _all(_case: StoredThing) -> bool:
    return True


def _mentions(case: StoredThing, term: str) -> bool:
    texts = (str(plain_value(value)).casefold() for value in values_of(case).values())
    return not term or any(term in text for text in texts)


def _order(field_id: str) -> Callable[[tuple[int, StoredThing]], tuple[bool, str]]:
    def key(pair: tuple[int, StoredThing]) -> tuple[bool, str]:
        value = values_of(pair[1]).get(field_id)
        return value is None, "" if value is None else str(plain_value(value))

    return key


def _test(asked: Members, check: Callable[[str], None]) -> CaseTest:
    """Return the test that a filter stands for: exactly one member of each union is given."""
    if len(asked) != 1:
        raise unfit("Exactly one member of a filter must be given.")
    name, inner = next(iter(asked.items()))
    if name == "field":
        return _field_test(inner, check)
    if name == "not":
        return _not(_test(inner, check))
    tests = [_test(each, check) for each in inner]
    holds = all if name == "andAll" else any
    return lambda case: holds(test(case) for test in tests)


def _not(test: CaseTest) -> CaseTest:
    return lambda case: not test(case)


def _field_test(asked: Members, check: Callable[[str], None]) -> CaseTest:
    if len(asked) != 1:
        raise unfit("Exactly one condition of a field must be given.")
    how, told = next(iter(asked.items()))
    check(told["id"])
    wanted, compare = plain_value(told["value"]), _COMPARISONS[how]

    def holds(case: StoredThing) -> bool:
        value = values_of(case).get(told["id"])
        if value is None or wanted is None:
            return how == "equalTo" and value is None and wanted is None
        return compare(plain_value(value), wanted)

    return holds


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equalTo": lambda held, wanted: bool(held == wanted),
    "contains": lambda held, wanted: str(wanted).casefold() in str(held).casefold(),
    "greaterThan": lambda held, wanted: bool(held > wanted),
    "greaterThanOrEqualTo": lambda held, wanted: bool(held >= wanted),
    "lessThan": lambda held, wanted: bool(held < wanted),
    "lessThanOrEqualTo": lambda held, wanted: bool(held <= wanted),
}
OPERATIONS: Mapping[str, Handler] = {"SearchCases": search}
