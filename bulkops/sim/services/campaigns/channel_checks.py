"""What must hold between the settings of a campaign and what its instance has.

Unions and members are the model's. That a dialer needs a queue and that a number must be claimed
is from the administrator guide's pages on outbound campaigns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bulkops.sim.services.campaigns.campaign_refusals import absent, invalid
from bulkops.sim.services.connect.listing import Members
from bulkops.sim.state.world import WorldSession

CHANNELS: Mapping[str, str] = {"telephony": "TELEPHONY", "sms": "SMS", "email": "EMAIL"}
"""Member of a channel configuration → the channel as lists and deletions call it."""
TEMPLATE = ":message-template/"


def check_channels(session: WorldSession, config: Members) -> None:
    """Refuse a configuration without a channel, or one that names what is not there."""
    given = [name for name in CHANNELS if name in config]
    if not given:
        raise invalid("channelSubtypeConfig must configure a channel.")
    for name in given:
        one_of(config[name]["outboundMode"], f"channelSubtypeConfig.{name}.outboundMode")
    if "telephony" in config:
        _check_telephony(session, config["telephony"])
    if "sms" in config:
        default = config["sms"]["defaultOutboundConfig"]
        _check_template(default)
        numbers = {each["Arn"] for each in session.all("phone-number")}
        if default["connectSourcePhoneNumberArn"] not in numbers:
            raise absent("phone number")
    if "email" in config:
        _check_template(config["email"]["defaultOutboundConfig"])


def one_of(union: Members, path: str) -> str:
    """Return the one member that a union has; refuse one with none or several."""
    if len(union) != 1:
        raise invalid(f"{path} must have exactly one member.")
    return next(iter(union))


def _check_telephony(session: WorldSession, telephony: Members) -> None:
    mode, queue = next(iter(telephony["outboundMode"])), telephony.get("connectQueueId")
    if queue is None and mode != "agentless":
        raise invalid(f"A {mode} campaign needs a connectQueueId.")
    if queue is not None and session.table("queue").get(queue) is None:
        raise absent("queue")
    default = telephony["defaultOutboundConfig"]
    if session.table("contact-flow").get(default["connectContactFlowId"]) is None:
        raise absent("contact flow")
    number = default.get("connectSourcePhoneNumber")
    if number is not None and session.table("phone-number").named(number) is None:
        raise absent("phone number")


def _check_template(default: Members) -> None:
    if TEMPLATE not in default["wisdomTemplateArn"]:
        raise invalid("wisdomTemplateArn must be of a message template.")


def check_flow(session: WorldSession, arn: str | None) -> None:
    """Refuse a campaign flow that is not there, or is a flow of another type."""
    if arn is None:
        return
    flow = session.table("contact-flow").get(arn.rpartition("/")[2])
    if flow is None or flow["Arn"] != arn:
        raise absent("contact flow")
    if flow["Type"] != "CAMPAIGN":
        raise invalid("connectCampaignFlowArn must be of a flow of type CAMPAIGN.")


def checked_schedule(schedule: Members | None, now: float) -> Mapping[str, Any] | None:
    """Return a schedule as it is kept, its times as texts; refuse one that is over or upside down.

    Times that have gone by are refused: a campaign can't begin in the past.
    """
    if schedule is None:
        return None
    begins, ends = (instant(schedule[name]) for name in ("startTime", "endTime"))
    if ends <= begins:
        raise invalid("endTime must be later than startTime.")
    if ends.timestamp() <= now:
        raise invalid("The schedule is over already.")
    return {**schedule, "startTime": _said(begins), "endTime": _said(ends)}


def instant(value: Any) -> datetime:  # noqa: ANN401  # a moment, however it was sent
    """Return a moment that was sent as text, as a number or as itself."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise invalid("A time must be written as ISO 8601.") from None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromtimestamp(float(value), UTC)


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def check_times(config: Members | None) -> None:
    """Refuse times of day that can't be told apart from others, or that end before they begin."""
    if config is None:
        return
    zone = config["localTimeZoneConfig"]
    if not zone.get("defaultTimeZone") and not zone.get("localTimeZoneDetection"):
        raise invalid("localTimeZoneConfig needs a time zone, or a way to find one.")
    for channel in CHANNELS:
        window = config.get(channel, {})
        for ranges in window.get("openHours", {}).get("dailyHours", {}).values():
            if any(each["endTime"] <= each["startTime"] for each in ranges):
                raise invalid(f"{channel}: endTime must be later than startTime.")
        periods = window.get("restrictedPeriods", {}).get("restrictedPeriodList", ())
        if any(each["endDate"] < each["startDate"] for each in periods):
            raise invalid(f"{channel}: endDate must not be before startDate.")
