from __future__ import annotations

import pytest

from bulkops.definition import Again, ByToken, Col, Never, Token
from bulkops.definition.derived_job import IRREVERSIBLE, derived
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
    assert job.steps[0].irreversible == IRREVERSIBLE
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
    assert job.steps[0].settle == Never()


def test_what_must_be_given_inside_of_what_may_be_left_out_is_not_required():
    columns = {column.name: column for column in derived("connect:CreateUser").columns}
    assert columns["phone_config_phone_type"].required
    queue = {column.name: column for column in derived("connect:CreateQueue").columns}
    assert not queue["outbound_caller_config_outbound_caller_id_name"].required


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


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("connect:ListUsers", "connect:ListUsers only reads: bulkops carries out changes."),
        ("s3:HeadObject", "s3:HeadObject only reads: bulkops carries out changes."),
        ("dynamodb:Query", "dynamodb:Query only reads: bulkops carries out changes."),
        (
            "connect:AssociateRoutingProfileQueues",
            (
                "connect:AssociateRoutingProfileQueues takes QueueConfigs,"
                " ManualAssignmentQueueConfigs, which a cell can't hold: write a job file."
            ),
        ),
        (
            "connectcases:CreateCase",
            "connectcases:CreateCase takes fields, which a cell can't hold: write a job file.",
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


def test_every_job_that_can_be_derived_of_connect_is_without_fault():
    jobs = []
    for name in operations("connect"):
        try:
            jobs.append(derived(f"connect:{name}"))
        except JobError:
            continue
    assert len(jobs) > 100
    assert [fault for job in jobs for fault in faults_of(job)] == []
