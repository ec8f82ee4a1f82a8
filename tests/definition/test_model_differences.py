"""What is a service model, and what one brings beside another."""

from __future__ import annotations

import copy

import pytest

from bulkops.definition.model.model_differences import Brought, brought, model_faults
from bulkops.definition.model.model_files import description, sdk_model_description, services

MODEL = {
    "metadata": {
        "apiVersion": "2017-08-08",
        "protocol": "rest-json",
        "endpointPrefix": "connect",
    },
    "operations": {
        "Get": {"http": {}, "input": {"shape": "In"}, "errors": [{"shape": "Bad"}]},
    },
    "shapes": {
        "In": {"type": "structure", "members": {"List": {"shape": "List"}}},
        "List": {"type": "list", "member": {"shape": "Text"}},
        "Text": {"type": "string"},
        "Bad": {"type": "structure"},
    },
}


def changed(*path, to):
    model = copy.deepcopy(MODEL)
    part = model
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return model


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (None, "no JSON object"),
        ([], "no JSON object"),
        ({}, "no metadata and no operations and no shapes"),
        (changed("operations", to=[]), "no operations"),
        (changed("operations", to={}), "no operations"),
        (changed("metadata", "apiVersion", to="../../x"), "no apiVersion"),
        (changed("metadata", "protocol", to="smoke"), "its protocol is 'smoke'"),
        (changed("metadata", "endpointPrefix", to=""), "no endpointPrefix"),
        (changed("operations", "Get", to="x"), "operation Get says no http"),
        (changed("operations", "Get", "http", to=None), "operation Get says no http"),
        (changed("operations", "Get", "input", to={"shape": "No"}), "no shape No"),
        (changed("operations", "Get", "errors", to=[{"shape": "No"}]), "no shape No"),
        (changed("shapes", "List", "member", to={"shape": "No"}), "no shape No"),
        (changed("shapes", "In", "members", to={"A": {"shape": "No"}}), "no shape No"),
        (changed("shapes", "Text", to={"type": "magic"}), "shape Text has no type"),
        (changed("shapes", "Text", to=7), "shape Text has no type"),
        (
            changed("shapes", to={f"S{n}": {"type": "string"} for n in range(50_001)}),
            "more than 50,000 shapes",
        ),
    ],
)
def test_what_is_no_model_is_told_from_one(model, said):
    assert said in " ".join(model_faults(model))


def test_faults_are_told_up_to_a_few():
    shapes = {f"S{n}": {"type": "magic"} for n in range(100)}
    assert len(model_faults(changed("shapes", to=shapes))) == 5


def test_every_model_of_the_sdk_is_one():
    for service in ("connect", "sqs", "sts", "s3", "ec2", "cognito-idp"):
        assert model_faults(description(service)) == ()
    assert len(services()) > 300
    listed = {"apiVersion": "2017-08-08", "protocols": ["json"], "endpointPrefix": "x"}
    assert model_faults(changed("metadata", to=listed)) == ()


def test_what_a_model_brings_and_what_it_lacks():
    newer = changed("operations", to={"Put": {"http": {}}})
    newer["shapes"]["In"]["members"]["More"] = {"shape": "Text"}
    newer["shapes"]["New"] = {"type": "structure", "members": {"Only": {"shape": "Text"}}}
    assert brought(MODEL, newer) == Brought(
        operations=("Put",), members=("In.More",), lost=("Get",)
    )
    assert brought(None, MODEL) == Brought(operations=("Get",))
    assert brought(MODEL, MODEL) == Brought()


def test_botocores_own_model_is_read_whatever_is_put_in_its_place():
    assert "CreateDataTable" not in sdk_model_description("connect")["operations"]
    assert "CreateUser" in sdk_model_description("connect")["operations"]
