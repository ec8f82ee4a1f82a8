"""Numbers of one instance in the cells of a sheet, and those of another in their places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.mapped_names import MappedNames, names_numbers
from tests.planning.paper import CREATE, order_of, sheet_of, user_row

QUEUES = load("create-queues").job
HERE, THERE = "+35315550100", "+18005550142"
MAPPING = FlowMapping.of([MappingRow("phone-number", "an-id", HERE, THERE)])


@pytest.mark.parametrize(
    ("row", "number"),
    [
        (MappingRow("phone-number", "an-id", HERE, THERE), THERE),
        (MappingRow("number", HERE, target=THERE), THERE),
        (MappingRow("number", HERE, target="keep"), HERE),
        (MappingRow("number", HERE, target=THERE, flow="Main menu"), HERE),
        (MappingRow("queue", HERE, target=THERE), HERE),
    ],
)
def test_a_number_is_the_one_that_the_mapping_has_for_it(row, number):
    values = {"queue": HERE, "caller_id_number": HERE}
    mapped = MappedNames(QUEUES, FlowMapping.of([row])).mapped(values)
    assert mapped == {"queue": HERE, "caller_id_number": number}


def test_what_is_blank_or_not_mapped_stays():
    names = MappedNames(QUEUES, MAPPING)
    for values in ({"queue": "Night"}, {"queue": "Night", "caller_id_number": THERE}):
        assert names.mapped(values) is values


def test_only_rows_that_name_numbers_are_mapped():
    assert names_numbers(QUEUES)
    assert not names_numbers(CREATE)
    assert not MappedNames(CREATE, MAPPING)
    (row,) = replace(order_of(CREATE, sheet_of(user_row())), mapping=MAPPING).rows()
    assert row.values["username"] == "ana"


def test_rows_of_a_sheet_have_the_numbers_of_the_target():
    cells = {"queue": "Night", "hours_of_operation": "Always", "caller_id_number": HERE}
    (row,) = replace(order_of(QUEUES, sheet_of(cells)), mapping=MAPPING).rows()
    assert row.values["caller_id_number"] == THERE
