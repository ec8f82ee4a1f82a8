from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import (
    ByToken,
    Col,
    Column,
    Each,
    Find,
    Job,
    Keyed,
    Look,
    Member,
    Never,
    Saved,
    Step,
    Token,
)
from bulkops.definition.catalogue import load
from bulkops.definition.expressions import WasList
from bulkops.definition.job_checks.job_faults import faults_of

CREATE = load("create-users").job
QUEUES = load("associate-routing-profile-queues").job
MOVE = load("update-user-routing-profiles").job
USER = Find("user", Col("username"))


def _with_step(job, **changes):
    return replace(job, steps=(replace(job.steps[0], **changes), *job.steps[1:]))


def _with_column(job, name, **changes):
    columns = tuple(replace(c, **changes) if c.name == name else c for c in job.columns)
    return replace(job, columns=columns)


def _one(job):
    (fault,) = faults_of(job)
    return fault


def test_a_sound_job_has_no_faults():
    assert faults_of(CREATE) == ()
    assert faults_of(QUEUES) == ()


def test_all_faults_are_said_at_once():
    job = replace(_with_column(CREATE, "password", secret=False), name="Create Users", summary="")
    assert faults_of(job) == (
        'job name "Create Users": small letters and digits with hyphens between them only.',
        "the job has no summary.",
        "column password feeds CreateUser.Password, which is secret: say secret=True.",
    )


def test_an_unknown_service_ends_the_search():
    assert faults_of(replace(CREATE, service="conect")) == (
        'AWS has no service conect that is known here. Did you mean "connect"?',
    )


def test_a_job_needs_steps_and_a_key():
    job = Job(name="nothing", summary="Nothing.", key=(), columns=(), steps=())
    assert faults_of(job) == (
        "the job has no steps.",
        "the job has no key: nothing tells its rows apart.",
    )


class TestColumns:
    def test_a_secret_that_was_dropped_is_missed(self):
        fault = _one(_with_column(CREATE, "password", secret=False))
        assert fault == (
            "column password feeds CreateUser.Password, which is secret: say secret=True."
        )

    def test_a_secret_that_is_none_is_said(self):
        fault = _one(_with_column(CREATE, "mobile", secret=True))
        assert fault == "column mobile is secret, but feeds no secret member."

    def test_an_unused_column_is_said(self):
        job = replace(CREATE, columns=(*CREATE.columns, Column(name="note", help="A note.")))
        assert _one(job) == "column note is not used by any step."

    def test_a_column_that_is_not_declared_gets_the_nearest_right_name(self):
        job = replace(MOVE, columns=MOVE.columns[:1])
        assert _one(job) == "step 0 (UpdateUserRoutingProfile): there is no column routing_profile."
        job = _with_step(CREATE, when="tag")
        assert _one(job) == 'step 0 (CreateUser): there is no column tag. Did you mean "tags"?'

    def test_a_column_that_only_decides_about_another_is_used(self):
        switch = Column(name="has_profile", help="Whether.")
        job = replace(MOVE, columns=(*MOVE.columns, switch))
        assert _one(job) == "column has_profile is not used by any step."
        job = _with_column(job, "routing_profile", required_if=("has_profile", "y"))
        assert faults_of(job) == ()

    def test_names_are_plain_and_told_apart(self):
        job = _with_column(MOVE, "routing_profile", aliases=("User-Name",))
        assert _one(job) == (
            'columns username and routing_profile both answer to the header "User-Name".'
        )
        twice = replace(MOVE, columns=(*MOVE.columns, MOVE.columns[0]))
        assert _one(twice) == "column username is declared more than once."
        odd = replace(MOVE, columns=(*MOVE.columns, Column(name="Hired On", help="When.")))
        assert faults_of(odd)[0] == (
            'column "Hired On": small letters and digits, underscores between them.'
        )

    def test_a_key_is_required_single_and_open(self):
        assert _one(replace(CREATE, key=("usrname",))) == (
            'key: there is no column usrname. Did you mean "username"?'
        )
        assert _one(replace(CREATE, key=("email",))) == "key column email must be required."
        assert faults_of(replace(CREATE, key=("password",))) == (
            "key column password must be required.",
            "key column password can't be secret: reports name rows by it.",
        )
        assert _one(replace(CREATE, key=("security_profiles",))) == (
            "key column security_profiles must hold one value."
        )
        assert faults_of(replace(CREATE, key=("phone_type",))) == ()

    def test_a_column_has_help(self):
        assert _one(_with_column(CREATE, "mobile", help="")) == "column mobile has no help text."

    def test_a_column_is_not_both_required_and_refused(self):
        job = _with_column(CREATE, "email", required_for=("SAML", "CONNECT_MANAGED"))
        assert _one(job) == "column email is both required and refused for SAML."

    def test_a_condition_names_a_column_and_one_of_its_values(self):
        job = _with_column(CREATE, "desk_phone", required_if=("phonetype", "DESK_PHONE"))
        assert faults_of(job) == (
            'column desk_phone: there is no column phonetype. Did you mean "phone_type"?',
        )
        job = _with_column(CREATE, "desk_phone", required_if=("phone_type", "DESK PHONE"))
        assert _one(job) == (
            "column desk_phone: DESK PHONE is not one of SOFT_PHONE, DESK_PHONE."
            ' Did you mean "DESK_PHONE"?'
        )

    def test_a_default_is_of_its_columns_kind_and_of_use(self):
        assert _one(_with_column(CREATE, "acw_seconds", default="0")) == (
            "column acw_seconds holds integer, its default is '0'."
        )
        assert _one(_with_column(CREATE, "auto_accept", default=0)) == (
            "column auto_accept holds boolean, its default is 0."
        )
        assert _one(_with_column(CREATE, "routing_profile", default="Basic Routing Profile")) == (
            "column routing_profile is required: its default would never be used."
        )
        assert _one(_with_column(CREATE, "phone_type", default="SOFT")) == (
            "column phone_type: SOFT is not one of SOFT_PHONE, DESK_PHONE."
            ' Did you mean "SOFT_PHONE"?'
        )

    def test_spellings_are_of_values_that_the_service_takes(self):
        job = _with_column(CREATE, "phone_type", spellings={"MOBILE": ("mobile",)})
        assert _one(job) == "column phone_type: MOBILE is not one of SOFT_PHONE, DESK_PHONE."


class TestArguments:
    def test_a_misspelt_operation_gets_the_nearest_right_one(self):
        job = _with_step(MOVE, operation="UpdateUserRoutingProfil")
        assert _one(job) == (
            "step 0: connect has no operation UpdateUserRoutingProfil."
            ' Did you mean "UpdateUserRoutingProfile"?'
        )

    def test_a_misspelt_operation_with_all_else_is_still_one_fault(self):
        job = _with_step(CREATE, operation="CreateUsr", settle=Look(duplicate="Any"))
        assert _one(job).startswith("step 0: connect has no operation CreateUsr.")
        batched = _with_step(QUEUES, operation="AssociateRoutingProfileQueue")
        assert _one(batched).startswith("step 0: connect has no operation")

    def test_a_wrong_member_gets_the_nearest_right_one(self):
        args = {**MOVE.steps[0].args, "RoutingProfile": Col("routing_profile")}
        assert _one(_with_step(MOVE, args=args)) == (
            "step 0 (UpdateUserRoutingProfile): there is no member RoutingProfile."
            ' Did you mean "RoutingProfileId"?'
        )

    def test_a_misspelt_nested_member_is_found(self):
        identity = {**CREATE.steps[0].args["IdentityInfo"], "Mobil": Col("mobile")}
        job = _with_step(CREATE, args={**CREATE.steps[0].args, "IdentityInfo": identity})
        assert _one(job) == (
            'step 0 (CreateUser): there is no member IdentityInfo.Mobil. Did you mean "Mobile"?'
        )

    def test_what_must_be_given_is_missed(self):
        args = {"UserId": USER, "RoutingProfileId": Col("routing_profile")}
        del args["UserId"]
        faults = faults_of(_with_step(MOVE, args=args))
        assert faults == ("step 0 (UpdateUserRoutingProfile): UserId must be given.",)

    def test_the_instance_is_not_given_by_the_job(self):
        args = {**MOVE.steps[0].args, "InstanceId": "abc"}
        assert _one(_with_step(MOVE, args=args)) == (
            "step 0 (UpdateUserRoutingProfile): InstanceId is filled by the target: leave it out."
        )

    @pytest.mark.parametrize(
        ("member", "arg", "fault"),
        [
            ("Username", {"Name": "x"}, "Username is a string, not a structure."),
            ("Username", Each("x"), "Username is a string, not a list."),
            ("Username", 7, "Username is a string, not 7."),
            ("Tags", Col("username"), "Tags is a map, column username holds text."),
            ("Username", Col("tags"), "Username is a string, column tags holds tags."),
            ("SecurityProfileIds", Col("username"), None),
            ("Username", Col("acw_seconds"), "Username is a string, column acw_seconds holds"),
            (
                "DirectoryUserId",
                Col("security_profiles"),
                "DirectoryUserId takes one value, column security_profiles holds several.",
            ),
            (
                "HierarchyGroupId",
                Find("hierarchy", Col("hierarchy_group")),
                'HierarchyGroupId: there is no kind "hierarchy". Did you mean "hierarchy-group"?',
            ),
            ("DirectoryUserId", Token(), "DirectoryUserId takes no client token."),
            (
                "Username",
                WasList("queue-quick-connects"),
                "Username is a string, not the list queue-quick-connects.",
            ),
            (
                "SecurityProfileIds",
                WasList("quick-connects"),
                "SecurityProfileIds is a list, not the list quick-connects.",
            ),
            (
                "PhoneConfig",
                {"PhoneType": "SOFT"},
                (
                    "PhoneConfig.PhoneType: 'SOFT' is not one of SOFT_PHONE, DESK_PHONE."
                    ' Did you mean "SOFT_PHONE"?'
                ),
            ),
        ],
    )
    def test_an_argument_fits_its_member(self, member, arg, fault):
        job = _with_step(CREATE, args={**CREATE.steps[0].args, member: arg})
        expected = fault or "SecurityProfileIds is a list, column username holds text."
        assert any(expected in found for found in faults_of(job))

    @pytest.mark.parametrize(
        "arg",
        [
            {"PhoneType": "DESK_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 5},
            {"PhoneType": Col("phone_type"), "AfterContactWorkTimeLimit": Col("acw_seconds")},
        ],
    )
    def test_constants_and_columns_of_the_right_type_fit(self, arg):
        job = _with_step(CREATE, args={**CREATE.steps[0].args, "PhoneConfig": arg})
        assert faults_of(job) == ()

    def test_a_shared_list_stands_at_the_top(self):
        values = {"Values": {"StringList": Each(Col("value"))}, "Name": Col("name")}
        job = Job(
            name="create-attributes",
            summary="Create attributes.",
            key=("name",),
            columns=(
                Column(name="name", required=True, help="Name."),
                Column(name="value", required=True, help="Value."),
            ),
            steps=(
                Step(operation="CreatePredefinedAttribute", args=values, irreversible="No undo."),
            ),
        )
        assert _one(job) == (
            "step 0 (CreatePredefinedAttribute): Values.StringList:"
            " Each stands at the top of the arguments only."
        )

    def test_an_operation_without_input_takes_no_arguments(self):
        job = Job(
            name="make-storage",
            summary="Make storage.",
            service="elasticbeanstalk",
            key=("zone",),
            columns=(Column(name="zone", required=True, help="Zone."),),
            steps=(
                Step(
                    operation="CreateStorageLocation",
                    args={"Zone": Col("zone")},
                    irreversible="It stays.",
                ),
            ),
        )
        assert faults_of(job) == (
            "step 0 (CreateStorageLocation): Zone: CreateStorageLocation takes no arguments.",
        )


class TestSteps:
    def test_nothing_is_used_before_it_is_saved(self):
        job = _with_step(CREATE, save={"arn": "UserArn"})
        assert _one(job) == "step 0.undo (DeleteUser): nothing before it saves user_id."
        job = _with_step(CREATE, save={"user_ids": "UserId"})
        assert _one(job).endswith('Did you mean "user_ids"?')
        args = {"UserId": Saved("user_id")}
        early = _with_step(CREATE, otherwise=(Step(operation="DeleteUser", args=args),))
        assert faults_of(early)[0].startswith("step 0.0 (DeleteUser): nothing before it saves")

    def test_a_later_step_may_use_what_an_earlier_one_saved(self):
        status = Step(
            operation="UpdateUserHierarchy",
            args={"UserId": Saved("user_id"), "HierarchyGroupId": Saved("user_arn")},
            subject=USER,
        )
        assert faults_of(replace(CREATE, steps=(*CREATE.steps, status))) == ()

    def test_what_is_saved_is_answered(self):
        job = _with_step(CREATE, save={"user_id": "UserID", "user_arn": "UserArn"})
        assert _one(job) == 'step 0: CreateUser answers no UserID. Did you mean "UserId"?'

    @pytest.mark.parametrize("job", [CREATE, QUEUES, load("delete-users").job])
    def test_what_creates_associates_or_deletes_says_how_or_why_not(self, job):
        fault = _one(_with_step(job, undo=None, irreversible=""))
        assert fault.endswith("needs an undo step, or a word on why it can't be undone.")

    def test_an_update_without_a_subject_can_put_nothing_back(self):
        fault = _one(_with_step(MOVE, subject=None))
        assert "needs an undo step" in fault

    def test_only_what_makes_something_says_how_that_begins(self):
        fault = _one(_with_step(MOVE, begins_as={"Status": "ENABLED"}))
        assert fault.endswith("says how what it makes begins, and makes nothing.")

    def test_a_step_is_not_both_undone_and_irreversible(self):
        fault = _one(_with_step(CREATE, irreversible="Never."))
        assert fault == "step 0 (CreateUser) has an undo step and says that it can't be undone."

    def test_a_shared_call_is_the_jobs_only_step(self):
        job = replace(QUEUES, steps=(QUEUES.steps[0], QUEUES.steps[0]))
        assert faults_of(job)[0] == (
            "step 0 (AssociateRoutingProfileQueues) serves several rows in one call:"
            " it must be the only step of each row."
        )

    def test_a_call_shares_one_list(self):
        reference = {"QueueReference": {"QueueId": Find("queue", Col("queue")), "Channel": "VOICE"}}
        args = {**QUEUES.steps[0].args, "ManualAssignmentQueueConfigs": Each(reference)}
        assert _one(_with_step(QUEUES, args=args)) == (
            "step 0 (AssociateRoutingProfileQueues) sends several lists of rows:"
            " QueueConfigs, ManualAssignmentQueueConfigs."
        )

    def test_a_shared_list_has_a_known_limit(self):
        field = {"Id": {"Name": Col("name")}, "Type": "TEXT"}
        job = Job(
            name="fill-templates",
            summary="Fill templates.",
            key=("name",),
            columns=(
                Column(name="name", required=True, help="Name."),
                Column(name="template", required=True, help="Template."),
            ),
            steps=(
                Step(
                    operation="UpdateTaskTemplate",
                    args={"TaskTemplateId": Col("template"), "Fields": Each(field)},
                    irreversible="No undo.",
                ),
            ),
        )
        assert _one(job) == "UpdateTaskTemplate: how many Fields one call takes is not known."

    def test_looking_needs_something_to_look_at(self):
        assert _one(_with_step(CREATE, subject=None)) == (
            "step 0 (CreateUser) settles by looking, but does not say at what: it needs a subject."
        )
        other = Find("user", Col("email"))
        assert _one(_with_step(CREATE, subject=other)) == (
            "step 0 (CreateUser) settles by looking, but none of its arguments is its subject."
        )
        assert faults_of(_with_step(CREATE, subject=other, settle=Never())) == ()

    def test_a_duplicate_is_an_error_that_the_operation_answers(self):
        assert _one(_with_step(CREATE, settle=Look(duplicate="DuplicateResource"))) == (
            "step 0 (CreateUser) does not answer DuplicateResource."
            ' Did you mean "DuplicateResourceException"?'
        )

    def test_only_a_thing_is_expected_to_be_as_a_cell_says(self):
        expects = {"Status": Col("channel")}
        assert _one(_with_step(QUEUES, expects=expects)) == (
            "step 0 (AssociateRoutingProfileQueues) expects something of its subject,"
            " which is no thing."
        )
        assert _one(_with_step(MOVE, expects={"Statu": Col("routing_profile")})) == (
            "step 0 (UpdateUserRoutingProfile): a user has no Statu."
        )

    def test_a_subject_is_of_a_known_kind(self):
        fault = _one(_with_step(MOVE, subject=Find("usr", Col("username"))))
        assert fault == (
            'step 0 (UpdateUserRoutingProfile): there is no kind "usr". Did you mean "user"?'
        )

    def test_a_token_is_sent_where_it_settles_and_goes_where_it_belongs(self):
        fault = _one(_with_step(MOVE, settle=ByToken()))
        assert fault == (
            "step 0 (UpdateUserRoutingProfile) settles by its client token, but sends none."
        )
        claim = load("connect:ClaimPhoneNumber").job
        args = dict(claim.steps[0].args)
        args["PhoneNumberDescription"] = args.pop("ClientToken")
        assert (
            "step 0 (ClaimPhoneNumber): PhoneNumberDescription takes no client token;"
            " the token goes to ClientToken."
        ) in faults_of(_with_step(claim, args=args))

    def test_a_place_in_a_list_is_of_a_known_relation_and_its_thing(self):
        of = QUEUES.steps[0].subject.of
        fault = _one(_with_step(QUEUES, subject=Member("routing-profile-queues", of=of)))
        assert fault == (
            "step 0 (AssociateRoutingProfileQueues): there is no relation"
            ' "routing-profile-queues". Did you mean "routing-profile-queue"?'
        )
        faults = faults_of(
            _with_step(QUEUES, subject=Member("routing-profile-queue", of=Find("queue", of.by)))
        )
        where = "step 0 (AssociateRoutingProfileQueues)"
        assert faults == (
            f"{where}: a queue of a routing profile belongs to a routing-profile, not a queue.",
            f"{where} needs the routing-profile and an Each at the top of its arguments.",
        )


CHANNELS = load("update-routing-profiles").job


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        (({"Channel": Col("voice"), "Concurrency": 1},), "each element says a constant of its own"),
        (({"Channel": "VOICE", "Concurrency": 1},) * 2, "each element says a constant of its own"),
        (({"Concurrency": 1},), "each element says a constant of its own"),
        (({"Channel": "VOICES", "Concurrency": 1},), "'VOICES' is not one of VOICE, CHAT"),
        (({"Channel": "VOICE"},), "MediaConcurrencies[].Concurrency must be given."),
        (({"Channel": "VOICE", "Most": 1},), "there is no member MediaConcurrencies[].Most."),
    ],
)
def test_elements_told_by_a_key_fit_their_list(items, fault):
    (concurrency,) = (
        step for step in CHANNELS.steps if step.operation == "UpdateRoutingProfileConcurrency"
    )
    args = {**concurrency.args, "MediaConcurrencies": Keyed("Channel", items)}
    job = replace(CHANNELS, steps=(*CHANNELS.steps, replace(concurrency, args=args)))
    assert any(fault in said for said in faults_of(job))


def test_only_a_list_of_structures_at_the_top_has_elements_told_by_a_key():
    keyed = Keyed("Channel", ({"Channel": "VOICE"},))
    args = {**CHANNELS.steps[0].args, "Description": keyed}
    found = faults_of(_with_step(CHANNELS, args=args))
    assert any(
        said.endswith("Description is a string, not a list of structures.") for said in found
    )
    deep = {"Values": {"StringList": keyed}, "Name": Col("new_name")}
    job = _with_step(CHANNELS, operation="CreatePredefinedAttribute", args=deep)
    assert any("StringList is a list, not a list of structures." in said for said in faults_of(job))
    config = {"Day": "MONDAY", "StartTime": Keyed("Hours", ({"Hours": "1"},))}
    inner = {"Config": Keyed("Day", (config,))}
    job = _with_step(CHANNELS, operation="UpdateHoursOfOperation", args=inner)
    assert any("StartTime is a structure, not a list of" in said for said in faults_of(job))


def test_elements_told_by_a_key_stand_at_the_top_alone():
    keyed = Keyed("Id", ({"Id": "NAME"},))
    args = {"Name": Col("new_name"), "Constraints": {"RequiredFields": keyed}, "Fields": keyed}
    job = _with_step(CHANNELS, operation="CreateTaskTemplate", args=args)
    wanted = "Constraints.RequiredFields: Keyed stands at the top of the arguments only."
    assert any(wanted in said for said in faults_of(job))
