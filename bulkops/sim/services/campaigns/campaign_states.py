"""The states of campaigns: each is left some time after the answer, and only for some others.

The moves are those that the API reference states: a campaign is started once, a paused one can be
resumed, and a stopped one stays so.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.campaigns.campaign_refusals import wrong_state
from bulkops.sim.services.campaigns.campaigns import KIND, found, visible
from bulkops.sim.services.campaigns.channel_checks import instant
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

WORK_SECONDS = 1.5
"""How long a campaign takes from one state to the next."""
MOVES: Mapping[str, tuple[str, frozenset[str]]] = {
    "StartCampaign": ("Running", frozenset({"Initialized"})),
    "PauseCampaign": ("Paused", frozenset({"Running"})),
    "ResumeCampaign": ("Running", frozenset({"Paused"})),
    "StopCampaign": ("Stopped", frozenset({"Running", "Paused"})),
}
"""Operation → (the state that it leads to, those that it leads out of)."""


def state_of(record: StoredThing, now: float) -> str:
    """Return the state that a campaign is in: work that was accepted may not be done yet."""
    if now < record.get("WorkedOnUntil", 0.0):
        return str(record["StateBefore"])
    ends = record.get("schedule", {}).get("endTime")
    over = ends is not None and instant(ends).timestamp() <= now
    return "Completed" if over and record["State"] == "Running" else str(record["State"])


def _moving(operation: str) -> Handler:
    to, out_of = MOVES[operation]

    def move(session: WorldSession, params: Members) -> Members:
        record = found(session, params["id"])
        state = state_of(record, session.now)
        if state not in out_of:
            raise wrong_state(state)
        until = session.now + WORK_SECONDS
        session.update(KIND, record, State=to, StateBefore=state, WorkedOnUntil=until)
        return {}

    return move


def get_state(session: WorldSession, params: Members) -> Members:
    """Return the state of one campaign."""
    return {"state": state_of(visible(session, params["id"]), session.now)}


def get_states(session: WorldSession, params: Members) -> Members:
    """Return the states of several campaigns, and which of them are not there."""
    told, untold = [], []
    for campaign_id in params["campaignIds"]:
        record = session.table(KIND).seen(campaign_id, session.now)
        if record is None:
            untold.append({"campaignId": campaign_id, "failureCode": "ResourceNotFound"})
        else:
            told.append({"campaignId": campaign_id, "state": state_of(record, session.now)})
    return {"successfulRequests": told, "failedRequests": untold}


OPERATIONS: Mapping[str, Handler] = {
    **{operation: _moving(operation) for operation in MOVES},
    "GetCampaignState": get_state,
    "GetCampaignStateBatch": get_states,
}
