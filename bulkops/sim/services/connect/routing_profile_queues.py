"""The queues of routing profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import STAMPS, Handler, Members, shown
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_length
from bulkops.sim.state.refusals import invalid, missing, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

QueueChannel = tuple[str, str]
"""(queue id, channel): what makes two entries of a profile's list the same one."""
AUTOMATIC = "QueueConfigs"
MANUAL = "ManualAssignmentQueueConfigs"


def associate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Add queues to a profile; one that is there already is refused, with all the others."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    given = [member for member in (AUTOMATIC, MANUAL) if member in params]
    if not given:
        raise missing(AUTOMATIC)
    lists = {
        member: list(added(session, member, _by_pair(profile, member), params[member]).values())
        for member in given
    }
    session.update("routing-profile", profile, **lists)
    return {}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Set priority and delay of queues that a profile has."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    entries = _by_pair(profile, AUTOMATIC)
    for pair, item in _distinct(params[AUTOMATIC], _pair_of_config):
        if pair not in entries:
            raise not_found("queue of the routing profile")
        entries[pair] = item
    session.update("routing-profile", profile, **{AUTOMATIC: list(entries.values())})
    return {}


def disassociate(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Take queues from a profile that has them."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    asked = {AUTOMATIC: "QueueReferences", MANUAL: "ManualAssignmentQueueReferences"}
    if not any(params.get(argument) for argument in asked.values()):
        raise missing("QueueReferences")
    lists = {}
    for member, argument in asked.items():
        entries = _by_pair(profile, member)
        for pair, _ in _distinct(params.get(argument, ()), _pair):
            if entries.pop(pair, None) is None:
                raise not_found("queue of the routing profile")
        lists[member] = list(entries.values()) or None
    session.update("routing-profile", profile, **lists)
    return {}


def _listing(member: str, listed: str) -> Handler:
    """Return what lists one of a profile's lists of queues, page by page, as `listed`."""

    def list_(session: WorldSession, params: Mapping[str, Any]) -> Members:
        profile = session.see("routing-profile", params["RoutingProfileId"])
        numbered = list(enumerate(profile.get(member, ()), start=1))
        page = page_of(numbered, session.operation, params, session.now)
        reply = page.reply(listed, [_summary(session, item) for item in page.items])
        return {**reply, **shown(profile, STAMPS)}

    return list_


def _summary(session: WorldSession, item: Mapping[str, Any]) -> Mapping[str, Any]:
    queue = session.see("queue", item["QueueReference"]["QueueId"])
    return {
        "QueueId": queue["Id"],
        "QueueArn": queue["Arn"],
        "QueueName": queue["Name"],
        "Channel": item["QueueReference"]["Channel"],
        **{name: item[name] for name in ("Priority", "Delay") if name in item},
    }


def added(
    session: WorldSession,
    member: str,
    entries: dict[QueueChannel, Any],
    configs: Iterable[Mapping[str, Any]],
) -> dict[QueueChannel, Any]:
    """Return a list's entries with more; one that is there already is refused."""
    for pair, item in _distinct(configs, _pair_of_config):
        session.need("queue", pair[0])
        if pair in entries:
            raise refused(f"{member} holds a queue and channel that are already associated.")
        entries[pair] = item
    check_length(session, "queue-channel", len(entries))
    return entries


def _distinct(
    items: Iterable[Mapping[str, Any]], pair_of: Callable[[Mapping[str, Any]], QueueChannel]
) -> Sequence[tuple[QueueChannel, Mapping[str, Any]]]:
    pairs = [(pair_of(item), item) for item in items]
    if len({pair for pair, _ in pairs}) < len(pairs):
        raise invalid("A queue and channel must not be given twice.")
    return pairs


def _by_pair(profile: StoredThing, member: str) -> dict[QueueChannel, Any]:
    return {_pair_of_config(item): item for item in profile.get(member, ())}


def _pair(reference: Mapping[str, Any]) -> QueueChannel:
    return reference["QueueId"], reference["Channel"]


def _pair_of_config(item: Mapping[str, Any]) -> QueueChannel:
    return _pair(item["QueueReference"])


def queue_ids(record: StoredThing, member: str) -> list[str]:
    """Return the ids of the queues in one of a profile's lists, each once."""
    return list(dict.fromkeys(pair[0] for pair in _by_pair(record, member)))


OPERATIONS: Mapping[str, Handler] = {
    "AssociateRoutingProfileQueues": associate,
    "UpdateRoutingProfileQueues": update,
    "DisassociateRoutingProfileQueues": disassociate,
    "ListRoutingProfileQueues": _listing(AUTOMATIC, "RoutingProfileQueueConfigSummaryList"),
    "ListRoutingProfileManualAssignmentQueues": _listing(
        MANUAL, "RoutingProfileManualAssignmentQueueConfigSummaryList"
    ),
}
