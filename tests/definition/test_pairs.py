from __future__ import annotations

import pytest

from bulkops.definition.model.operations import input_shape, operation
from bulkops.definition.model.pairs import Pair, pair_at, pair_in
from bulkops.definition.relations import RELATIONS

CREATE = operation("connect", "BatchCreateDataTableValue").members


@pytest.mark.parametrize(
    ("path", "pair"),
    [
        ("Values[].PrimaryValues", Pair("AttributeName", "Value")),
        ("Values", None),
        ("Values[].LockVersion", None),
        ("DataTableId", None),
    ],
)
def test_a_list_of_names_and_values_is_known_by_its_members(path, pair):
    assert pair_at(CREATE, path) == pair


def test_a_shape_is_such_a_list_or_is_none():
    values = input_shape("connect", "BatchCreateDataTableValue").members["Values"]
    assert pair_in(values) is None
    assert pair_in(values.member.members["PrimaryValues"]) == Pair("AttributeName", "Value")
    assert pair_in(values.member.members["Value"]) is None
    listed = input_shape("connect", "CreateUser").members["SecurityProfileIds"]
    assert pair_in(listed) is None


def test_entries_become_elements_and_elements_entries():
    pair = Pair("AttributeName", "Value")
    elements = pair.elements({"Country": "IE", "Season": "summer"})
    assert elements[1] == {"AttributeName": "Season", "Value": "summer"}
    assert pair.entries(elements) == {"Country": "IE", "Season": "summer"}
    assert pair.entries("") == ""


def test_an_entry_is_kept_as_a_write_takes_it():
    told = {"AttributeName": "Country", "Value": "IE", "AttributeId": "a1"}
    kept = RELATIONS["data-table-value"].as_written({"Value": "12", "PrimaryValues": [told]})
    assert kept == {
        "Value": "12",
        "PrimaryValues": [{"AttributeName": "Country", "Value": "IE"}],
    }
    queue = {"QueueId": "q"}
    assert RELATIONS["routing-profile-queue"].as_written(queue) is queue
