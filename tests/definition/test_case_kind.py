from __future__ import annotations

from bulkops.definition.thing_kinds import KINDS

CASE = KINDS["case"].sought
ID = "01234567-89ab-4def-8123-456789abcdef"


def test_a_case_is_called_by_its_number_its_id_or_a_field():
    assert CASE.parts("10000001") == ("reference_number", "10000001")
    assert CASE.parts(ID) == ("id", ID)
    assert CASE.parts("Order number=A=1") == ("Order number", "A=1")
    assert CASE.key_of("10000001") == "reference_number=10000001"


def test_a_search_asks_for_a_field_with_any_of_several_values():
    first, second = (
        {"field": {"equalTo": {"id": "f-1", "value": {"stringValue": each}}}} for each in "AB"
    )
    assert CASE.asked("f-1", ["A", "B"]) == {
        "filter": {"orAll": [first, second]},
        "fields": [{"id": "f-1"}],
    }
    assert CASE.most == 10
