from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.expressions import Saved
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.planning.rows.clear_values import Emptied, emptied, uncleared
from tests.planning.paper import CREATE, QUEUES

QUEUE = Find("queue", Col("queue"))
VOCABULARIES = load("create-vocabularies").job


def step(operation, *members):
    args = {"QueueId": QUEUE} | {member: Col(member.lower()) for member in members}
    return Step(operation=operation, args=args, subject=QUEUE)


@pytest.mark.parametrize(
    ("operation", "members", "path", "found"),
    [
        ("UpdateQueueMaxContacts", ["MaxContacts"], "MaxContacts", Emptied(None)),
        ("UpdateQueueName", ["Name", "Description"], "Description", None),
        ("UpdateQueueName", ["Description"], "Description", None),
        (
            "UpdateQueueOutboundCallerConfig",
            ["OutboundCallerConfig"],
            "OutboundCallerConfig.OutboundFlowId",
            Emptied(None),
        ),
        ("UpdateQueueHoursOfOperation", ["HoursOfOperationId"], "HoursOfOperationId", None),
        ("UpdateContactAttributes", ["Attributes"], "Attributes", Emptied({})),
        ("UpdateSecurityProfile", ["Permissions"], "Permissions", Emptied([])),
        ("UpdateQuickConnectName", ["Name", "Description"], "Description", Emptied("")),
        ("UpdateRoutingProfileQueues", ["QueueConfigs"], "QueueConfigs[].Priority", None),
    ],
)
def test_a_member_is_emptied_as_the_model_allows(operation, members, path, found):
    assert emptied("connect", step(operation, *members), path) == found


@pytest.mark.parametrize(
    ("job", "column", "why"),
    [
        (CREATE, "hierarchy_group", ""),
        (CREATE, "secondary_email", ""),
        (CREATE, "username", "every row needs it"),
        (CREATE, "tags", "TagResource has no way to empty it"),
        (VOCABULARIES, "tags", "this job sets it only where it makes something new"),
        (CREATE, "phone_type", "UpdateUserPhoneConfig has no way to empty it"),
        (QUEUES, "priority", "AssociateRoutingProfileQueues has no way to empty it"),
    ],
)
def test_why_a_column_cannot_be_cleared_is_said(job, column, why):
    assert uncleared(job, column) == why


def test_a_key_cannot_be_cleared_and_undo_steps_do_not_count():
    job = Job(
        name="j",
        summary="",
        key=("name",),
        columns=(Column(name="name", help=""), Column(name="note", help="")),
        steps=(
            Step(
                operation="CreateQueue",
                args={"Name": Col("name"), "Description": Col("note")},
                undo=Step(
                    operation="UpdateQueueName",
                    args={"QueueId": Saved("x"), "Description": Col("note")},
                ),
            ),
        ),
    )
    assert uncleared(job, "name") == "every row needs it"
    assert uncleared(job, "note") == "this job sets it only where it makes something new"


def test_what_never_goes_back_to_unset_is_not_emptied():
    (step,) = load("s3:PutBucketVersioning").job.steps
    assert emptied("s3", step, "VersioningConfiguration.Status") is None
