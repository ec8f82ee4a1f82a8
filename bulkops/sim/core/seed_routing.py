"""What the first world has for queues beside their names: numbers, a whisper, quick connects."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import usual_content
from bulkops.sim.state.world import WorldSession

NUMBERS = (("+35315550100", "DID", "IE"), ("+18005550142", "TOLL_FREE", "US"))
PROMPTS = (("Welcome.wav", "Played to everybody"), ("Hold.wav", "Played while waiting"))
WHISPER_FLOW = "Default outbound"
OFFERED = (("Sales EMEA", "Dublin reception"), ("Sales Americas", "Supervisor desk"))
"""Queues, each with a quick connect that it offers."""


def plant_routing(session: WorldSession) -> None:
    """Make it all; the queues and quick connects named here are there already."""
    for number, type_, country in NUMBERS:
        session.create(
            "phone-number",
            {
                "Name": number,
                "PhoneNumberType": type_,
                "PhoneNumberCountryCode": country,
            },
        )
    for name, text in PROMPTS:
        recording = f"s3://recordings.example/{name.casefold()}"
        session.create("prompt", {"Name": name, "Description": text, "S3Uri": recording})
    flow = {"Type": "OUTBOUND_WHISPER", "State": "ACTIVE", "Status": "PUBLISHED"}
    content = usual_content("OUTBOUND_WHISPER")
    session.create("contact-flow", {"Name": WHISPER_FLOW, **flow, "Content": content})
    _plant_profile_queues(session)
    for queue_name, connect_name in OFFERED:
        connect = planted(session, "quick-connect", connect_name)
        queue = planted(session, "queue", queue_name)
        session.update("queue", queue, QuickConnectIds=[connect["Id"]])


def _plant_profile_queues(session: WorldSession) -> None:
    """Give a routing profile a queue that waits its turn, and one to pick from by hand."""
    profile = planted(session, "routing-profile", "Sales EMEA")
    reference = {"QueueId": planted(session, "queue", "BasicQueue")["Id"], "Channel": "VOICE"}
    later = {"QueueReference": reference, "Priority": 3, "Delay": 30}
    by_hand = {"QueueReference": {**reference, "Channel": "TASK"}}
    session.update(
        "routing-profile",
        profile,
        QueueConfigs=[*profile["QueueConfigs"], later],
        ManualAssignmentQueueConfigs=[by_hand],
    )
