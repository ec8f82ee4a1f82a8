from __future__ import annotations

import pytest

SAID = {"TimeZone": "Europe/Dublin", "ValueLockLevel": "NONE"}


def made(centre, name="Codes", **more):
    asked = {**SAID, "Status": "PUBLISHED", "Name": name, **more}
    return {"DataTableId": centre.ask("CreateDataTable", **asked)["Id"]}


def with_columns(centre, level="NONE"):
    table = made(centre, ValueLockLevel=level)
    for column in (
        {"Name": "Code", "ValueType": "TEXT", "Primary": True},
        {"Name": "Area", "ValueType": "TEXT", "Primary": True},
        {"Name": "Meaning", "ValueType": "TEXT"},
        {"Name": "Weight", "ValueType": "NUMBER", "Validation": {"Minimum": 1}},
    ):
        centre.ask("CreateDataTableAttribute", **table, **column)
    return table


def cell(code="a", value="x", attribute="Meaning", **more):
    primary = [
        {"AttributeName": "Area", "Value": "north"},
        {"AttributeName": "Code", "Value": code},
    ]
    return {"PrimaryValues": primary, "AttributeName": attribute, "Value": value, **more}


def sent(centre, what, table, *items):
    """Return how many items were done, and why the others were not."""
    reply = centre.ask(f"Batch{what}DataTableValue", **table, Values=list(items))
    return len(reply["Successful"]), [each["Message"] for each in reply["Failed"]]


def there(centre, table, **asked):
    return centre.ask("ListDataTableValues", **table, **asked)["Values"]


def values(centre, table):
    return [each["Value"] for each in there(centre, table)]


def unvalued(item):
    return {name: value for name, value in item.items() if name != "Value"}


def test_a_table_is_described_with_its_lock_version_and_searched_without(centre):
    table = made(centre, Description="Short", Tags={"a": "b"})
    told = centre.ask("DescribeDataTable", **table)["DataTable"]
    assert (told["Description"], told["Tags"], told["Status"]) == (
        "Short",
        {"a": "b"},
        "PUBLISHED",
    )
    assert told["LockVersion"]["DataTable"]
    found = centre.ask("SearchDataTables")["DataTables"]
    assert [each["Name"] for each in found] == ["Tariffs", "Tickets", "Old prices", "Codes"]
    assert not any("LockVersion" in each for each in found)


@pytest.mark.parametrize("name", ["codes", "  CODES "])
def test_a_name_is_one_to_the_service_whatever_its_case_and_trimmed(centre, name):
    made(centre)
    asked = {**SAID, "Status": "PUBLISHED", "Name": name}
    assert centre.code("CreateDataTable", **asked) == "DuplicateResourceException"
    other = made(centre, "Others")
    renamed = {**SAID, **other, "Name": name}
    assert centre.code("UpdateDataTableMetadata", **renamed) == "DuplicateResourceException"


@pytest.mark.parametrize("name", ["connect:codes", "AWS:codes", " "])
def test_reserved_and_blank_names_are_refused(centre, name):
    asked = {**SAID, "Status": "PUBLISHED", "Name": name}
    assert centre.code("CreateDataTable", **asked) == "InvalidParameterException"


def test_an_update_loses_what_it_leaves_out(centre):
    table = made(centre, Description="Short")
    assert centre.code("UpdateDataTableMetadata", **table, Name="X") == "InvalidRequestException"
    before = centre.ask("DescribeDataTable", **table)["DataTable"]["LockVersion"]
    centre.ask("UpdateDataTableMetadata", **table, **SAID, Name="Letters")
    told = centre.ask("DescribeDataTable", **table)["DataTable"]
    assert (told["Name"], told.get("Description")) == ("Letters", None)
    assert told["LockVersion"] != before


def test_an_instance_holds_a_hundred_tables(centre):
    for number in range(97):
        made(centre, f"T{number}")
    asked = {**SAID, "Status": "PUBLISHED", "Name": "More"}
    assert centre.code("CreateDataTable", **asked) == "ServiceQuotaExceededException"


def test_a_table_goes_with_all_that_is_in_it(centre):
    table = with_columns(centre)
    sent(centre, "Create", table, cell())
    centre.ask("DeleteDataTable", **table)
    assert centre.code("ListDataTableValues", **table) == "ResourceNotFoundException"
    again = with_columns(centre)
    assert values(centre, again) == []


def test_attributes_are_of_their_table_alone(centre):
    table = with_columns(centre)
    listed = centre.ask("ListDataTableAttributes", **table)["Attributes"]
    assert [each["Name"] for each in listed] == ["Code", "Area", "Meaning", "Weight"]
    one = {**table, "Name": "CODE", "ValueType": "TEXT"}
    assert centre.code("CreateDataTableAttribute", **one) == "DuplicateResourceException"
    only = centre.ask("ListDataTableAttributes", **table, AttributeIds=[listed[2]["AttributeId"]])
    assert [each["Name"] for each in only["Attributes"]] == ["Meaning"]
    other = made(centre, "Others")
    asked = {**other, "AttributeName": "Code"}
    assert centre.code("DescribeDataTableAttribute", **asked) == "ResourceNotFoundException"
    assert centre.code("DeleteDataTableAttribute", **asked) == "ResourceNotFoundException"


def test_an_attribute_that_is_updated_loses_what_is_left_out(centre):
    table = with_columns(centre)
    weight = {**table, "AttributeName": "Weight"}
    centre.ask("UpdateDataTableAttribute", **weight, Name="Weight", ValueType="NUMBER")
    told = centre.ask("DescribeDataTableAttribute", **weight)["Attribute"]
    assert "Validation" not in told
    taken = {"Name": "Meaning", "ValueType": "NUMBER"}
    assert centre.code("UpdateDataTableAttribute", **weight, **taken) == "ConflictException"


@pytest.mark.parametrize(
    "said",
    [
        {"ValueType": "NUMBER", "Validation": {"Minimum": 2, "Maximum": 1}},
        {"ValueType": "TEXT_LIST", "Primary": True},
        {"Name": "connect:x", "ValueType": "TEXT"},
    ],
)
def test_attributes_that_make_no_sense_are_refused(centre, said):
    asked = {**made(centre), "Name": "N", **said}
    assert centre.code("CreateDataTableAttribute", **asked) == "InvalidParameterException"


def test_what_tells_records_apart_stays_while_there_are_values(centre):
    table = with_columns(centre)
    sent(centre, "Create", table, cell())
    code = {**table, "AttributeName": "Code"}
    asked = {**table, "Name": "More", "ValueType": "TEXT", "Primary": True}
    assert centre.code("DeleteDataTableAttribute", **code) == "InvalidRequestException"
    assert centre.code("CreateDataTableAttribute", **asked) == "InvalidRequestException"
    plain = {"Name": "Code", "ValueType": "TEXT"}
    assert centre.code("UpdateDataTableAttribute", **code, **plain) == "InvalidRequestException"
    centre.ask("DeleteDataTableAttribute", **table, AttributeName="Meaning")
    assert values(centre, table) == []
    centre.ask("DeleteDataTableAttribute", **code)


def test_each_value_succeeds_or_fails_by_itself(centre):
    table = with_columns(centre)
    done, failed = sent(
        centre,
        "Create",
        table,
        cell(),
        cell(value="again"),
        cell(attribute="Colour"),
        cell(attribute="Code"),
        {"AttributeName": "Meaning", "Value": "x"},
        cell("b", "heavy", "Weight"),
        cell("b", "0.5", "Weight"),
        cell("b", "2", "weight"),
    )
    assert (done, len(failed)) == (2, 6)
    assert values(centre, table) == ["x", "2"]
    assert sent(centre, "Update", table, cell(value="y"), cell("c"))[0] == 1
    assert values(centre, table) == ["y", "2"]
    gone = unvalued(cell(LockVersion={}))
    assert sent(centre, "Delete", table, gone, gone) == (1, ["The value was not found."])


@pytest.mark.parametrize(
    ("level", "stale"),
    [
        ("NONE", []),
        ("VALUE", ["a Meaning"]),
        ("PRIMARY_VALUE", ["a Meaning", "a Weight"]),
        ("ATTRIBUTE", ["a Meaning", "b Meaning"]),
        ("DATA_TABLE", ["a Meaning", "a Weight", "b Meaning"]),
    ],
)
def test_an_edit_needs_the_version_that_its_lock_level_names(centre, level, stale):
    table = with_columns(centre, level)
    sent(centre, "Create", table, cell(), cell("a", "2", "Weight"), cell("b"))
    before = there(centre, table)
    locks = {
        f"{each['PrimaryValues'][0]['Value']} {each['AttributeName']}": each["LockVersion"]
        for each in before
    }
    first = cell(value="new", LockVersion=locks["a Meaning"])
    assert sent(centre, "Update", table, first)[0] == 1
    refused = [
        name
        for name, lock in locks.items()
        for code, attribute in (name.split(),)
        for item in (cell(code, "3", attribute, LockVersion=lock),)
        if not sent(centre, "Update", table, item)[0]
    ]
    assert refused == stale
    fresh = there(centre, table)[0]["LockVersion"]
    assert sent(centre, "Update", table, cell(value="newest", LockVersion=fresh))[0] == 1
    if level != "NONE":
        assert sent(centre, "Update", table, cell(value="blind"))[0] == 0


def test_the_versions_of_an_answer_are_those_of_the_next_edit(centre):
    table = with_columns(centre, "DATA_TABLE")
    reply = centre.ask("BatchCreateDataTableValue", **table, Values=[cell(), cell("b")])
    locks = [each["LockVersion"] for each in reply["Successful"]]
    both = [cell(value="1", LockVersion=locks[0]), cell("b", "2", LockVersion=locks[1])]
    assert sent(centre, "Update", table, *both) == (2, [])


def test_values_are_listed_by_record_and_by_primary_value(centre):
    table = with_columns(centre)
    sent(centre, "Create", table, cell(), cell("b", "y"))
    wanted = [{"AttributeName": "Code", "Values": ["b"]}]
    (only,) = there(centre, table, PrimaryAttributeValues=wanted)
    assert only["Value"] == "y"
    assert there(centre, table, RecordIds=[only["RecordId"]]) == [only]


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ({"ValueType": "BOOLEAN"}, "true", "yes"),
        ({"ValueType": "NUMBER", "Validation": {"MultipleOf": 2}}, "4", "3"),
        ({"ValueType": "NUMBER", "Validation": {"ExclusiveMinimum": 2}}, "2.1", "2"),
        ({"ValueType": "TEXT", "Validation": {"MaxLength": 2}}, "ab", "abc"),
        (
            {
                "ValueType": "TEXT",
                "Validation": {"Enum": {"Strict": True, "Values": ["A"]}, "IgnoreCase": True},
            },
            "a",
            "b",
        ),
        ({"ValueType": "TEXT_LIST", "Validation": {"MaxValues": 1}}, '["a"]', '["a", "b"]'),
        ({"ValueType": "NUMBER_LIST"}, "[1, 2]", '["x"]'),
        ({"ValueType": "TEXT_LIST"}, "[]", "a, b"),
    ],
)
def test_a_value_must_be_what_its_attribute_lets_it_be(centre, column, good, bad):
    table = made(centre)
    centre.ask("CreateDataTableAttribute", **table, Name="N", **column)
    wrong, right = ({"AttributeName": "N", "Value": value} for value in (bad, good))
    assert sent(centre, "Create", table, wrong)[0] == 0
    assert sent(centre, "Create", table, right) == (1, [])
