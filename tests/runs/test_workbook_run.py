"""A workbook of several jobs: read, checked, planned, carried out and taken back as one run."""

from __future__ import annotations

import openpyxl
import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import ChangedError, Exit, SheetError, UsageError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.sheet_numbers import numbered
from bulkops.problems import ProblemsFoundError
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.plan import plan
from bulkops.runs.run import run
from bulkops.runs.saved_plan import Approved, open_plan, require_unchanged
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.targets.request import Anew, ConductChoice, SheetChoice
from tests.runs.standing_by import take_back, try_again

QUEUES = [["queue", "description", "hours"], ["Sales desk", "New", "Basic Hours"]]
USERS = [
    ["username", "password", "first_name", "last_name", "security_profiles", "routing_profile"],
    ["ana", "Blue-Harbour-4711", "Ana", "Núñez", "Agent", "Billing"],
    ["ben", "Blue-Harbour-4712", "Ben", "O'Brien", "Agent", "Billing"],
]


def workbook(folder, sheets, name="centre.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


@pytest.fixture
def centre(office):
    return lambda **sheets: workbook(
        office.folder, {name.replace("_", " "): rows for name, rows in sheets.items()}
    )


def inputs_of(path, **choice):
    return read_inputs("workbook", SheetChoice(path=path, **choice), "update")


async def test_rows_of_all_sheets_are_one_run(office, centre):
    path = centre(Users=USERS, Queues=QUEUES)
    ending = await office.run("workbook", path, on_exists="update")
    assert ending.exit is Exit.DONE
    assert ending.counts == {RowStatus.SUCCEEDED: 3}
    again = await office.run("workbook", path, on_exists="update")
    assert again.counts == {RowStatus.UNCHANGED: 3}


async def test_rows_are_numbered_by_the_place_of_their_sheet(office, centre):
    ending = await office.run("workbook", centre(Users=USERS, Queues=QUEUES))
    ledger = SqliteLedger.open(ending.folder, readonly=True)
    rows = {row.number: row.key async for row in ledger.results()}
    record = await ledger.run()
    await ledger.close()
    assert rows == {2: "Sales desk", numbered(1, 2): "ana", numbered(1, 3): "ben"}
    sheets = record.meta["sheets"]
    assert [(each["place"], each["name"], each["job"]) for each in sheets] == [
        (0, "Queues", "create-queues"),
        (1, "Users", "create-users"),
    ]
    assert sheets[0]["mapping"] == {
        "queue": "queue",
        "description": "description",
        "hours": "hours_of_operation",
    }


async def test_no_password_of_a_workbook_is_kept(office, centre):
    ending = await office.run("workbook", centre(Users=USERS, Queues=QUEUES))
    files = [path for path in ending.folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path for path in files if b"Blue-Harbour" in path.read_bytes()]


async def test_a_workbook_is_gone_on_with_where_it_was_stopped(office, centre):
    path = centre(Users=USERS, Queues=QUEUES)
    office.answers.yes_to_canary = False
    ending = await office.run("workbook", path, limits=RunLimits(canary=1))
    assert ending.counts == {RowStatus.SUCCEEDED: 1, RowStatus.PENDING: 2}
    rest = await office.resume()
    assert rest.exit is Exit.DONE
    assert rest.counts == {RowStatus.SUCCEEDED: 3}


async def test_passwords_are_made_up_for_the_users_of_a_workbook(office, centre):
    users = [[cell for index, cell in enumerate(row) if index != 1] for row in USERS]
    path = centre(Queues=QUEUES, Users=users)
    ending = await office.run("workbook", path, sheet={"generate_passwords": True})
    assert ending.counts == {RowStatus.SUCCEEDED: 3}
    lines = (ending.folder / "passwords.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "target,username,password"
    assert [line.split(",")[1] for line in lines[1:]] == ["ana", "ben"]


async def test_problems_of_all_sheets_are_told_at_once(office, centre):
    queues = [QUEUES[0], ["Sales desk", "New", "No such hours"]]
    users = [USERS[0], ["ana", "", "Ana", "Núñez", "Agent", "Billing"]]
    with pytest.raises(ProblemsFoundError) as caught:
        await office.run("workbook", centre(Users=users, Queues=queues))
    places = [str(problem.address) for problem in caught.value.problems]
    assert places == ["Queues!C2", "Users!B2"]


async def test_rows_that_say_delete_are_taken_away_once_the_alias_was_typed(office, centre):
    await office.run("workbook", centre(Queues=QUEUES))
    doomed = [[*QUEUES[0], "action"], [*QUEUES[1], "delete"], ["Night desk", "", "Basic Hours", ""]]
    path = centre(Queues=doomed)
    ending = await office.run("workbook", path, confirm="bulkops-demo")
    assert ending.counts == {RowStatus.SUCCEEDED: 2}


async def test_what_a_workbook_deletes_for_good_is_kept_first(office, centre):
    await office.run("workbook", centre(Users=USERS))
    doomed = [[*USERS[0], "action"], [*USERS[1], "delete"], [*USERS[2], "none"]]
    ending = await office.run("workbook", centre(Users=doomed), confirm="bulkops-demo")
    assert ending.counts == {RowStatus.SUCCEEDED: 1, RowStatus.SKIPPED: 1}
    before = (ending.folder / "before-delete-users.csv").read_text("utf-8-sig")
    assert "ana" in before
    assert "ben" not in before


def test_sheets_that_are_none_of_ours_are_left_alone_and_said(centre):
    inputs = inputs_of(centre(Queues=QUEUES, Notes=[["hello"]], Mapping=[["kind"]]))
    assert inputs.is_workbook
    assert inputs.notes[0].endswith("named for no kind of thing: Notes")
    assert [part.table.sheet for part in map(Part, *zip(*inputs.parts(), strict=True))] == [
        "Queues"
    ]


class Part:
    def __init__(self, loaded, table, order):
        self.loaded, self.table, self.order = loaded, table, order


def test_one_sheet_of_a_workbook_can_be_asked_for(centre):
    path = centre(Queues=QUEUES, Users=USERS)
    assert [table.sheet for table in inputs_of(path, sheet="agents").tables] == ["Users"]


def test_empty_sheets_are_passed_over(centre):
    path = centre(Queues=QUEUES, Users=[], Prompts=[["prompt"]])
    assert [table.sheet for table in inputs_of(path).tables] == ["Queues"]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"Notes": [["hello"]]}, "no sheet is named for a kind of thing. Its sheets: Notes."),
        ({"Users": USERS, "Agents": USERS}, "Users and Agents are the same sheet"),
        ({"Users": USERS[:1]}, "no sheet of it has rows"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(centre, sheets, said):
    with pytest.raises(SheetError, match=said):
        inputs_of(centre(**sheets))


def test_a_hidden_sheet_is_left_alone_and_said(centre):
    path = centre(Queues=QUEUES, Users=USERS)
    book = openpyxl.load_workbook(path)
    book["Users"].sheet_state = "hidden"
    book.save(path)
    inputs = inputs_of(path)
    assert [table.sheet for table in inputs.tables] == ["Queues"]
    assert inputs.notes == ('sheet "Users" is hidden, and so it is left alone',)


@pytest.mark.parametrize(
    ("flag", "choice"),
    [
        ("--map", {"mapping": {"Login": "username"}}),
        ("--where", {"where": ("queue=x",)}),
        ("--rows", {"rows": "2"}),
        ("--limit", {"limit": 1}),
        ("--set", {"settings": {"queue": "x"}}),
    ],
)
def test_what_is_said_of_one_sheets_rows_is_refused(centre, flag, choice):
    with pytest.raises(UsageError, match=flag):
        inputs_of(centre(Queues=QUEUES), **choice)


def test_a_table_in_text_is_no_workbook(office):
    with pytest.raises(SheetError, match="is separated text"):
        inputs_of(office.sheet("queue\nSales desk\n", "failed.csv"))


def test_a_workbook_is_a_file():
    with pytest.raises(UsageError, match="from a file"):
        inputs_of(None)


async def test_a_workbooks_run_is_taken_back_by_the_names_on_each_sheet(
    office, centre, monkeypatch
):
    path = centre(Users=USERS, Queues=QUEUES)
    await office.run("workbook", path)
    asked, call = [], SimulatedClient.call

    async def listened(self, service, operation, params):
        asked.append(operation)
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", listened)
    ending = await take_back(office)
    assert ending.counts == {RowStatus.SUCCEEDED: 3}
    assert "ListUsers" in asked
    assert not {"DescribeUser", "DescribeQueue"} & set(asked)  # none is looked for by its id
    again = await office.run("workbook", path)
    assert again.counts == {RowStatus.SUCCEEDED: 3}


HOURS = [
    ["hours", "time_zone", "day", "opens", "closes", "action"],
    ["Night", "Europe/Dublin", "Mon", "20:00", "23:00", ""],
    ["Night", "Europe/Dublin", "Tue", "20:00", "23:00", ""],
]


def saying(rows, *words):
    return [rows[0], *([*row[:-1], word] for row, word in zip(rows[1:], words, strict=True))]


async def test_rows_that_are_sent_together_are_deleted_together(office, centre):
    made = await office.run("workbook", centre(Hours=HOURS))
    assert made.counts == {RowStatus.SUCCEEDED: 2}
    doomed = centre(Hours=saying(HOURS, "delete", "Delete"))
    ending = await office.run("workbook", doomed, confirm="bulkops-demo")
    assert ending.counts == {RowStatus.SUCCEEDED: 1, RowStatus.SKIPPED: 1}
    again = await office.run("workbook", centre(Hours=HOURS))
    assert again.counts == {RowStatus.SUCCEEDED: 2}


async def test_nothing_is_deleted_of_which_a_row_stays(office, centre):
    with pytest.raises(ProblemsFoundError, match=r"Hours!F2: .* row 3 is about too"):
        await office.run("workbook", centre(Hours=saying(HOURS, "delete", "")), confirm="x")


async def test_rows_that_are_sent_together_have_no_action_but_that(office, centre):
    with pytest.raises(ProblemsFoundError, match=r"Hours!F3: .* no action of create-hours"):
        await office.run("workbook", centre(Hours=saying(HOURS, "", "create")))


async def test_what_is_put_on_a_list_is_created_or_updated_as_all_else(office, centre):
    rows = [
        ["routing_profile", "queue", "channel", "priority", "delay", "action"],
        ["Billing", "BasicQueue", "TASK", 1, 0, "create"],
    ]
    ending = await office.run("workbook", centre(Routing_profile_queues=rows))
    assert ending.counts == {RowStatus.SUCCEEDED: 1}


async def test_failed_rows_of_all_sheets_are_corrected_in_a_workbook(office, centre, monkeypatch):
    users = [USERS[0], *([*row[:-1], "Night shift"] for row in USERS[1:])]
    profiles = [
        ["routing_profile", "description", "default_outbound_queue", "voice"],
        ["Night shift", "x", "Sales desk", "1"],
    ]
    path = centre(Queues=QUEUES, Routing_profiles=profiles, Users=users)
    call, refused = SimulatedClient.call, []

    async def refusing(self, service, operation, params):
        if operation == "CreateQueue" and params["Description"] == "New":
            refused.append(params["Name"])
            params = {**params, "HoursOfOperationId": "x" * 36}
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", refusing)
    ending = await office.run("workbook", path)
    assert refused == ["Sales desk"]
    assert ending.counts == {RowStatus.FAILED: 1, RowStatus.PENDING: 3}
    corrected = workbook(
        office.folder,
        {"Queues": [QUEUES[0], ["Sales desk", "Newer", "Basic Hours"]]},
        "corrected.xlsx",
    )
    again = await try_again(office, sheet=corrected)
    assert again.counts == {RowStatus.SUCCEEDED: 4}


async def test_the_saved_plan_of_a_workbook_is_carried_out_as_it_was_approved(office, centre):
    request = office.request("workbook", centre(Users=USERS, Queues=QUEUES))
    saved = office.folder / "centre.bulkplan"
    await plan(request, world=office.world, save=saved)
    opened = await open_plan(saved, Anew(runs_dir=office.runs_dir))
    require_unchanged(opened)
    asker = Approved(opened, office.answers)
    ending = await run(
        opened.request, ConductChoice(), asker=asker, listener=office.listen, world=office.world
    )
    assert ending.counts == {RowStatus.SUCCEEDED: 3}
    with pytest.raises(ChangedError, match="is now 3 none"):
        await run(
            opened.request, ConductChoice(), asker=asker, listener=office.listen, world=office.world
        )


async def test_a_changed_workbook_is_not_gone_on_with(office, centre):
    office.answers.yes_to_canary = False
    await office.run("workbook", centre(Users=USERS), limits=RunLimits(canary=1))
    centre(Users=[USERS[0], USERS[1], ["ben", *USERS[2][1:-1], "Support Tier 1"]])
    for accept in (False, True):
        with pytest.raises(ChangedError):
            await office.resume(accept_changed=accept)
