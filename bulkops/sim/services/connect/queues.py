"""Queues, and the quick connects they offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    Handler,
    Members,
    ReadOperations,
    same,
    shown,
)
from bulkops.sim.services.connect.names import check_new, renaming
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.quick_connects import SUMMARY as QUICK_CONNECT_SUMMARY
from bulkops.sim.services.connect.resource_quotas import limit_of, room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import in_use, invalid, not_found, refused, used_up
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

STANDARD, AGENT = "STANDARD", "AGENT"
WHISPER = "OUTBOUND_WHISPER"
"""Type of the flows that outbound calls of a queue may play (Amazon Connect API reference)."""
AFTER_STANDARD = 10**12
"""Added to the number of a user's own queue: agent queues are listed after the others."""


def create_queue(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a queue, with its quick connects where they are given."""
    session.need("hours-of-operation", params["HoursOfOperationId"])
    check_new(session, "queue", params["Name"])
    room_for(session, "queue")
    kept = (
        "Name",
        "Description",
        "OutboundCallerConfig",
        "OutboundEmailConfig",
        "HoursOfOperationId",
        "MaxContacts",
    )
    connects = _with_added(session, (), params.get("QuickConnectIds", ()))
    _checked_caller(session, params.get("OutboundCallerConfig", {}))
    queue = session.create(
        "queue",
        {
            "Status": "ENABLED",
            "Tags": checked_tags(params.get("Tags", {})),
            "QuickConnectIds": connects or None,
            **{member: params.get(member) for member in kept},
        },
    )
    return {"QueueArn": queue["Arn"], "QueueId": queue["Id"]}


def delete_queue(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a queue that no routing profile and no quick connect refers to."""
    queue = session.need("queue", params["QueueId"])
    if any(_uses(profile, queue["Id"]) for profile in session.all("routing-profile")):
        raise in_use("queue")
    for connect in session.all("quick-connect"):
        config = connect["QuickConnectConfig"].get("QueueConfig", {})
        if config.get("QueueId") == queue["Id"]:
            raise in_use("queue")
    session.delete("queue", queue["Id"])
    return {}


def _uses(profile: StoredThing, queue_id: str) -> bool:
    lists = [*profile.get("QueueConfigs", ()), *profile.get("ManualAssignmentQueueConfigs", ())]
    listed = any(item["QueueReference"]["QueueId"] == queue_id for item in lists)
    return listed or profile["DefaultOutboundQueueId"] == queue_id


def update_hours(session: WorldSession, params: Members) -> Members:
    """Give a queue other hours of operation."""
    queue = session.need("queue", params["QueueId"])
    hours = session.need("hours-of-operation", params["HoursOfOperationId"])
    session.update("queue", queue, HoursOfOperationId=hours["Id"])
    return {}


def update_max_contacts(session: WorldSession, params: Members) -> Members:
    """Limit the contacts that wait in a queue; without a number they are not limited."""
    queue = session.need("queue", params["QueueId"])
    session.update("queue", queue, MaxContacts=params.get("MaxContacts"))
    return {}


def update_caller(session: WorldSession, params: Members) -> Members:
    """Replace all that outbound calls of a queue show and play; what is left out is emptied."""
    queue = session.need("queue", params["QueueId"])
    config = _checked_caller(session, params["OutboundCallerConfig"])
    session.update("queue", queue, OutboundCallerConfig=config or None)
    return {}


def _checked_caller(session: WorldSession, config: Members) -> Members:
    """Refuse a number or flow that is none; an empty id is no way to take one away."""
    for member in ("OutboundCallerIdNumberId", "OutboundFlowId"):
        if config.get(member) == "":
            raise invalid(f"OutboundCallerConfig.{member} must not be empty.")
    if number := config.get("OutboundCallerIdNumberId"):
        session.need("phone-number", number)
    flow = config.get("OutboundFlowId")
    if flow and session.need("contact-flow", flow)["Type"] != WHISPER:
        raise invalid("OutboundCallerConfig.OutboundFlowId is not an outbound whisper flow.")
    return config


def update_status(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Enable or disable a queue."""
    queue = session.need("queue", params["QueueId"])
    session.update("queue", queue, Status=params["Status"])
    return {}


def associate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Add quick connects to a queue; one that is there already is refused, with the others."""
    queue = session.need("queue", params["QueueId"])
    connects = _with_added(session, queue.get("QuickConnectIds", ()), params["QuickConnectIds"])
    session.update("queue", queue, QuickConnectIds=connects)
    return {}


def disassociate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Take quick connects from a queue that has them."""
    queue = session.need("queue", params["QueueId"])
    left = list(queue.get("QuickConnectIds", ()))
    for connect in _distinct(params["QuickConnectIds"]):
        if connect not in left:
            raise not_found("quick connect of the queue")
        left.remove(connect)
    session.update("queue", queue, QuickConnectIds=left or None)
    return {}


def _with_added(session: WorldSession, present: Sequence[str], given: Sequence[str]) -> list[str]:
    for connect in _distinct(given):
        session.need("quick-connect", connect)
        if connect in present:
            raise refused("QuickConnectIds holds a quick connect that is already associated.")
    connects = [*present, *given]
    if len(connects) > limit_of(session, "queue-quick-connect"):
        raise used_up("quick connects of a queue")
    return connects


def _distinct(ids: Sequence[str]) -> Sequence[str]:
    if len(set(ids)) < len(ids):
        raise invalid("QuickConnectIds must not contain duplicates.")
    return ids


def list_quick_connects(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return a queue's quick connects, page by page."""
    queue = session.see("queue", params["QueueId"])
    table = session.table("quick-connect")
    found = [table.seen(connect, session.now) for connect in queue.get("QuickConnectIds", ())]
    numbered = [(number, record) for number, record in enumerate(found, start=1) if record]
    page = page_of(numbered, "ListQueueQuickConnects", params, session.now)
    shown_items = [shown(record, QUICK_CONNECT_SUMMARY) for record in page.items]
    return {**page.reply("QuickConnectSummaryList", shown_items), **shown(queue, STAMPS)}


def list_queues(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the queues, page by page: agents' own ones as well unless QueueTypes says less."""
    types = params.get("QueueTypes") or (STANDARD, AGENT)
    numbered: list[tuple[int, StoredThing]] = []
    if STANDARD in types:
        numbered += [
            (number, {**record, "QueueType": STANDARD})
            for number, record in session.see_all("queue")
        ]
    if AGENT in types:
        numbered += [
            (AFTER_STANDARD + number, _agent_queue(session, user))
            for number, user in session.see_all("user")
        ]
    page = page_of(numbered, "ListQueues", params, session.now)
    return page.reply("QueueSummaryList", [shown(record, SUMMARY) for record in page.items])


def _agent_queue(session: WorldSession, user: StoredThing) -> StoredThing:
    """Return the queue that is a user's own: it has no name."""
    arn = f"{session.instance.arn}/queue/agent/{user['Id']}"
    return {"Id": user["Id"], "Arn": arn, "QueueType": AGENT}


SUMMARY = {**same("Id", "Arn", "Name", "QueueType"), **STAMPS}
QUEUE = {
    **same("Name", "Description", "OutboundCallerConfig", "OutboundEmailConfig"),
    **same("HoursOfOperationId", "MaxContacts", "Status", "Tags"),
    **STAMPS,
    "QueueArn": "Arn",
    "QueueId": "Id",
}
QUEUES = ReadOperations(
    kind="queue",
    listing=("ListQueues", "QueueSummaryList"),
    summary=SUMMARY,
    describing=("DescribeQueue", "QueueId", "Queue"),
    whole=QUEUE,
    searching=("SearchQueues", "Queues"),
    found=QUEUE,
    fields=NAMED,
    leaves=lambda _: {"QueueTypeCondition": lambda _: lambda _: True},
)

OPERATIONS: Mapping[str, Handler] = {
    **QUEUES.operations(),
    "ListQueues": list_queues,
    "CreateQueue": create_queue,
    "DeleteQueue": delete_queue,
    "UpdateQueueName": renaming("queue", "QueueId"),
    "UpdateQueueStatus": update_status,
    "UpdateQueueHoursOfOperation": update_hours,
    "UpdateQueueMaxContacts": update_max_contacts,
    "UpdateQueueOutboundCallerConfig": update_caller,
    "AssociateQueueQuickConnects": associate,
    "DisassociateQueueQuickConnects": disassociate,
    "ListQueueQuickConnects": list_quick_connects,
}
