from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import ByToken, Col, Column, Find, Job, Polling, Saved, Step, Token
from bulkops.definition.access import actions
from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_checks.polling_checks import polling_faults
from bulkops.definition.job_description import describe
from bulkops.definition.job_digest import digest

STATE = "ClaimedPhoneNumberSummary.PhoneNumberStatus.Status"
CLAIMED = Polling(
    operation="DescribePhoneNumber",
    args={"PhoneNumberId": Saved("number_id")},
    path=STATE,
    done=("CLAIMED",),
    failed=("FAILED",),
    message="ClaimedPhoneNumberSummary.PhoneNumberStatus.Message",
)
CLAIM = Step(
    operation="ClaimPhoneNumber",
    args={"PhoneNumber": Col("number"), "ClientToken": Token()},
    save={"number_id": "PhoneNumberId"},
    settle=ByToken(),
    accepted=CLAIMED,
    irreversible="Numbers cool down.",
)
JOB = Job(
    name="claim",
    summary="Claim numbers.",
    key=("number",),
    columns=(Column(name="number", help="A number.", required=True),),
    steps=(CLAIM,),
)


def polling(**changes):
    accepted = replace(CLAIMED, **changes)
    return replace(JOB, steps=(replace(CLAIM, accepted=accepted),))


def test_a_sound_polling_has_no_faults():
    assert faults_of(JOB) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"operation": "DescribePhoneNumbr"}, "which connect has not. Did you mean"),
        ({"operation": "ReleasePhoneNumber", "path": "", "message": ""}, "it does not only read."),
        ({"done": ()}, "it says neither in which states the work is done, nor that gone is done."),
        ({"done": ("CLAMED",)}, "CLAMED is not one of CLAIMED, IN_PROGRESS, FAILED."),
        ({"path": f"{STATE}s"}, f"it answers no {STATE}s. Did you mean"),
        ({"args": {}}, "PhoneNumberId must be given."),
        ({"args": {"PhoneNumberId": Saved("id")}}, "the step saves no id."),
        (
            {"args": {"PhoneNumberId": Saved("number_id"), "Id": Saved("number_id")}},
            "there is no member Id.",
        ),
        (
            {"args": {"PhoneNumberId": Find("user", Col("number"))}},
            "PhoneNumberId is not among the step's own arguments.",
        ),
    ],
)
def test_what_does_not_fit_is_said(changes, fault):
    said = list(polling_faults(polling(**changes)))
    assert any(fault in each for each in said), said


def test_rows_that_share_a_call_can_t_be_polled():
    shared = load("associate-queue-quick-connects").job
    step = replace(shared.steps[0], accepted=CLAIMED)
    said = list(polling_faults(replace(shared, steps=(step,))))
    assert "serves several rows in one call" in said[0]


def test_states_that_the_model_does_not_list_are_not_checked():
    job = polling(path="ClaimedPhoneNumberSummary.PhoneNumberId", done=("x",))
    assert list(polling_faults(job)) == []


def test_what_is_polled_is_permitted_said_and_part_of_the_digest():
    (read,) = [each for each in actions(JOB) if each.operation == "DescribePhoneNumber"]
    assert read.purpose == "read"
    (described,) = describe(JOB).operations
    assert described.accepted == (
        "accepted first: DescribePhoneNumber is asked until it says CLAIMED, for 15 min at the"
        " most; a resumed run asks on"
    )
    gone = replace(CLAIMED, gone=True)
    (described,) = describe(replace(JOB, steps=(replace(CLAIM, accepted=gone),))).operations
    assert "until it says CLAIMED or finds nothing any more" in described.accepted
    plain = replace(JOB, steps=(replace(CLAIM, accepted=None),))
    assert describe(plain).operations[0].accepted == ""
    assert digest(JOB) != digest(plain)
