"""Each kind of column on its way: verified, read, written, described, derived, in a template."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import get_args

import openpyxl
import pytest

from bulkops.definition.column_facts import facts_of
from bulkops.definition.column_kinds import COLUMN_KINDS, kind_of, written
from bulkops.definition.derived_job import derived
from bulkops.definition.expressions import Each
from bulkops.definition.job import Column, Job, Kind, Step
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.definition.kinds.found_things import Col
from bulkops.definition.model.operations import shape_at
from bulkops.definition.model.value_forms import json_form
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.sheets.output.template_workbook import write_template

NINE = {"Hours": 9, "Minutes": 0}
SLOT = {"Day": "MONDAY", "StartTime": NINE, "EndTime": {"Hours": 17, "Minutes": 0}}
FLOW = json.dumps(
    {
        "Version": "2019-10-30",
        "StartAction": "end",
        "Actions": [
            {
                "Identifier": "end",
                "Type": "DisconnectParticipant",
                "Parameters": {},
                "Transitions": {},
            }
        ],
    },
    separators=(",", ":"),
)
CELLS = {
    "text": ("Ana", "Ana", "0 to 255 characters"),
    "integer": ("30", 30, "0 to 2,000,000"),
    "number": ("2.5", 2.5, "1 to 5"),
    "boolean": ("yes", True, "yes or no"),
    "tags": ("team=blue; site=Cork", {"team": "blue", "site": "Cork"}, "key=value; 1 to 50 tags"),
    "map": ("1=0.5; 2=1", {"1": 0.5, "2": 1.0}, "key=value, or a JSON object"),
    "date": ("2026-12-24", date(2026, 12, 24), "a date, such as 2026-12-24"),
    "time": ("09:05", time(9, 5), "a time of day, such as 09:00 or 9:00 am"),
    "datetime": (
        "2026-12-24T09:00:00Z",
        datetime(2026, 12, 24, 9, tzinfo=UTC),
        "a date and time with Z or an offset",
    ),
    "duration": ("30", 30, "a duration in seconds, or such as 90s, 15 min, 1h30, 00:15:00: 0 to"),
    "json": (
        json.dumps([SLOT]),
        (SLOT,),
        "JSON: [{Day*, StartTime* {Hours*, Minutes*}, EndTime* {Hours*, Minutes*}}, …]",
    ),
    "flow": (FLOW, FLOW, "a flow as JSON"),
}
"""Kind → a cell as bulkops writes it, what it means, and how what is allowed begins."""
KINDS = sorted(CELLS)
ELSEWHERE = {
    "number": (
        "connect",
        "UpdateUserProficiencies",
        lambda cell: {"UserProficiencies": Each({"Level": cell})},
    ),
    "map": (
        "lambda",
        "UpdateAlias",
        lambda cell: {"RoutingConfig": {"AdditionalVersionWeights": cell}},
    ),
    "date": ("connect", "UpdateHoursOfOperationOverride", lambda cell: {"EffectiveFrom": cell}),
    "time": (
        "connect",
        "UpdateHoursOfOperation",
        lambda cell: {"Config": Each({"StartTime": cell})},
    ),
    "datetime": ("connect", "UpdateContactSchedule", lambda cell: {"ScheduledTime": cell}),
    "duration": (
        "connect",
        "UpdateUserPhoneConfig",
        lambda cell: {"PhoneConfig": {"AfterContactWorkTimeLimit": cell}},
    ),
    "json": ("connect", "UpdateHoursOfOperation", lambda cell: {"Config": cell}),
    "flow": ("connect", "UpdateContactFlowContent", lambda cell: {"Content": cell}),
}
"""Kind → service, operation and arguments of a call that takes it, where CreateUser does not."""

USER = Job(
    name="all-kinds",
    summary="A column of each kind that CreateUser takes.",
    key=("username",),
    columns=(
        Column(name="username", help="Who.", required=True),
        *(
            Column(name=f"{kind}_column", help="One kind.", kind=kind)
            for kind in CELLS
            if kind not in ELSEWHERE
        ),
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


def job_of(kind):
    if kind not in ELSEWHERE:
        return USER
    service, operation, args = ELSEWHERE[kind]
    columns = (
        Column(name="username", help="Who.", required=True),
        Column(name=f"{kind}_column", help="One kind.", kind=kind),
    )
    step = Step(operation=operation, args=args(Col(f"{kind}_column")), irreversible="A test.")
    return replace(USER, service=service, columns=columns, steps=(step,))


def reader(kind):
    name = f"{kind}_column"
    job = job_of(kind)
    return CellReader(job.column(name), facts_of(job, name))


def test_every_kind_there_is_is_walked_here():
    assert set(CELLS) == set(COLUMN_KINDS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_read_and_its_value_written_as_it_stood(kind):
    cell, value, _ = CELLS[kind]
    assert reader(kind).read((cell,)) == (value, ())
    assert written(value) == cell
    if kind != "json":
        assert kind_of(value).texts(value) or kind_of(value) is COLUMN_KINDS[kind]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("json", "flow")])
def test_a_list_of_a_kind_is_read_and_written_part_by_part(kind):
    job = job_of(kind)
    column = job.column(f"{kind}_column")
    cell, value, _ = CELLS[kind]
    parts = replace(column, split="|")
    read, flaws = CellReader(parts, facts_of(job, column.name)).read((cell.replace(";", "|"),))
    held = value if COLUMN_KINDS[kind].is_map else (value,)
    assert (read, flaws) == (held, ())
    assert written(held, "; ") == cell


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_says_what_it_may_hold_and_fits_where_its_kind_is_sent(kind):
    columns = {each.column.name: each for each in describe(job_of(kind)).columns}
    assert columns[f"{kind}_column"].allowed.startswith(CELLS[kind][2])
    assert [fault for fault in faults_of(job_of(kind)) if f"{kind}_column" in fault] == []


FITS = {
    "text": {"date", "time", "datetime", "json", "flow"},
    "integer": {"duration"},
    "number": {"integer", "duration"},
    "boolean": set(),
    "tags": {"map", "json"},
    "map": {"tags", "json"},
    "date": {"text", "time", "datetime", "json", "flow"},
    "time": {"json"},
    "datetime": {"text"},
    "duration": {"integer"},
    "json": set(),
    "flow": {"text", "date", "time", "datetime", "json"},
}
"""Kind → the others that can be sent to the same member."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_fits_no_member_of_another(kind):
    job = job_of(kind)
    for other in set(KINDS) - {kind}:
        swapped = tuple(
            replace(column, kind=other) if column.name == f"{kind}_column" else column
            for column in job.columns
        )
        faults = [
            fault for fault in faults_of(replace(job, columns=swapped)) if f"{kind}_column" in fault
        ]
        assert bool(faults) is (other not in FITS[kind]), other
        assert all(fault.endswith(f"column {kind}_column holds {other}.") for fault in faults)


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
    job = job_of(kind)
    for default, kinds in (
        ("Ana", {"text", "flow"}),
        (30, {"integer", "duration"}),
        (True, {"boolean"}),
    ):
        columns = tuple(
            replace(column, default=default) if column.name == f"{kind}_column" else column
            for column in job.columns
        )
        faults = [each for each in faults_of(replace(job, columns=columns)) if "default" in each]
        assert bool(faults) is (kind not in kinds)


@pytest.mark.parametrize("job", [USER, *map(job_of, ELSEWHERE)])
def test_a_template_tells_each_kind_and_offers_its_words(tmp_path, job):
    path = tmp_path / "kinds.xlsx"
    write_template(job, path)
    book = openpyxl.load_workbook(path)
    data = book.worksheets[0]
    offered = {str(each.sqref)[0] for each in data.data_validations.dataValidation}
    for cell in data[1][1:]:
        kind = cell.value.removesuffix("_column")
        assert f"Allowed: {CELLS[kind][2]}" in cell.comment.text
        assert (cell.column_letter in offered) is bool(COLUMN_KINDS[kind].choices)


def test_a_kind_that_there_is_not_is_a_fault_of_the_job_and_never_read_as_text():
    columns = (*USER.columns[:-1], replace(USER.columns[-1], kind="tag"))
    faults = faults_of(replace(USER, columns=columns, key=("username", "tags_column")))
    assert 'column tags_column: there is no kind "tag". Did you mean "tags"?' in faults
    with pytest.raises(AssertionError, match="tag"):
        CellReader(columns[-1], facts_of(USER, "tags_column")).read(("a=b",))


def test_json_says_by_itself_what_is_several():
    columns = (USER.columns[0], replace(job_of("json").columns[1], split=";"))
    faults = faults_of(replace(job_of("json"), columns=columns))
    assert "column json_column holds JSON, which says by itself what is several." in faults


def test_values_are_written_by_their_form_where_the_column_is_not_known():
    assert written(NINE) == "09:00"
    assert written([NINE, {"Hours": 17, "Minutes": 30}]) == "09:00; 17:30"
    assert written({"a": 1, "b": True}) == "a=1; b=yes"
    assert written({"a": {"b": 1}}) == '{"a": {"b": 1}}'
    assert written({"a": [1], "b": None}) == '{"a": [1], "b": null}'
    assert written([SLOT]) == json.dumps([SLOT])
    assert written({"a": "b"}, kind="json") == '{"a": "b"}'
    assert (
        written({"at": [datetime(2026, 12, 24, tzinfo=UTC)]}) == '{"at": ["2026-12-24T00:00:00Z"]}'
    )
    assert written({"at": [b"x"]}) == '{"at": ["b\'x\'"]}'
    assert written(1e-7) == "0.0000001"
    assert written(datetime(2026, 12, 24)) == "2026-12-24T00:00:00"  # noqa: DTZ001  # as answered


def test_what_the_service_answers_is_written_as_a_cell_says_it():
    assert written(3.0) == "3"
    assert written(2.5) == "2.5"
    assert written([True, False]) == "yes; no"
    assert written(["a", ["b"]], "|") == "a|b"
    assert written(None) == "None", "what has no kind is written as it is"


@pytest.mark.parametrize(
    "changes", [{"split": ";"}, {"kind": "integer"}, {"secret": True}], ids=str
)
def test_only_one_text_or_json_that_is_no_secret_comes_from_a_file(changes):
    columns = (replace(USER.columns[1], name="x_column", file=True, **changes),)
    said = "column x_column takes files: only one text or JSON that is no secret does."
    assert said in faults_of(replace(USER, columns=columns))


def test_a_column_that_takes_files_says_so():
    def told(kind, **changes):
        job = job_of(kind)
        columns = (job.columns[0], replace(job.column(f"{kind}_column"), file=True, **changes))
        return describe(replace(job, columns=columns, steps=job.steps)).columns[1].allowed

    assert told("json").endswith("…]; or @ and the path of a file that holds it")
    schedule = Column(name="text_column", help="Content.", file=True)
    job = replace(
        USER,
        columns=(schedule,),
        steps=(Step(operation="CreateContactFlow", args={"Content": Col("text_column")}),),
    )
    assert describe(job).columns[0].allowed == (
        "at most 256,000 characters; or @ and the path of a file that holds it"
    )


def test_members_that_may_be_long_come_from_files_in_derived_jobs():
    def files(reference):
        return {column.name for column in derived(reference).columns if column.file}

    assert files("connect:CreateContactFlow") == {"content", "description"}
    assert "config" in files("connect:CreateHoursOfOperation")
    assert files("connect:UpdateUserRoutingProfile") == set()
    assert "data" in files("kinesis:PutRecord")
    assert "zip_file" not in files("lambda:UpdateFunctionCode"), "it is secret"
    assert "body" in files("s3:PutObject")


def test_json_of_a_column_that_feeds_nothing_is_said_as_json():
    job = replace(job_of("json"), steps=())
    assert describe(job).columns[1].allowed == "JSON"


def test_a_form_is_told_as_deep_as_can_be_read():
    def form(service, operation, path):
        return json_form(shape_at(service, operation, path)[0])

    assert form("connect", "CreateUser", "Tags") == "{key: text}"
    assert form("connect", "CreateUser", "SecurityProfileIds") == "[text, …]"
    assert len(form("connect", "CreateRule", "Actions")) <= 400
    with pytest.raises(KeyError):
        shape_at("connect", "CreateUser", "Nothing")
    with pytest.raises(KeyError):
        shape_at("iam", "DeleteAccountPasswordPolicy", "Nothing")
