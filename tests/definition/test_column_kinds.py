"""Each kind of column on its way: verified, read, written, described, derived, in a template."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import openpyxl
import pytest

from bulkops.definition.column_facts import facts_of
from bulkops.definition.column_kinds import COLUMN_KINDS, kind_of, written
from bulkops.definition.derived_job import derived
from bulkops.definition.expressions import Col
from bulkops.definition.job import Column, Job, Kind, Step
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.sheets.output.template_workbook import write_template

CELLS = {
    "text": ("Ana", "Ana", "0 to 255 characters"),
    "integer": ("30", 30, "0 to 2,000,000"),
    "boolean": ("yes", True, "yes or no"),
    "tags": ("team=blue; site=Cork", {"team": "blue", "site": "Cork"}, "key=value; 1 to 50 tags"),
}
"""Kind → a cell as bulkops writes it, what it means, and how what is allowed begins."""
KINDS = sorted(CELLS)

JOB = Job(
    name="all-kinds",
    summary="A column of each kind.",
    key=("username",),
    columns=(
        Column(name="username", help="Who.", required=True),
        *(Column(name=f"{kind}_column", help="One kind.", kind=kind) for kind in CELLS),
    ),
    steps=(
        Step(
            operation="CreateUser",
            args={
                "Username": Col("username"),
                "IdentityInfo": {"FirstName": Col("text_column")},
                "PhoneConfig": {
                    "AfterContactWorkTimeLimit": Col("integer_column"),
                    "AutoAccept": Col("boolean_column"),
                },
                "Tags": Col("tags_column"),
                "SecurityProfileIds": ["x"],
                "RoutingProfileId": "y",
            },
            irreversible="For this test.",
        ),
    ),
)


def reader(kind):
    name = f"{kind}_column"
    return CellReader(JOB.column(name), facts_of(JOB, name))


def test_every_kind_there_is_is_walked_here():
    assert set(CELLS) == set(COLUMN_KINDS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_read_and_its_value_written_as_it_stood(kind):
    cell, value, _ = CELLS[kind]
    assert reader(kind).read((cell,)) == (value, ())
    assert written(value) == cell
    assert kind_of(value) is COLUMN_KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_a_kind_is_read_and_written_part_by_part(kind):
    column = JOB.column(f"{kind}_column")
    cell, value, _ = CELLS[kind]
    parts = replace(column, split="|")
    read, flaws = CellReader(parts, facts_of(JOB, column.name)).read((cell.replace(";", "|"),))
    held = value if COLUMN_KINDS[kind].is_map else (value,)
    assert (read, flaws) == (held, ())
    assert written(held, "; ") == cell


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_says_what_it_may_hold_and_fits_where_its_kind_is_sent(kind):
    columns = {each.column.name: each for each in describe(JOB).columns}
    assert columns[f"{kind}_column"].allowed.startswith(CELLS[kind][2])
    assert [fault for fault in faults_of(JOB) if f"{kind}_column" in fault] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_fits_no_member_of_another(kind):
    others = {other for other in KINDS if other != kind}
    for other in others:
        swapped = tuple(
            replace(column, kind=other) if column.name == f"{kind}_column" else column
            for column in JOB.columns
        )
        (fault,) = (
            fault for fault in faults_of(replace(JOB, columns=swapped)) if f"{kind}_column" in fault
        )
        assert fault.endswith(f"column {kind}_column holds {other}.")


def test_each_type_of_member_makes_one_kind_of_column_at_most():
    made = [each for kind in COLUMN_KINDS.values() for each in kind.derived_from]
    assert len(made) == len(set(made))
    for kind in COLUMN_KINDS.values():
        assert kind.derived_from <= kind.feeds


def test_a_derived_job_has_columns_of_the_kinds_that_its_members_make():
    kinds = {column.name: column.kind for column in derived("connect:CreateAgentStatus").columns}
    assert kinds["name"] == "text"
    assert kinds["display_order"] == "integer"
    assert kinds["tags"] == "tags"


@pytest.mark.parametrize("kind", KINDS)
def test_a_default_is_of_the_kind_s_own_type(kind):
    for other in ("text", "integer", "boolean"):
        columns = tuple(
            replace(column, default=CELLS[other][1]) if column.name == f"{kind}_column" else column
            for column in JOB.columns
        )
        faults = [each for each in faults_of(replace(JOB, columns=columns)) if "default" in each]
        assert bool(faults) is (other != kind)


def test_a_template_tells_each_kind_and_offers_its_words(tmp_path):
    path = tmp_path / "kinds.xlsx"
    write_template(JOB, path)
    book = openpyxl.load_workbook(path)
    data = book.worksheets[0]
    offered = {str(each.sqref)[0] for each in data.data_validations.dataValidation}
    for cell in data[1][1:]:
        kind = cell.value.removesuffix("_column")
        assert f"Allowed: {CELLS[kind][2]}" in cell.comment.text
        assert (cell.column_letter in offered) is bool(COLUMN_KINDS[kind].choices)


def test_a_kind_that_there_is_not_is_a_fault_of_the_job_and_never_read_as_text():
    columns = (*JOB.columns[:-1], replace(JOB.columns[-1], kind="tag"))
    faults = faults_of(replace(JOB, columns=columns, key=("username", "tags_column")))
    assert 'column tags_column: there is no kind "tag". Did you mean "tags"?' in faults
    with pytest.raises(AssertionError, match="tag"):
        CellReader(columns[-1], facts_of(JOB, "tags_column")).read(("a=b",))


def test_what_the_service_answers_is_written_as_a_cell_says_it():
    assert written(3.0) == "3"
    assert written(2.5) == "2.5"
    assert written([True, False]) == "yes; no"
    assert written(["a", ["b"]], "|") == "a|b"
    assert written(None) == "None", "what has no kind is written as it is"
