"""Values of cases: what each type of field takes, and what the service sets by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bulkops.sim.services.cases.case_domains import OPTION
from bulkops.sim.services.cases.case_refusals import unfit
from bulkops.sim.services.connect.listing import Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

LONGEST: Mapping[str, int] = {"summary": 3000}
"""Characters of a text, by field id; 500 of all others (service model, FieldValueUnion)."""
_USUAL = 500
OWN = frozenset(
    {
        *("reference_number", "created_datetime", "last_updated_datetime"),
        *("last_closed_datetime", "last_reopened_datetime"),
    }
)
"""System fields that the service alone sets."""
_CUSTOMER = re.compile(r"arn:aws[\w-]*:profile:[\w-]+:\d{12}:domains/[\w-]+/profiles/[0-9a-f]{32}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_MEMBERS: Mapping[str, str] = {
    "Number": "doubleValue",
    "Boolean": "booleanValue",
    "User": "userArnValue",
}
"""Type of a field → the member of the union that its value stands under; else stringValue."""


def check_value(session: WorldSession, field: StoredThing, value: Members) -> None:
    """Refuse a value that its field does not take: ValidationException."""
    if len(value) != 1:
        raise unfit("Exactly one member of a value must be given.")
    if field["Id"] in OWN:
        raise unfit(f"The field {field['Id']} is read-only.")
    member, given = next(iter(value.items()))
    if member == "emptyValue":
        if field["Id"] in {"title", "status"}:
            raise unfit(f"The field {field['Id']} must not be empty.")
        return
    if member != _MEMBERS.get(field["Type"], "stringValue"):
        raise unfit(f"The field {field['Id']} is of type {field['Type']}.")
    flaw = _FLAWS.get(field["Type"], _text_flaw)(session, field, given)
    if flaw:
        raise unfit(f"The value of the field {field['Id']} {flaw}")


def _text_flaw(_session: WorldSession, field: StoredThing, text: str) -> str:
    longest = LONGEST.get(field["Id"], _USUAL)
    if len(text) > longest:
        return f"has more than {longest} characters."
    if field["Id"] == "title" and not text.strip():
        return "must not be empty."
    if field["Id"] == "customer_id" and not _CUSTOMER.fullmatch(text):
        return "is not the ARN of a customer profile."
    return ""


def _option_flaw(session: WorldSession, field: StoredThing, text: str) -> str:
    option = session.table(OPTION).get(option_key(field, text))
    if option is None or not option["Option"]["active"]:
        return "is not an active option of the field."
    return ""


def _url_flaw(_session: WorldSession, _field: StoredThing, text: str) -> str:
    return "" if not text or _WEB.fullmatch(text) else "is not a URL."


def _moment_flaw(_session: WorldSession, _field: StoredThing, text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return "is not a date and time of ISO 8601."
    return "" if at.tzinfo is not None else "says no time zone."


def _user_flaw(session: WorldSession, _field: StoredThing, arn: str) -> str:
    known = any(each["Arn"] == arn for each in session.all("user"))
    return "" if known else "is not the ARN of a user of the instance."


def _no_flaw(_session: WorldSession, _field: StoredThing, _value: object) -> str:
    return ""


_FLAWS: Mapping[str, Callable[[WorldSession, StoredThing, Any], str]] = {
    "SingleSelect": _option_flaw,
    "Url": _url_flaw,
    "DateTime": _moment_flaw,
    "User": _user_flaw,
    "Number": _no_flaw,
    "Boolean": _no_flaw,
}


def option_key(field: StoredThing, value: str) -> str:
    """Return under which name an option of a field is kept."""
    return f"{field['DomainId']} {field['Id']} {value}"


def values_of(case: StoredThing) -> dict[str, Members]:
    """Return field id → value of a case."""
    return {each["id"]: each["value"] for each in case["Values"]}


def plain_value(value: Members) -> object:
    """Return what stands in a union; None where it is empty."""
    member, held = next(iter(value.items()))
    return None if member == "emptyValue" else held
