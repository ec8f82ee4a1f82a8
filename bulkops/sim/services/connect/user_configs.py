"""Users' settings channel by channel: auto accept, after-contact work, phone, connection, voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.refusals import invalid, missing
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

CONFIGS = (
    "AutoAcceptConfigs",
    "AfterContactWorkConfigs",
    "PhoneNumberConfigs",
    "PersistentConnectionConfigs",
    "VoiceEnhancementConfigs",
)
_OF_VOICE = frozenset(CONFIGS[2:])
"""Lists of which only the element of VOICE may be given."""
_ACW = "AfterContactWorkConfigs"


def update_user_config(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Replace those of a user's lists that are given; an empty one is no more."""
    user = session.need("user", params["UserId"])
    given = {name: params[name] for name in CONFIGS if name in params}
    for name, elements in given.items():
        _check_channels(name, elements)
        for element in elements:
            _check(element)
    session.update("user", user, **{name: list(each) or None for name, each in given.items()})
    return {}


def _check_channels(name: str, elements: Sequence[Mapping[str, Any]]) -> None:
    channels = [each["Channel"] for each in elements]
    if len(set(channels)) < len(channels):
        raise invalid(f"{name} must not contain a channel twice.")
    if name in _OF_VOICE and set(channels) - {"VOICE"}:
        raise invalid(f"{name} supports the channel VOICE only.")


def _check(element: Mapping[str, Any]) -> None:
    callbacks = [name for name in element if name.startswith("AgentFirstCallback")]
    if callbacks and element["Channel"] != "VOICE":
        raise invalid(f"{callbacks[0]} applies to the channel VOICE only.")
    if element.get("PhoneType") == "DESK_PHONE" and not element.get("PhoneNumber"):
        raise missing("PhoneNumber")


def levelled(user: StoredThing, limit: int) -> Mapping[str, Any]:
    """Return what UpdateUserPhoneConfig sets beside the phone: one time limit for all channels."""
    told = user.get(_ACW)
    if not told:
        return {}
    same = {"AfterContactWorkTimeLimit": limit}
    return {
        _ACW: [
            {name: part if name == "Channel" else dict(same) for name, part in each.items()}
            for each in told
        ]
    }


OPERATIONS: Mapping[str, Handler] = {"UpdateUserConfig": update_user_config}
