"""Calls answered item by item, and work that is only accepted, with a death at every write."""

from __future__ import annotations

import re

import pytest

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.scene import Scene
from tests.chaos.trials import Trial, first

CAMPAIGN = first(new_world(SimConfig())).tables["campaign"].named("Winter offers")["Id"]
NUMBER = "channelSubtypeParameters.telephony.destinationPhoneNumber"
PUT = "connectcampaignsv2:PutOutboundRequestBatch"
BAD = "03587"
SLOWED, UNKNOWN, BUFFER = "RequestThrottled", "UnknownError", "BufferLimitExceeded"


def requests(rows=30, bad=(4, 17)):
    """Return a sheet of requests, some of which have a number that nobody can be reached by."""
    numbers = [BAD if n in bad else f"+35387123{n:04d}" for n in range(rows)]
    lines = [f"{CAMPAIGN},2030-01-01T00:00:00Z,{number},name=Ana" for number in numbers]
    attributes = "channelSubtypeParameters.telephony.attributes"
    return "\n".join([f"id,expirationTime,{NUMBER},{attributes}", *lines]) + "\n"


def scene(folder, job, text, operation):
    sheet = folder / "sheet.csv"
    sheet.write_text(text, encoding="utf-8")
    trial = Trial("items", job, (operation,), lambda *_: text, lambda *_: 1, undone=False)
    made = Scene(folder=folder / "run", config=SimConfig(), trial=trial, sheet=sheet)
    made.plan()
    made.simulator.set_faults(Faults(latency=Latency(fixed=0.2)))
    return made


def kept(lived, kind="outbound-request"):
    return [dict(each) for each in first(lived.simulator.world).tables[kind].all()]


def reached(lived):
    """Return the numbers of the requests that the service has, each as often as it has it."""
    return sorted(
        each["Item"]["channelSubtypeParameters"]["telephony"]["destinationPhoneNumber"]
        for each in kept(lived)
    )


def wanted(lived):
    good = [row for row in lived.rows() if BAD not in row.cells]
    return sorted(row.cells[2] for row in good)


def statuses(lived):
    return {row.number: row.status.value for row in lived.rows()}


def assert_right(lived):
    assert reached(lived) == wanted(lived)
    bad = {row.number for row in lived.rows() if BAD in row.cells}
    assert {number for number, status in statuses(lived).items() if status == "failed"} == bad
    assert set(statuses(lived).values()) == {"succeeded", "failed"}


def faults(lived, *codes):
    lived.simulator._services["connectcampaignsv2"].faults.extend(codes)


@pytest.mark.parametrize("before_commit", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("writes", range(7))
def test_a_death_at_any_write_loses_no_item_and_sends_none_twice(tmp_path, writes, before_commit):
    lived = scene(tmp_path, PUT, requests(bad=(4, 17)[: 1 + writes % 2]), "PutOutboundRequestBatch")
    faults(lived, "", SLOWED, "", UNKNOWN, "", "", BUFFER)
    lived.live(writes=writes, before_commit=before_commit)
    assert lived.live() is True
    assert_right(lived)


def test_only_the_items_that_may_be_are_sent_again(tmp_path):
    lived = scene(tmp_path, PUT, requests(rows=10, bad=(9,)), "PutOutboundRequestBatch")
    faults(lived, "", SLOWED, SLOWED, UNKNOWN)
    assert lived.live() is True
    assert_right(lived)
    attempts = {row.number: row.attempts for row in lived.rows()}
    assert (attempts[2], attempts[3], attempts[4], attempts[5]) == (1, 1, 1, 2)
    assert lived.simulator.request_log.entries[-1].operation == "PutOutboundRequestBatch"
    sent = [
        e for e in lived.simulator.request_log.entries if e.operation == "PutOutboundRequestBatch"
    ]
    assert len(sent) == 3  # all ten, the two that came too soon, and the doubtful one


@pytest.mark.parametrize("kind", ["cut", "hang"])
@pytest.mark.parametrize("effect", [True, False])
def test_a_lost_answer_is_settled_by_the_items_own_tokens(tmp_path, kind, effect):
    lived = scene(tmp_path, PUT, requests(rows=5, bad=()), "PutOutboundRequestBatch")
    mishap = Mishap(kind=kind, operation="PutOutboundRequestBatch", calls=(1,), effect=effect)
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.2), mishaps=(mishap,)))
    assert lived.live() is True
    assert reached(lived) == wanted(lived)
    assert set(statuses(lived).values()) == {"succeeded"}


def test_a_doubt_about_messages_that_nobody_can_tell_is_unknown(tmp_path):
    text = "QueueUrl,MessageBody\n" + "".join(f"https://q,hello {n}\n" for n in range(12))
    lived = scene(tmp_path, "sqs:SendMessageBatch", text, "SendMessageBatch")
    mishap = Mishap(kind="cut", operation="SendMessageBatch", calls=(1,), effect=True)
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.2), mishaps=(mishap,)))
    assert lived.live() is True
    found = list(statuses(lived).values())
    assert (found.count("unknown"), found.count("succeeded")) == (10, 2)
    assert len(kept(lived, "message")) == 12


def test_options_are_set_and_the_refused_ones_fail_alone(tmp_path):
    domain, field = product_field()
    text = "domainId,fieldId,name,value,active\n" + "".join(
        f"{domain},{field},Option {n},v{n},yes\n" for n in range(60)
    )
    lived = scene(tmp_path, "connectcases:BatchPutFieldOptions", text, "BatchPutFieldOptions")
    lived.simulator._services["connectcases"].faults.extend(["", "LimitExceeded"])
    assert lived.live() is True
    found = statuses(lived)
    assert [number for number, status in found.items() if status != "succeeded"] == [3]
    made = [each for each in kept(lived, "field-option") if each["FieldId"] == field]
    assert len(made) == 3 + 59


def product_field():
    """Return the ids of the first world's Cases domain and of a field that has options."""
    (instance,) = new_world(SimConfig()).instances.values()
    (domain,) = instance.tables["case-domain"].all()
    return domain["Id"], instance.tables["case-field"].named("Product")["Id"]


NUMBERS = "phone_number,description,flow\n" + "".join(
    f"+3531555200{n},Line {n},Sample inbound flow\n" for n in range(3)
)


@pytest.mark.parametrize("before_commit", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("writes", range(12))
def test_a_death_at_any_write_claims_each_number_once(tmp_path, writes, before_commit):
    lived = scene(tmp_path, "claim-phone-numbers", NUMBERS, "ClaimPhoneNumber")
    lived.live(writes=writes, before_commit=before_commit)
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    numbers = [each["Name"] for each in kept(lived, "phone-number")]
    assert sorted(numbers) == sorted({*numbers})
    assert len(numbers) == 2 + 3
    led = [each for each in kept(lived, "flow-association") if each["Id"] != ""]
    assert len(led) == 1 + 3


def test_a_claim_that_the_service_gives_up_fails_its_row(tmp_path):
    text = NUMBERS + "+35315552009,Too many,\n"
    lived = scene(tmp_path, "claim-phone-numbers", text, "ClaimPhoneNumber")
    assert lived.live() is True
    failed = [row for row in lived.rows() if row.status.value == "failed"]
    assert [row.error_code for row in failed] == ["FAILED"]
    assert re.search("limit of phone numbers", failed[0].error)


def test_a_stop_leaves_what_was_accepted_and_a_resume_asks_on(tmp_path):
    lived = scene(tmp_path, "claim-phone-numbers", NUMBERS, "ClaimPhoneNumber")
    lived.live(stops=(1.0,))
    states = {call.state for call in lived._read(_calls)}
    assert CallState.ACCEPTED in states
    assert set(statuses(lived).values()) == {"pending"}
    assert lived.live() is True
    assert set(statuses(lived).values()) == {"succeeded"}
    claims = [e for e in lived.simulator.request_log.entries if e.operation == "ClaimPhoneNumber"]
    assert len(claims) == 3


async def _calls(ledger: SqliteLedger):
    return [call async for call in ledger.calls()]
