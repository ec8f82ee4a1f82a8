from __future__ import annotations

import re
import sys
from subprocess import run

import pytest

from bulkops.definition.model.operations import (
    is_secret,
    operation,
    operation_model,
    operations,
)
from bulkops.definition.model.paging import page_size
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.errors import JobError


def test_members_are_named_by_dotted_paths_with_lists_and_maps_marked():
    members = operation("connect", "CreateUser").members
    assert members["IdentityInfo.FirstName"].limits.maximum == 255
    assert members["SecurityProfileIds"].limits.maximum == 10
    assert members["SecurityProfileIds[]"].type == "string"
    assert members["Tags{key}"].limits.maximum == 128
    assert members["Tags{value}"].limits.maximum == 256
    queues = operation("connect", "AssociateRoutingProfileQueues").members
    assert queues["QueueConfigs[].QueueReference.Channel"].limits.one_of == (
        "VOICE",
        "CHAT",
        "TASK",
        "EMAIL",
    )


def test_a_member_knows_where_it_goes_and_whether_it_must_be_given():
    members = operation("connect", "UpdateUserRoutingProfile").members
    assert members["UserId"].location == "uri"
    assert members["RoutingProfileId"].location == ""
    assert members["UserId"].required
    assert not operation("connect", "UpdateUserHierarchy").member("HierarchyGroupId").required


def test_a_structure_that_holds_itself_is_walked_once():
    members = operation("connect", "CreateEvaluationForm").members
    assert "Items[].Section.Items" in members
    assert "Items[].Section.Items[].Section.Items" not in members


def test_the_limits_of_a_username_depend_on_who_manages_identities():
    def most(identity):
        return operation("connect", "CreateUser", identity).member("Username").limits.maximum

    assert most(None) == 64
    assert most("CONNECT_MANAGED") == 20
    assert most("EXISTING_DIRECTORY") == 20
    assert most("SAML") == 64


def test_only_the_password_of_a_user_is_a_secret():
    members = operation("connect", "CreateUser").members
    assert {path for path, facts in members.items() if facts.secret} == {"Password"}
    assert {path for path, facts in members.items() if facts.sensitive} == {
        "Password",
        "IdentityInfo.FirstName",
        "IdentityInfo.LastName",
        "IdentityInfo.Email",
        "IdentityInfo.SecondaryEmail",
    }


def test_what_stands_in_a_secret_structure_is_secret():
    output = operation("connect", "GetFederationToken").output
    assert output["Credentials"].secret
    assert output["Credentials.AccessToken"].secret


def test_a_sensitive_mark_of_an_unknown_service_is_taken_for_a_secret():
    assert operation("iam", "CreateLoginProfile").member("Password").secret
    profile = operation("customer-profiles", "CreateProfile").member("FirstName")
    assert profile.sensitive
    assert not profile.secret


@pytest.mark.parametrize(
    ("service", "name", "message"),
    [
        (
            "connect",
            "CreateUsers",
            'connect has no operation CreateUsers. Did you mean "CreateUser"?',
        ),
        ("connect", "Zzz", "connect has no operation Zzz."),
        (
            "conect",
            "CreateUser",
            'AWS has no service conect that is known here. Did you mean "connect"?',
        ),
    ],
)
def test_an_unknown_name_gets_the_nearest_right_one(service, name, message):
    with pytest.raises(JobError) as raised:
        operation(service, name)
    assert raised.value.faults == (message,)


def test_an_unknown_member_gets_the_nearest_right_one():
    with pytest.raises(JobError, match=r'no member Usrname. Did you mean "Username"\?'):
        operation("connect", "CreateUser").member("Usrname")


def test_an_operation_that_takes_or_answers_nothing_has_no_members():
    nothing = operation("connect", "DeleteUser")
    assert nothing.output == {}
    taken = operation("elasticbeanstalk", "CreateStorageLocation")
    assert taken.members == {}
    assert taken.token == ""


def test_a_secret_is_told_by_its_shape():
    shape = operation_model("connect", "CreateUser").input_shape
    assert is_secret("connect", shape.members["Password"])
    assert not is_secret("connect", shape.members["Username"])


FROZEN_PAGES = {
    "ListUsers": 1000,
    "SearchUsers": 500,
    "ListRoutingProfiles": 1000,
    "SearchRoutingProfiles": 500,
    "ListSecurityProfiles": 1000,
    "SearchSecurityProfiles": 100,
    "ListUserHierarchyGroups": 1000,
    "SearchUserHierarchyGroups": 100,
    "ListQueues": 1000,
    "SearchQueues": 500,
    "ListQuickConnects": 1000,
    "SearchQuickConnects": 100,
    "ListRoutingProfileQueues": 100,
    "ListQueueQuickConnects": 100,
    "ListUserProficiencies": 100,
    "ListPredefinedAttributes": 100,
    "ListInstances": 10,
    "DeleteUser": 0,
}


@pytest.mark.parametrize(("name", "size"), FROZEN_PAGES.items())
def test_the_page_sizes_that_plans_count_with_are_those_of_the_model(name, size):
    assert page_size("connect", name) == size


@pytest.mark.parametrize(
    "name",
    [
        "CreateUser",
        "CreateQueue",
        "CreateRoutingProfile",
        "CreateQuickConnect",
        "CreateContactFlow",
        "CreateSecurityProfile",
        "CreateHoursOfOperation",
        "CreateAgentStatus",
        "CreateUserHierarchyGroup",
        "CreatePredefinedAttribute",
    ],
)
def test_what_has_no_client_token_refuses_a_second_one_of_the_same_name(name):
    facts = operation("connect", name)
    assert facts.token == ""
    assert "DuplicateResourceException" in facts.errors


@pytest.mark.parametrize(
    "name",
    ["ClaimPhoneNumber", "CreateView", "CreateEmailAddress", "UpdatePhoneNumber"],
)
def test_a_client_token_is_found_with_and_without_the_models_trait(name):
    assert operation("connect", name).token == "ClientToken"


def test_the_members_that_jobs_count_on_are_as_they_were():
    create = operation("connect", "CreateUser")
    required = {path for path, facts in create.members.items() if facts.required}
    assert required == {
        "InstanceId",
        "Username",
        "PhoneConfig",
        "PhoneConfig.PhoneType",
        "SecurityProfileIds",
        "RoutingProfileId",
    }
    associate = operation("connect", "AssociateRoutingProfileQueues").members
    assert associate["QueueConfigs"].limits.maximum == 10
    assert associate["QueueConfigs[].Priority"].limits.range() == "1 to 99"
    assert associate["QueueConfigs[].Delay"].limits.range() == "0 to 9999"
    connects = operation("connect", "AssociateQueueQuickConnects").members
    assert connects["QuickConnectIds"].limits.maximum == 50
    assert (
        operation("connect", "UpdateUserSecurityProfiles")
        .members["SecurityProfileIds"]
        .limits.range()
        == "1 to 10"
    )
    assert operation("connect", "TagResource").members["tags"].limits.maximum == 50


def test_no_user_operation_takes_more_than_one_user():
    for name in operations("connect"):
        if name.startswith(("CreateUser", "UpdateUser", "DeleteUser")):
            assert "UserIds" not in operation("connect", name).members


def test_the_model_still_leaves_out_what_the_overrides_say():
    shape = operation_model("connect", "DisassociateRoutingProfileQueues").input_shape
    assert "max" not in shape.members["QueueReferences"].metadata
    user = operation_model("connect", "CreateUser").input_shape
    assert user.members["Username"].metadata["max"] == 100
    assert user.members["Password"].metadata["pattern"].startswith("/")
    phone = user.members["PhoneConfig"].members
    assert "max" not in phone["AfterContactWorkTimeLimit"].metadata
    assert "\\\\" in phone["DeskPhoneNumber"].metadata["pattern"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_read_by_operations_and_members_that_exist(kind):
    _check_listing(kind.service, kind.listing)
    if kind.search is not None:
        _check_listing(kind.service, kind.search)
        assert kind.search.operation.startswith("Search")
    if kind.describe is None:
        assert kind.search is None
        return
    described = operation(kind.service, kind.describe.operation)
    assert kind.describe.id_argument in described.members
    form = "list" if kind.describe.several else "structure"
    assert not kind.describe.item or described.output[kind.describe.item].type == form
    assert any(path.startswith(kind.describe.begins) for path in described.output)
    own = kind.own_list.member if kind.own_list is not None else ""
    if kind.own_list is not None:
        listed = operation(kind.service, kind.own_list.listing.operation)
        assert kind.own_list.argument in listed.members
        assert listed.output[kind.own_list.listing.items].type == "list"
        assert own in kind.described_only
    if kind.within:
        assert kind.within_argument in operation(kind.service, kind.listing.operation).members
        assert kind.within_argument in described.members
        assert kind.within in KINDS
    for path in set(kind.described_only) - {own}:
        assert f"{kind.describe.item}.{path}" in _plain_paths(described)
        searched = _plain_paths(operation(kind.service, kind.search.operation))
        if f"{kind.search.items}.{path}" in searched:
            # modelled there too: then the service says of itself that it does not fill it
            said = operation_model(kind.service, kind.search.operation).documentation
            assert path in said.partition("does not populate")[2]


def _plain_paths(facts):
    return {path.replace("[]", "") for path in facts.output}


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.name)
def test_a_relation_is_read_by_an_operation_and_members_that_exist(relation):
    _check_listing(relation.service, relation.listing)
    facts = operation(relation.service, relation.listing.operation)
    assert relation.of in KINDS
    if relation.by_name:
        assert KINDS[relation.of].sought is not None
        return
    assert relation.of_argument in facts.members
    for path in (*relation.identity.values(), *relation.values.values()):
        assert f"{relation.listing.items}[].{path}" in facts.output


SEARCHED = [kind for kind in KINDS.values() if kind.search is not None]


def _check_listing(service, listing):
    facts = operation(service, listing.operation)
    item = f"{listing.items}[]"
    if facts.output[listing.items].type == "structure":
        item = f"{listing.items}.LevelOne"
    else:
        assert page_size(service, listing.operation) >= 25
    for path in (listing.id, listing.name, listing.arn, listing.names_path, *listing.scale):
        plain = re.sub(r"\.\[[^\]]+\]", "[]", path)  # an element told by a member of its own
        assert not path or f"{item}.{plain}" in facts.output
    for path in listing.fixed:
        assert path in facts.members
    if listing.keys:
        criteria = facts.members["SearchCriteria"]
        assert facts.members["SearchCriteria.OrConditions[]"].shape == criteria.shape
        assert "SearchCriteria.StringCondition.FieldName" in facts.members
        comparison = facts.members["SearchCriteria.StringCondition.ComparisonType"]
        assert "EXACT" in comparison.limits.one_of
        assert listing.field_name


def test_a_search_is_dated_where_its_items_say_when_they_were_changed():
    silent = {"SearchRoutingProfiles", "SearchContactFlows"}
    for kind in SEARCHED:
        output = operation(kind.service, kind.search.operation).output
        says = any(
            f"{kind.search.items}[].{date}" in output
            for date in ("LastModifiedTime", "lastModifiedTime")
        )
        # the model says of routing profiles that a search leaves it empty; flows' list has none
        assert kind.search.dated == (says and kind.search.operation not in silent)


def test_a_search_for_paths_is_not_asked_by_name():
    for kind in SEARCHED:
        if kind.search.names_path:
            assert kind.search.keys == 0


def test_nothing_of_the_models_is_read_at_import():
    code = "import sys, bulkops.definition.catalogue; print('botocore' in sys.modules)"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
