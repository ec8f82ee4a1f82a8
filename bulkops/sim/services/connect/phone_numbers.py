"""Phone numbers that an instance has claimed: they belong to its account and Region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect import number_claims
from bulkops.sim.services.connect.listing import Handler, Members, same, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

SUMMARY = {
    **same("PhoneNumberCountryCode", "PhoneNumberType", "PhoneNumberDescription"),
    "PhoneNumberId": "Id",
    "PhoneNumberArn": "Arn",
    "PhoneNumber": "Name",
}
WHOLE = {**SUMMARY, **same("Tags")}


def list_numbers(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the numbers of an instance, page by page."""
    number_claims.check_not_both(params)
    numbered = session.see_all("phone-number")
    for argument, member in (
        ("PhoneNumberCountryCodes", "PhoneNumberCountryCode"),
        ("PhoneNumberTypes", "PhoneNumberType"),
    ):
        if wanted := params.get(argument):
            numbered = [pair for pair in numbered if pair[1][member] in wanted]
    if prefix := params.get("PhoneNumberPrefix"):
        numbered = [pair for pair in numbered if _begins(pair[1], prefix)]
    page = page_of(numbered, "ListPhoneNumbersV2", params, session.now)
    entries = [{**shown(record, SUMMARY), **_owner(session)} for record in page.items]
    return page.reply("ListPhoneNumbersSummaryList", entries)


def _owner(session: WorldSession) -> Members:
    return {"InstanceId": session.instance.id, "TargetArn": session.instance.arn}


def _begins(record: StoredThing, prefix: str) -> bool:
    return str(record["Name"]).lstrip("+").startswith(prefix.lstrip("+"))


def describe_number(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return a number with its tags, and how far its claiming is."""
    record = session.see("phone-number", params["PhoneNumberId"])
    status = {"PhoneNumberStatus": _status(session, record)}
    return {"ClaimedPhoneNumberSummary": {**shown(record, WHOLE), **_owner(session), **status}}


def _status(session: WorldSession, record: StoredThing) -> Members:
    """Return how far what was accepted last is by now."""
    if session.now < record.get("WorkedOnUntil", 0.0):
        return {"Status": "IN_PROGRESS"}
    if "Failure" in record:
        return {"Status": "FAILED", "Message": record["Failure"]}
    return {"Status": "CLAIMED"}


OPERATIONS: Mapping[str, Handler] = {
    "ListPhoneNumbersV2": list_numbers,
    "DescribePhoneNumber": describe_number,
    **number_claims.OPERATIONS,
}
