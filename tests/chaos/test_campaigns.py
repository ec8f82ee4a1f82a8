"""Campaigns that are made, started and given requests, with deaths and lost answers on the way."""

from __future__ import annotations

import pytest

from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from tests.chaos.test_items import kept, scene, statuses

MADE = "campaign,channel,flow\n" + "".join(f"Notice {n},AGENTLESS,After hours\n" for n in range(3))
STARTED = "campaign\nPayment reminders\nNever begun\n"
PUT = "campaign,channel,recipient,values,expires\n" + "".join(
    f"{campaign},{channel},{recipient},{values},2030-01-01T00:00:00Z\n"
    for campaign, channel, recipient, values in (
        ("Winter offers", "telephone", "+353871234501", "name=Ana"),
        ("Winter offers", "telephone", "+353871234502", "CLEAR!"),
        ("Delivery texts", "SMS", "+353871234503", "day=Monday"),
        ("Newsletter", "e-mail", "ana@example.com", "name=Ana"),
    )
)


def cut(lived, operation, *, effect, kind="cut"):
    mishap = Mishap(kind=kind, operation=operation, calls=(1,), effect=effect)
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.2), mishaps=(mishap,)))


def names(lived):
    return [each["Name"] for each in kept(lived, "campaign")]


def states(lived):
    return {each["Name"]: each["State"] for each in kept(lived, "campaign")}


def of(lived, operation):
    return [each for each in lived.simulator.request_log.entries if each.operation == operation]


@pytest.mark.parametrize("before_commit", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("writes", range(6))
def test_a_death_at_any_write_makes_each_campaign_once(tmp_path, writes, before_commit):
    lived = scene(tmp_path, "create-campaigns", MADE, "CreateCampaign")
    lived.live(writes=writes, before_commit=before_commit)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    assert sorted(name for name in names(lived) if name.startswith("Notice")) == [
        "Notice 0", "Notice 1", "Notice 2"
    ]  # fmt: skip


@pytest.mark.parametrize("effect", [True, False])
def test_a_campaign_is_claimed_by_its_mark_after_a_lost_answer(tmp_path, effect):
    lived = scene(tmp_path, "create-campaigns", MADE, "CreateCampaign")
    cut(lived, "CreateCampaign", effect=effect)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    assert len(names(lived)) == len(set(names(lived)))
    marked = [each["tags"] for each in kept(lived, "campaign") if "Notice" in each["Name"]]
    assert len({tags["bulkops:call"] for tags in marked}) == 3
    assert len(of(lived, "CreateCampaign")) == (3 if effect else 4)


@pytest.mark.parametrize("effect", [True, False])
def test_a_campaign_is_seen_to_run_after_a_lost_answer(tmp_path, effect):
    lived = scene(tmp_path, "start-campaigns", STARTED, "StartCampaign")
    cut(lived, "StartCampaign", effect=effect)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    assert {states(lived)[name] for name in ("Payment reminders", "Never begun")} == {"Running"}
    assert len(of(lived, "StartCampaign")) == (2 if effect else 3)


@pytest.mark.parametrize("before_commit", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("writes", range(5))
def test_a_death_at_any_write_starts_each_campaign_once(tmp_path, writes, before_commit):
    lived = scene(tmp_path, "start-campaigns", STARTED, "StartCampaign")
    lived.live(writes=writes, before_commit=before_commit)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    acted = [each for each in of(lived, "StartCampaign") if each.effect]
    assert len(acted) == 2


@pytest.mark.parametrize("effect", [True, False])
def test_requests_of_all_channels_are_taken_once_each(tmp_path, effect):
    lived = scene(tmp_path, "put-outbound-requests", PUT, "PutOutboundRequestBatch")
    cut(lived, "PutOutboundRequestBatch", effect=effect)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    taken = kept(lived)
    assert len(taken) == 4
    told = [each["Item"]["channelSubtypeParameters"] for each in taken]
    assert sorted(next(iter(each)) for each in told) == ["email", "sms", "telephony", "telephony"]
    calls = [each["telephony"]["attributes"] for each in told if "telephony" in each]
    assert sorted(calls, key=len) == [{}, {"name": "Ana"}]
