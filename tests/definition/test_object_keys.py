from __future__ import annotations

import pytest

from bulkops.definition.object_keys import owner_keys, unique_value

ORDER = {
    "Fields": {
        "orderId": {"Source": "_source.order.id"},
        "shop": {"Source": "_source.shop"},
    },
    "Keys": {
        "_account": [{"StandardIdentifiers": ["PROFILE"], "FieldNames": ["account"]}],
        "order": [
            {"FieldNames": ["shop"]},
            {"StandardIdentifiers": ["UNIQUE"], "FieldNames": ["shop", "orderId"]},
        ],
    },
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"order": {"id": 7}, "shop": "Cork"}', "Cork 7"),
        ('{"order": {"id": 7}}', ""),
        ('{"order": 7, "shop": "Cork"}', ""),
    ],
)
def test_an_object_is_told_by_all_fields_of_its_types_unique_key(text, value):
    assert unique_value(ORDER, text) == value


def test_a_field_without_a_source_is_a_member_of_its_name_and_a_type_may_have_no_such_key():
    named = {"Keys": {"k": [{"StandardIdentifiers": ["UNIQUE"], "FieldNames": ["a"]}]}}
    assert unique_value(named, '{"a": 1}') == "1"
    assert unique_value({}, '{"a": 1}') == ""


def test_whose_an_object_is_its_types_keys_of_profiles_tell():
    assert owner_keys(ORDER, '{"account": "A-1"}') == {"_account": "A-1"}
    assert owner_keys(ORDER, '{"shop": "Cork"}') == {}
    assert owner_keys({}, "{}") == {}
