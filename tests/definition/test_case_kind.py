from __future__ import annotations

from bulkops.definition.thing_kinds import KINDS

CASE = KINDS["case"].sought
ID = "01234567-89ab-4def-8123-456789abcdef"


def test_a_case_is_called_by_its_number_its_id_or_a_field():
    assert CASE.parts("10000001") == ("reference_number", "10000001")
    assert CASE.parts(ID) == ("id", ID)
    assert CASE.parts("Order number=A=1") == ("Order number", "A=1")
    assert CASE.key_of("10000001") == "reference_number=10000001"


def test_a_search_asks_for_the_field_and_its_value():
    told = {"id": "f-1", "value": {"stringValue": "A-1"}}
    assert CASE.asked("f-1", "A-1") == {"filter": {"field": {"equalTo": told}}}
