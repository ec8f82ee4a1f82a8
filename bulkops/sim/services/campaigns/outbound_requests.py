"""Requests to reach people, which a campaign takes many at a time and answers one by one."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bulkops.sim.services.campaigns.campaign_refusals import invalid, wrong_state
from bulkops.sim.services.campaigns.campaign_states import state_of
from bulkops.sim.services.campaigns.campaigns import found
from bulkops.sim.services.campaigns.channel_checks import CHANNELS, instant
from bulkops.sim.services.connect.listing import Members
from bulkops.sim.state.world import WorldSession

KIND = "outbound-request"
NOBODY = "0" * 32
"""The id of a profile that is not there."""
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_TAKING = frozenset({"Running", "Paused"})
"""The states in which a campaign takes requests: a paused one keeps them."""


class Taking(NamedTuple):
    """How an operation takes requests: the member that holds them, and what is wrong with one."""

    items: str
    flaw: Callable[[Members, Mapping[str, Any], float], str]


def take(
    session: WorldSession, taking: Taking, params: Members, faults: deque[str]
) -> Mapping[str, Any]:
    """Take requests one by one; `faults` are codes for those to come, empty: as they deserve."""
    campaign = found(session, params["id"])
    state = state_of(campaign, session.now)
    if state not in _TAKING:
        raise wrong_state(state)
    times = Counter(each["clientToken"] for each in params[taking.items])
    if any(number > 1 for number in times.values()):
        raise invalid("Two requests have the same clientToken.")
    done, failed = [], []
    for item in params[taking.items]:
        code = faults.popleft() if faults else ""
        code = code or taking.flaw(item, campaign["channelSubtypeConfig"], session.now)
        entry = {"clientToken": item["clientToken"]}
        if code:
            failed.append({**entry, "failureCode": code})
        else:
            done.append({**entry, "id": _kept(session, params["id"], item)})
    return {"successfulRequests": done, "failedRequests": failed}


def _kept(session: WorldSession, campaign_id: str, item: Members) -> str:
    """Keep a request and return its id; one that came before under the same token is kept once."""
    name = f"{campaign_id} {item['clientToken']}"
    before = session.table(KIND).get(name)
    if before is not None:
        return str(before["RequestId"])
    request_id = session.new_id()
    session.put_named(KIND, name, {"Item": dict(item), "Times": 1, "RequestId": request_id})
    return request_id


def _flaw_of_request(item: Members, config: Mapping[str, Any], now: float) -> str:
    channels = [name for name in CHANNELS if item["channelSubtypeParameters"].get(name)]
    if len(channels) != 1 or channels[0] not in config:
        return "InvalidInput"
    number = item["channelSubtypeParameters"][channels[0]].get("destinationPhoneNumber")
    wrong = number is not None and not _E164.fullmatch(number)
    return "InvalidInput" if wrong or _is_past(item, now) else ""


def _flaw_of_profile(item: Members, _config: Mapping[str, Any], now: float) -> str:
    if item["profileId"] == NOBODY:
        return "ResourceNotFound"
    return "InvalidInput" if _is_past(item, now) else ""


def _is_past(item: Members, now: float) -> bool:
    expires = item.get("expirationTime")
    return expires is not None and instant(expires).timestamp() <= now


OPERATIONS: Mapping[str, Taking] = {
    "PutOutboundRequestBatch": Taking("outboundRequests", _flaw_of_request),
    "PutProfileOutboundRequestBatch": Taking("profileOutboundRequests", _flaw_of_profile),
}
