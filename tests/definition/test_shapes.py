from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from botocore.loaders import Loader, create_loader
from botocore.model import ServiceModel

from bulkops.aws.data_path import folders_in, look_in_data_path
from bulkops.aws.newer_operations import add_newer_operations
from bulkops.definition.model import model_files
from bulkops.definition.model.model_files import description, services
from bulkops.definition.model.shapes import service_shapes

SERVICES = (
    "connect",
    "customer-profiles",
    "connectcases",
    "qconnect",
    "connectcampaignsv2",
    "connect-contact-lens",
    "connectparticipant",
    "sts",
    "service-quotas",
    "docdb",  # corrected beside its model
    "s3",  # XML, unions, streams
    "sqs",
)


@pytest.fixture(autouse=True)
def no_folder_of_the_users(monkeypatch, tmp_path):
    """Put an empty home in the place of whoever runs the tests."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(Loader, "CUSTOMER_DATA_PATH", str(tmp_path / ".aws" / "models"))
    for each in (model_files._folders, service_shapes):
        each.cache_clear()
    yield tmp_path / ".aws" / "models"
    for each in (model_files._folders, service_shapes):
        each.cache_clear()


def botocores(service):
    loader = Loader()
    add_newer_operations(loader)
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def alike(ours, theirs, above=()):
    """Assert that a shape and all in it is read as botocore reads it."""
    assert (ours is None) == (theirs is None)
    if theirs is None:
        return
    assert (ours.name, ours.type_name) == (theirs.name, theirs.type_name)
    assert ours.documentation == theirs.documentation
    assert dict(ours.serialization) == theirs.serialization
    assert {**ours.metadata, **theirs.metadata} == dict(ours.metadata)
    if theirs.name in above:
        return
    further = (*above, theirs.name)
    match theirs.type_name:
        case "structure":
            assert list(ours.required_members) == list(theirs.required_members)
            assert ours.is_document_type == theirs.is_document_type
            assert ours.is_tagged_union == theirs.is_tagged_union
            assert list(ours.members) == list(theirs.members)
            for name, member in theirs.members.items():
                alike(ours.members[name], member, further)
        case "list":
            alike(ours.member, theirs.member, further)
        case "map":
            alike(ours.key, theirs.key, further)
            alike(ours.value, theirs.value, further)


@pytest.mark.parametrize("service", SERVICES)
def test_a_model_is_read_as_botocore_reads_it(service):
    ours, theirs = service_shapes(service), botocores(service)
    assert ours.metadata == theirs.metadata
    assert list(ours.operations) == theirs.operation_names
    for name in theirs.operation_names:
        own, other = ours.operations[name], theirs.operation_model(name)
        assert (own.name, own.documentation, own.http) == (
            other.name,
            other.documentation,
            other.http,
        )
        alike(own.input_shape, other.input_shape)
        alike(own.output_shape, other.output_shape)
        assert [each.name for each in own.error_shapes] == [
            each.name for each in other.error_shapes
        ]
        assert [each.error_code for each in own.error_shapes] == [
            each.error_code for each in other.error_shapes
        ]


def test_the_services_are_those_of_botocore():
    assert list(services()) == Loader().list_available_services("service-2")


@pytest.mark.parametrize("service", ["", "..", "connec", "connect/2017-08-08", "no such"])
def test_what_is_no_service_has_no_model(service):
    assert description(service) is None
    assert service_shapes(service) is None


@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_a_persons_own_model_goes_before_the_packaged_one_of_its_version(
    no_folder_of_the_users, ending
):
    folder = no_folder_of_the_users / "connect" / "2017-08-08"
    folder.mkdir(parents=True)
    packed = json.dumps({"metadata": {}, "operations": {"Own": {}}, "shapes": {}}).encode()
    packed = gzip.compress(packed) if ending.endswith("gz") else packed
    (folder / f"service-2{ending}").write_bytes(packed)
    assert list(service_shapes("connect").operations) == ["Own"]
    assert botocores("connect").operation_names == ["Own"]


def test_a_newer_version_goes_before_older_ones(no_folder_of_the_users):
    (no_folder_of_the_users / "connect" / "2031-01-01").mkdir(parents=True)
    assert "CreateUser" in service_shapes("connect").operations  # an empty folder is no version
    service_shapes.cache_clear()
    (no_folder_of_the_users / "connect" / "2031-01-01" / "service-2.json").write_text(
        json.dumps({"metadata": {}, "operations": {"Newer": {}}, "shapes": {}})
    )
    assert list(service_shapes("connect").operations) == ["Newer"]
    assert botocores("connect").operation_names == ["Newer"]
    assert "connect" in services()


def test_a_user_without_a_home_has_the_packaged_models(monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    model_files._folders.cache_clear()
    assert "CreateUser" in service_shapes("connect").operations


def test_without_botocore_there_is_no_service(monkeypatch):
    monkeypatch.setattr(model_files, "find_spec", lambda _: None)
    model_files._folders.cache_clear()
    assert services() == ()
    assert description("connect") is None


def test_what_is_packaged_beside_the_sdk_is_what_the_sdk_does_not_know():
    for service in model_files.services_with_newer():
        known = model_files.sdk_description(service)
        newer = model_files.newer_operations(service)
        assert newer["operations"]
        assert not newer["operations"].keys() & known["operations"].keys()
        assert not newer["shapes"].keys() & known["shapes"].keys()
        whole = model_files.description(service)
        for name, said in whole["shapes"].items():
            was = known["shapes"].get(name, said)
            assert {**said, "members": {}} == {**was, "members": {}}  # members alone come to it
            if "members" in was:
                assert was["members"].items() <= said["members"].items()


def test_what_an_operation_takes_has_no_member_of_a_newer_model():
    """Jobs are derived from what operations take, and runs of theirs must open again."""
    for service in model_files.services_with_newer():
        known = model_files.sdk_description(service)
        ours = service_shapes(service)
        for name in known["operations"]:
            taken = ours.operation(name).input_shape
            if taken is not None:
                theirs = known["shapes"][taken.name].get("members", {})
                assert list(taken.members) == list(theirs)


def test_newer_operations_are_read_when_they_are_asked_for(monkeypatch):
    asked = []
    real = model_files.newer_operations
    monkeypatch.setattr(
        "bulkops.definition.model.shapes.newer_operations",
        lambda service: asked.append(service) or real(service),
    )
    shapes = service_shapes("connect")
    user = shapes.operation("DescribeUser").output_shape.members["User"]
    assert "AutoAcceptConfigs" in user.members
    assert user.members["AutoAcceptConfigs"].member.members["AutoAccept"].type_name == "boolean"
    assert not asked
    assert shapes.operation("UpdateUserConfig").input_shape.members
    assert shapes.operation("NoSuch") is None
    assert asked == ["connect"]


def test_aws_data_path_goes_before_a_persons_own_models(no_folder_of_the_users, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, name in ((no_folder_of_the_users, "Own"), (second, "Second"), (first, "First")):
        version = folder / "connect" / "2017-08-08"
        version.mkdir(parents=True)
        said = {"metadata": {}, "operations": {name: {}}, "shapes": {}}
        (version / "service-2.json").write_text(json.dumps(said))
    given = f"{first}{os.pathsep}{second}"
    loader = create_loader(given)
    assert folders_in({}) == ()
    look_in_data_path({"AWS_DATA_PATH": given})
    try:
        assert list(service_shapes("connect").operations) == ["First"]
        add_newer_operations(loader)
        assert list(loader.load_service_model("connect", "service-2")["operations"]) == ["First"]
        assert model_files.own_folder("connect") == first
        assert "UpdateUserConfig" not in service_shapes("connect").operations
        assert service_shapes("connectcases").operation("BatchUpdateCase")
    finally:
        look_in_data_path({})


def test_variables_and_homes_are_told_in_aws_data_path(monkeypatch, tmp_path):
    monkeypatch.setenv("MODELS", str(tmp_path))
    monkeypatch.setenv("HOME", "/home/somebody")
    assert folders_in({"AWS_DATA_PATH": os.pathsep.join(("$MODELS/a", "~/b"))}) == (
        tmp_path / "a",
        Path("/home/somebody/b"),
    )
