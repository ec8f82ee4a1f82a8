from __future__ import annotations

import openpyxl
import pytest

from bulkops import __version__
from bulkops.definition import Again, Col, Column, Find, Job, Look, Step
from bulkops.errors import SheetError
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.output.template_workbook import write_template

JOB = Job(
    name="make-users",
    summary="Make users.",
    key=("username",),
    columns=(
        Column(name="username", required=True, help="The name to log in with.", example="a.byrne"),
        Column(name="password", secret=True, required_for=("CONNECT_MANAGED",), help="The first."),
        Column(
            name="profiles",
            required=True,
            split=";|",
            help="The names of the security profiles.",
            example="Agent;Admin",
        ),
        Column(name="routing", required=True, help="The routing profile.", example="=Basic"),
        Column(
            name="phone_type",
            default="SOFT_PHONE",
            spellings={"DESK_PHONE": ("desk", "desk phone")},
            help="Where calls come to.",
        ),
        Column(name="desk_phone", required_if=("phone_type", "DESK_PHONE"), help="The number."),
        Column(name="auto_accept", kind="boolean", default=False, help="By themselves."),
    ),
    steps=(
        Step(
            operation="CreateUser",
            args={
                "Username": Col("username"),
                "Password": Col("password"),
                "SecurityProfileIds": Find("security-profile", Col("profiles")),
                "RoutingProfileId": Find("routing-profile", Col("routing")),
                "PhoneConfig": {
                    "PhoneType": Col("phone_type"),
                    "DeskPhoneNumber": Col("desk_phone"),
                    "AutoAccept": Col("auto_accept"),
                },
            },
            subject=Find("user", Col("username")),
            settle=Look(),
            undo=Step(operation="DeleteUser", args={"UserId": Col("username")}, settle=Again()),
        ),
    ),
)
HEADERS = tuple(column.name for column in JOB.columns)
NAMES = {
    "routing-profile": [f"Profile {number}, with a comma" for number in range(40)],
    "security-profile": ["Agent", "=1+1"],
}


@pytest.fixture
def book(tmp_path):
    write_template(JOB, tmp_path / "t.xlsx", NAMES)
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def test_a_template_is_read_back_as_the_job_s_headers_and_no_rows(tmp_path):
    write_template(JOB, tmp_path / "t.xlsx", NAMES)
    table = read_table(tmp_path / "t.xlsx", known_headers=HEADERS)
    assert (table.headers, len(table), table.problems, table.sheet) == (
        HEADERS,
        0,
        (),
        "make-users",
    )


def test_a_csv_template_is_the_headers(tmp_path):
    write_template(JOB, tmp_path / "t.CSV")
    assert (tmp_path / "t.CSV").read_text("utf-8-sig") == ",".join(HEADERS) + "\n"


def test_another_name_is_refused(tmp_path):
    with pytest.raises(SheetError, match=r"name the template \.xlsx or \.csv"):
        write_template(JOB, tmp_path / "t.ods")


def test_headers_are_coloured_by_need_and_explained(book):
    page = book["make-users"]
    colours = {cell.value: cell.fill.fgColor.rgb[2:] for cell in page[1]}
    assert colours == {
        "username": "1F3864",
        "password": "2F75B5",
        "profiles": "1F3864",
        "routing": "1F3864",
        "phone_type": "7F7F7F",
        "desk_phone": "2F75B5",
        "auto_accept": "7F7F7F",
    }
    assert page["C1"].comment.text == (
        "Required. The names of the security profiles.\n"
        "Allowed: the name of a security profile; 1 to 10 values.\n"
        "Several values: separated by ; or |\n"
        "Example: Agent;Admin"
    )
    assert "Required where phone_type is DESK_PHONE. The number." in page["F1"].comment.text
    assert "Left empty: no." in page["G1"].comment.text
    assert "Left empty: SOFT_PHONE." in page["E1"].comment.text
    assert page["A1"].font.name == "Calibri"
    assert page.freeze_panes == "A2"


def test_whole_columns_are_text(book):
    page = book["make-users"]
    for letter in "ABCDEFG":
        assert page.column_dimensions[letter].number_format == "@"
        assert page[f"{letter}2"].number_format == "@"
        assert page[f"{letter}301"].number_format == "@"


def test_drop_downs_come_from_a_hidden_sheet_of_any_length(book):
    rules = {
        str(rule.sqref): (rule.formula1, rule.errorStyle)
        for rule in book["make-users"].data_validations.dataValidation
    }
    assert rules == {
        "C2:C1048576": ("bulkops_list_3", "warning"),
        "D2:D1048576": ("bulkops_list_4", "stop"),
        "E2:E1048576": ("bulkops_list_5", "warning"),
        "G2:G1048576": ("bulkops_list_7", "warning"),
    }
    lists = book["Lists"]
    assert lists.sheet_state == "hidden"
    assert book.defined_names["bulkops_list_4"].attr_text == "Lists!$D$2:$D$41"
    assert [lists.cell(row=row, column=4).value for row in (2, 41)] == [
        NAMES["routing-profile"][0],
        NAMES["routing-profile"][39],
    ]
    assert [lists.cell(row=row, column=5).value for row in (1, 2, 3)] == [
        "phone_type",
        "SOFT_PHONE",
        "DESK_PHONE",
    ]
    assert (lists["C3"].value, lists["C3"].data_type) == ("=1+1", "s")


def test_prompts_keep_excel_s_limits(book):
    for rule in book["make-users"].data_validations.dataValidation:
        assert 0 < len(rule.prompt) <= 255
        assert 0 < len(rule.promptTitle) <= 32


def test_a_begun_row_shows_what_it_lacks(book):
    rules = {
        str(cells.sqref): cells.rules[0].formula[0]
        for cells in book["make-users"].conditional_formatting
    }
    assert rules == {
        f"{letter}2:{letter}1048576": f"AND(LEN(TRIM(${letter}2))=0,COUNTA($A2:$G2)>0)"
        for letter in "ACD"
    } | {
        "F2:F1048576": (
            'AND(LEN(TRIM($F2))=0,OR(LOWER(TRIM($E2))="desk_phone",'
            'LOWER(TRIM($E2))="desk",LOWER(TRIM($E2))="desk phone"))'
        )
    }


def test_the_guide_explains_every_column_and_has_an_example_row(book):
    page = book["How to fill in"]
    texts = [[cell.value for cell in row] for row in page.iter_rows()]
    assert texts[0][0] == "Make users."
    assert [row[0] for row in texts[4:11]] == list(HEADERS)
    assert texts[7][:5] == [
        "routing",
        "Required",
        "The routing profile.",
        "the name of a routing profile",
        "=Basic",
    ]
    assert page["E8"].data_type == "s"
    assert tuple(texts[-2]) == HEADERS
    assert texts[-1] == ["a.byrne", None, "Agent;Admin", "=Basic", None, None, None]


def test_job_and_version_are_written_down(book):
    assert [(each.name, each.value) for each in book.custom_doc_props.props] == [
        ("bulkops.template", f"make-users/{__version__}")
    ]


def test_without_names_there_are_only_the_lists_that_the_model_knows(tmp_path):
    write_template(JOB, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    rules = book["make-users"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ["bulkops_list_5", "bulkops_list_7"]
