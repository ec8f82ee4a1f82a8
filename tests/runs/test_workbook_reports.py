"""What a workbook's run leaves: each row under its sheet's name, on sheets like its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import anyio
import openpyxl
import pytest

from bulkops import results_async, results_frame_async
from bulkops.errors import ChangedError, Exit, RefusedError
from bulkops.ledger.states import RowStatus
from bulkops.reports.results import write_results
from bulkops.runs.history import describe_runs, report_again
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.plan import plan
from bulkops.runs.run_record import record_of
from bulkops.runs.saved_plan import open_plan, require_same
from bulkops.sim.virtual_clock import VirtualLoop
from bulkops.targets.request import Anew, SheetChoice
from tests.office import Office
from tests.reports.paper import (
    FACTS,
    PaperLedger,
    colour,
    csv_rows,
    failed,
    now,
    sheet_rows,
    values,
)
from tests.runs.test_retry import refusing, with_faults
from tests.runs.test_workbook_run import QUEUES, USERS, workbook

GROUPS = [["hierarchy_group"], ["North/West"], ["North"]]
SHEETS = {"Users": USERS, "Hierarchy groups": GROUPS, "Queues": QUEUES}
CODE = "InvalidParameterException"
WAITS = "waits for Hierarchy groups row 3, which failed: No."


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def ending(office):
    """Run a workbook of three sheets of which a row on two of them is refused."""
    mishaps = refusing("CreateUserHierarchyGroup", calls=(1,)), refusing("CreateUser", calls=(1,))
    path = workbook(office.folder, SHEETS)
    with pytest.MonkeyPatch.context() as patch:
        with_faults(patch).extend(mishaps)
        run = partial(office.run, "workbook", path, on_exists="update")
        ended = anyio.run(run, backend_options={"loop_factory": VirtualLoop})
    assert ended.exit is Exit.SOME_FAILED
    return ended


def dicts(rows):
    header, *rows = rows
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_table_of_all_rows_names_the_sheet_of_each(ending):
    found = dicts(csv_rows(ending.folder / "results.csv"))
    names = ("bulkops_sheet", "bulkops_row", "bulkops_key", "bulkops_status", "bulkops_error")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("Hierarchy groups", "2", "North/West", "pending", WAITS),
        ("Hierarchy groups", "3", "North", "failed", "No."),
        ("Queues", "2", "Sales desk", "succeeded", ""),
        ("Users", "2", "ana", "failed", "No."),
        ("Users", "3", "ben", "succeeded", ""),
    ]
    assert list(found[0])[:3] == ["bulkops_sheet", "bulkops_row", "bulkops_key"]


def test_results_have_the_sheets_of_the_workbook_with_their_own_columns(ending):
    path = ending.folder / "results.xlsx"
    assert openpyxl.load_workbook(path).sheetnames == [
        "Hierarchy groups",
        "Queues",
        "Users",
        "Summary",
    ]
    users = values(path, "Users")
    assert users[0][:7] == [*USERS[0], "bulkops_row"]
    assert users[1][:8] == ["ana", "***", *USERS[1][2:], 2, "ana"]
    summary = values(path, "Summary")
    at = next(place for place, row in enumerate(summary) if row[0] == "Sheet" and row[1] == "Rows")
    assert [row[:3] for row in summary[at + 1 : at + 4]] == [
        ["Hierarchy groups", 2, "1 failed, 1 pending; 1 waiting for a failed row"],
        ["Queues", 1, "1 succeeded"],
        ["Users", 2, "1 succeeded, 1 failed"],
    ]
    assert summary[-1][5] == "Hierarchy groups 3; Users 2"


def test_rows_to_fix_stand_on_their_sheets_with_what_is_wrong_before_them(ending):
    path = ending.folder / "failed.xlsx"
    assert openpyxl.load_workbook(path).sheetnames == ["Hierarchy groups", "Users"]
    header, ana = values(path, "Users")
    lead = ["bulkops_row", "bulkops_status", "bulkops_error", "bulkops_hint"]
    assert header[:11] == [*lead, *USERS[0], "bulkops_key"]
    assert [*ana[:3], *ana[4:6]] == [2, "failed", "No.", "ana", "***"]
    # ours are coloured, and of the person's own the one by which the row is known
    cells = sheet_rows(path, "Users")[1]
    assert [bool(colour(cell)) for cell in cells[:7]] == [True] * 5 + [False] * 2
    assert len({colour(cell) for cell in (*cells[:5], cells[-1])}) == 1
    to_fix = dicts(csv_rows(ending.folder / "failed.csv"))
    assert [(row["bulkops_sheet"], row["bulkops_row"]) for row in to_fix] == [
        ("Hierarchy groups", "3"),
        ("Users", "2"),
    ]


def test_rows_to_fix_are_read_as_a_workbook(ending):
    path = ending.folder / "failed.xlsx"
    inputs = read_inputs("workbook", SheetChoice(path=path), "update")
    assert [table.sheet for table in inputs.tables] == ["Hierarchy groups", "Users"]
    assert not [each for order in inputs.orders for each in order.headers.problems]


def test_the_page_and_the_manifest_tell_of_each_sheet(ending):
    page = (ending.folder / "report.html").read_text("utf-8")
    assert "The sheets" in page
    assert "Hierarchy groups 3; Users 2" in page
    assert "waiting for a failed row" in page
    counts = json.loads((ending.folder / "run.json").read_text("utf-8"))["counts"]
    assert {sheet: here["failed"] for sheet, here in counts["by_sheet"].items()} == {
        "Hierarchy groups": 1,
        "Queues": 0,
        "Users": 1,
    }


def test_events_have_the_sheet_and_the_row_there(office, ending):
    told = [facts for event, facts in office.events if event == "row"]
    assert sorted((each["sheet"], each["row"]) for each in told if each["status"] == "failed") == [
        ("Hierarchy groups", 3),
        ("Users", 2),
    ]
    written = (ending.folder / "events.ndjson").read_text("utf-8").splitlines()
    assert {each["sheet"] for each in map(json.loads, written) if each["event"] == "row"} == set(
        SHEETS
    )


def test_who_waits_for_a_failed_row_is_counted_by_sheet(ending):
    counts = json.loads((ending.folder / "run.json").read_text("utf-8"))["counts"]
    assert counts["waiting_for_failed"] == {"Hierarchy groups": 1}


async def test_reports_made_again_are_the_same(office, ending):
    before = {name: (ending.folder / name).read_bytes() for name in ("results.csv", "failed.csv")}
    await report_again(office.runs_dir, ending.run)
    assert before == {name: (ending.folder / name).read_bytes() for name in before}


async def test_a_list_of_runs_tells_how_far_each_sheet_is(office, ending):
    (line,) = await describe_runs(office.runs_dir, [ending.run])
    assert line.sheets["Users"] == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 1}
    assert line.as_json()["sheets"]["Queues"]["succeeded"] == 1


async def test_results_in_python_have_the_sheet_and_the_row_there(office, ending):
    rows = await results_async(ending.run, runs_dir=office.runs_dir)
    assert [(row.sheet, row.number) for row in rows][-2:] == [("Users", 2), ("Users", 3)]
    frame = await results_frame_async(ending.run, runs_dir=office.runs_dir)
    assert list(frame["bulkops_sheet"]) == ["Hierarchy groups"] * 2 + ["Queues"] + ["Users"] * 2
    users = await results_frame_async(ending.run, sheet="Users", runs_dir=office.runs_dir)
    assert list(users["username"]) == ["ana", "ben"]
    assert list(users["bulkops_row"]) == [2, 3]
    with pytest.raises(RefusedError, match="Its sheets: Hierarchy groups, Queues, Users"):
        await results_frame_async(ending.run, sheet="Agents", runs_dir=office.runs_dir)


async def test_a_plan_that_moved_says_where_by_sheet_and_row(tmp_path):
    office = Office(tmp_path)
    path = workbook(tmp_path, SHEETS)
    request = office.request("workbook", path, on_exists="update")
    await plan(request, world=office.world, save=tmp_path / "centre.bulkplan")
    saved = await open_plan(tmp_path / "centre.bulkplan", Anew(runs_dir=office.runs_dir))
    await office.run("workbook", workbook(tmp_path, {"Queues": QUEUES}, "queues.xlsx"))
    summary, targets = await plan(request, world=office.world)
    with pytest.raises(ChangedError, match="Queues row 2 was create of Sales desk"):
        require_same(saved, summary, targets)


def test_rows_to_fix_take_the_mapping_of_their_workbook_along(tmp_path):
    office = Office(tmp_path)
    mapping = [["kind", "source", "name", "target", "flow"], ["queue", "q-1", "Sales", "Desk", ""]]
    flows = [["flow", "type", "content"], ["Greeting", "CONTACT_FLOW", "{}"]]
    path = workbook(tmp_path, {"Flows": flows, "Mapping": mapping})
    request = office.request("workbook", path, on_exists="update")
    inputs = read_inputs("workbook", request.sheet, "update")
    world = replace(office.world, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    run = record_of(request, inputs, world)
    row = failed(2, cells=("Greeting", "CONTACT_FLOW", "{}"), error="No.", key="Greeting")
    now(write_results(PaperLedger([row], run=run), tmp_path, FACTS))
    again = read_inputs("workbook", SheetChoice(path=tmp_path / "failed.xlsx"), "update")
    assert openpyxl.load_workbook(tmp_path / "failed.xlsx").sheetnames == ["Flows", "Mapping"]
    (before,), (after,) = inputs.orders, again.orders
    assert before.mapping.rows
    assert after.mapping.rows == before.mapping.rows
