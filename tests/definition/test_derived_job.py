from __future__ import annotations

import pytest

from bulkops.definition import Again, ByToken, Col, Look, Never, Token
from bulkops.definition.derived_job import derived
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.model.operations import operations
from bulkops.errors import JobError


def test_an_update_becomes_a_job_with_a_column_for_each_member():
    job = derived("connect:UpdateUserRoutingProfile")
    assert job.name == "connect-update-user-routing-profile"
    assert job.summary == "Assigns the specified routing profile to the specified user."
    assert [column.name for column in job.columns] == ["routing_profile_id", "user_id"]
    assert all(column.required for column in job.columns)
    assert job.key == ("user_id",)
    assert job.steps[0].settle == Again()
    assert job.steps[0].irreversible == ""
    assert job.steps[0].subject.columns == ("user_id",)
    assert job.steps[0].args == {
        "RoutingProfileId": Col("routing_profile_id"),
        "UserId": Col("user_id"),
    }


def test_structures_are_flattened_lists_split_and_secrets_marked():
    job = derived("connect:CreateUser")
    columns = {column.name: column for column in job.columns}
    assert columns["identity_info_first_name"].aliases == ("IdentityInfo.FirstName",)
    assert columns["phone_config_auto_accept"].kind == "boolean"
    assert columns["phone_config_after_contact_work_time_limit"].kind == "integer"
    assert columns["security_profile_ids"].split == ";|"
    assert columns["tags"].kind == "tags"
    assert columns["password"].secret
    assert not columns["identity_info_email"].secret
    assert columns["password"].help == "The password for the user account."
    assert "instance_id" not in columns
    assert job.steps[0].args["IdentityInfo"]["FirstName"] == Col("identity_info_first_name")
    assert job.steps[0].settle == Look(duplicate="DuplicateResourceException")


def test_what_must_be_given_inside_of_what_may_be_left_out_is_not_required():
    columns = {column.name: column for column in derived("connect:CreateUser").columns}
    assert columns["phone_config_phone_type"].required
    queue = {column.name: column for column in derived("connect:CreateQueue").columns}
    assert not queue["outbound_caller_config_outbound_caller_id_name"].required


@pytest.mark.parametrize(
    "reference", ["kinesis:PutRecord", "logs:PutLogEvents", "dynamodb:UpdateItem"]
)
def test_what_adds_something_each_time_is_not_sent_again_for_a_lost_answer(reference):
    assert derived(reference).steps[0].settle == Never()


def test_a_client_token_makes_repeating_safe():
    job = derived("connect:ClaimPhoneNumber")
    assert job.steps[0].settle == ByToken()
    assert job.steps[0].args["ClientToken"] == Token()
    assert job.key == ("phone_number",)


def test_a_new_thing_is_told_by_what_it_must_have_and_not_by_what_it_is_made_in():
    assert derived("connect:CreateUser").key == ("username", "routing_profile_id")


def test_outside_of_an_instance_all_that_must_be_given_tells_rows_apart():
    job = derived("customer-profiles:UpdateProfile")
    assert sorted(job.key) == ["domain_name", "profile_id"]
    assert derived("ec2:ModifyInstanceAttribute").key == ("instance_id",)


def test_an_instance_of_another_service_is_given_by_the_sheet():
    names = {column.name for column in derived("ec2:ModifyInstanceAttribute").columns}
    assert "instance_id" in names


def test_what_no_single_value_says_is_given_as_json_beside_the_plain_members():
    job = derived("connect:AssociateRoutingProfileQueues")
    assert [(column.name, column.kind) for column in job.columns] == [
        ("routing_profile_id", "text"),
        ("queue_configs", "json"),
        ("manual_assignment_queue_configs", "json"),
    ]
    assert job.steps[0].args["QueueConfigs"] == Col("queue_configs")
    case = {column.name: column for column in derived("connectcases:CreateCase").columns}
    assert (case["fields"].kind, case["fields"].required) == ("json", True)
    assert derived("connectcases:CreateCase").key == ("domain_id", "template_id")


def test_moments_numbers_and_maps_of_numbers_have_columns_of_their_kinds():
    task = {column.name: column.kind for column in derived("connect:StartTaskContact").columns}
    assert task["scheduled_time"] == "datetime"
    assert (task["references"], task["segment_attributes"]) == ("json", "json")
    alias = {column.name: column for column in derived("lambda:UpdateAlias").columns}
    assert alias["routing_config_additional_version_weights"].kind == "map"


def test_a_structure_without_members_is_given_as_an_empty_object():
    columns = {
        column.name: column for column in derived("connectcampaignsv2:CreateCampaign").columns
    }
    assert columns["channel_subtype_config_sms_outbound_mode_agentless"].kind == "json"


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("connect:ListUsers", "connect:ListUsers only reads: bulkops carries out changes."),
        ("s3:HeadObject", "s3:HeadObject only reads: bulkops carries out changes."),
        ("dynamodb:Query", "dynamodb:Query only reads: bulkops carries out changes."),
        (
            "lexv2-runtime:StartConversation",
            (
                "lexv2-runtime:StartConversation is a conversation: a row is one request with one"
                " answer."
            ),
        ),
        (
            "customer-profiles:CreateProfile",
            "customer-profiles:CreateProfile has no required member that would tell rows apart.",
        ),
        (
            "elasticbeanstalk:CreateStorageLocation",
            (
                "elasticbeanstalk:CreateStorageLocation has no required member that would tell rows"
                " apart."
            ),
        ),
        (
            "connect:DeleteUsr",
            'connect has no operation DeleteUsr. Did you mean "DeleteUser"?',
        ),
    ],
)
def test_what_no_sheet_can_drive_is_refused(reference, fault):
    with pytest.raises(JobError) as raised:
        derived(reference)
    assert raised.value.faults == (fault,)


@pytest.mark.parametrize(
    ("service", "many"),
    [("connect", 160), ("customer-profiles", 30), ("connectcases", 20), ("connectcampaignsv2", 20)],
)
def test_every_job_that_can_be_derived_is_without_fault(service, many):
    jobs = []
    for name in operations(service):
        try:
            jobs.append(derived(f"{service}:{name}"))
        except JobError:
            continue
    assert len(jobs) > many
    assert [fault for job in jobs for fault in faults_of(job)] == []


def test_two_members_whose_names_read_alike_have_columns_of_their_own():
    job = derived("b2bi:UpdateTransformer")
    names = [column.name for column in job.columns]
    assert {"mapping_template", "mapping_template_2"} <= set(names)
    assert len(set(names)) == len(names)
    assert faults_of(job) == ()


@pytest.mark.parametrize("name", ["DisconnectParticipant", "SendMessage", "SendEvent"])
def test_what_a_participants_token_names_is_no_work_for_a_sheet(name):
    with pytest.raises(JobError, match=r"a token that is a secret.*stop-contacts ends chats"):
        derived(f"connectparticipant:{name}")
    assert derived(f"connectparticipant:{name}", form="first").steps  # runs of before go on
