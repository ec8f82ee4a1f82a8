"""Claiming numbers, giving them up, and what is set of them: work that goes on after the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import limit_of
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import invalid, missing, not_found
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

NUMBER = "phone-number"
RELEASED = "released-number"
"""Numbers that cool down: nobody can claim them."""
LEADS = "flow-association"
"""Which flow an address leads to, by its ARN."""
COOL_DOWN = 180 * 24 * 3600.0
WORK_SECONDS = 1.5
"""How long the service works on what it has accepted."""
STOCK: Mapping[tuple[str, str], str] = {
    ("IE", "DID"): "+35315552",
    ("PT", "DID"): "+351215552",
    ("GB", "DID"): "+442045552",
    ("US", "DID"): "+12065552",
    ("US", "TOLL_FREE"): "+18005552",
}
"""By country and type, how the numbers begin that nobody has; three digits more each."""
_DIGITS = 3
_TOKEN = re.compile(r"[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}")


def claim(session: WorldSession, params: Members) -> Members:
    """Accept to claim a number; whether there is room for it shows only later."""
    _one_target(session, params)
    token = params.get("ClientToken")
    if token is not None and _TOKEN.fullmatch(token) is None:
        raise invalid("Value at 'clientToken' failed to satisfy the pattern of a UUID.")
    kinds = [kind for kind, begins in STOCK.items() if _is_of(begins, params["PhoneNumber"])]
    if not kinds or _is_taken(session, params["PhoneNumber"]):
        raise not_found("phone number")
    country, type_ = kinds[0]
    full = len(session.table(NUMBER)) >= limit_of(session, NUMBER)
    why = "The limit of phone numbers of the target was reached." if full else None
    record = session.create(
        NUMBER,
        {
            "Name": params["PhoneNumber"],
            "PhoneNumberCountryCode": country,
            "PhoneNumberType": type_,
            "PhoneNumberDescription": params.get("PhoneNumberDescription"),
            "Tags": checked_tags(params.get("Tags", {})),
            "WorkedOnUntil": session.now + WORK_SECONDS,
            "Failure": why,
        },
    )
    return {"PhoneNumberId": record["Id"], "PhoneNumberArn": record["Arn"]}


def _one_target(session: WorldSession, params: Members) -> None:
    check_not_both(params)
    if params.get("TargetArn", session.instance.arn) != session.instance.arn:
        raise not_found("target")
    if "InstanceId" not in params and "TargetArn" not in params:
        raise missing("InstanceId")


def check_not_both(params: Members) -> None:
    """Refuse a request that says in two ways of which instance it is."""
    if "InstanceId" in params and "TargetArn" in params:
        raise invalid("Either InstanceId or TargetArn may be given, not both.")


def _is_of(begins: str, number: str) -> bool:
    return number.startswith(begins) and len(number) == len(begins) + _DIGITS


def _is_taken(session: WorldSession, number: str) -> bool:
    """Tell whether somebody has a number, or it cools down."""
    for instance in session.world.instances.values():
        released = instance.tables[RELEASED].get(number)
        if instance.tables[NUMBER].named(number) is not None:
            return True
        if released is not None and session.now < released["LastModifiedTime"] + COOL_DOWN:
            return True
    return False


def release(session: WorldSession, params: Members) -> Members:
    """Give a number up: it cools down, and its flow and the queues' calls are without it."""
    record = session.need(NUMBER, params["PhoneNumberId"])
    _at_rest(session, record)
    _lead_nowhere(session, record)
    session.put_named(RELEASED, record["Name"], {})
    session.delete(NUMBER, record["Id"])
    return {}


def _lead_nowhere(session: WorldSession, record: StoredThing) -> None:
    if session.table(LEADS).get(record["Arn"]) is not None:
        session.delete(LEADS, record["Arn"])


def _at_rest(session: WorldSession, record: StoredThing) -> None:
    if session.now < record.get("WorkedOnUntil", 0.0):
        raise invalid("The phone number is being worked on: try again later.")


def update_metadata(session: WorldSession, params: Members) -> Members:
    """Accept another description of a number."""
    record = session.need(NUMBER, params["PhoneNumberId"])
    _at_rest(session, record)
    if "PhoneNumberDescription" in params:
        session.update(
            NUMBER,
            record,
            PhoneNumberDescription=params["PhoneNumberDescription"] or None,
            WorkedOnUntil=session.now + WORK_SECONDS,
        )
    return {}


def search_available(session: WorldSession, params: Members) -> Members:
    """Return numbers that can be claimed, of a country and a type, ten a page at the most."""
    _one_target(session, params)
    country, type_ = params["PhoneNumberCountryCode"], params["PhoneNumberType"]
    begins = STOCK.get((country, type_))
    wanted = str(params.get("PhoneNumberPrefix", "")).lstrip("+")
    stock = (f"{begins}{n:0{_DIGITS}d}" for n in range(10**_DIGITS)) if begins else ()
    free = [
        number
        for number in stock
        if number[1:].startswith(wanted) and not _is_taken(session, number)
    ]
    page = page_of(
        list(enumerate(free, start=1)),
        "SearchAvailablePhoneNumbers",
        {"MaxResults": 10, **params},
        session.now,
    )
    shown = [
        {"PhoneNumber": each, "PhoneNumberCountryCode": country, "PhoneNumberType": type_}
        for each in page.items
    ]
    return page.reply("AvailableNumbersList", shown)


def associate_flow(session: WorldSession, params: Members) -> Members:
    """Send a number's calls to a flow, in place of any other one."""
    record = session.need(NUMBER, params["PhoneNumberId"])
    flow = session.need("contact-flow", params["ContactFlowId"])
    _at_rest(session, record)
    if flow["Type"] != "CONTACT_FLOW":
        raise invalid("A phone number leads to an inbound flow.")
    leads = {"ResourceType": "VOICE_PHONE_NUMBER", "FlowId": flow["Id"]}
    session.put_named(LEADS, record["Arn"], leads)
    return {}


def disassociate_flow(session: WorldSession, params: Members) -> Members:
    """Send a number's calls nowhere; one that goes nowhere already is left as it is."""
    record = session.need(NUMBER, params["PhoneNumberId"])
    _lead_nowhere(session, record)
    return {}


OPERATIONS: Mapping[str, Handler] = {
    "ClaimPhoneNumber": once(claim),
    "ReleasePhoneNumber": once(release),
    "UpdatePhoneNumberMetadata": once(update_metadata),
    "SearchAvailablePhoneNumbers": search_available,
    "AssociatePhoneNumberContactFlow": associate_flow,
    "DisassociatePhoneNumberContactFlow": disassociate_flow,
}
