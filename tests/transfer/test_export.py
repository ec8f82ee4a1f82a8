"""Exporting, editing and planning again, against the simulated Connect."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from bulkops.engine.reads.instance_reader import ReadError
from bulkops.errors import JobError, SelectionError, SheetError
from bulkops.planning.plan import Action
from bulkops.runs.plan import plan
from bulkops.sheets.input.reader import read_table
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.export import EXPORT_PROPERTY, export
from bulkops.transfer.template import template
from tests.runs.beginning import begin

EMEA, APAC = "bulkops-emea", "bulkops-apac"


async def exported(office, job, name="export.csv", **more):
    return await export(
        job,
        office.folder / name,
        target=TargetChoice(simulate=office.runs_dir / "simulated", **more.pop("target", {})),
        pace=PaceChoice(),
        world=office.world,
        **more,
    )


async def planned(office, job, path, **more):
    summary, _ = await plan(office.request(job, path, **more), world=office.world)
    return summary


def cells(path):
    table = read_table(path)
    return [dict(zip(table.headers, record.cells, strict=True)) for record in table.records()]


def edited(path, key, column, text):
    """Change one cell of the row whose first cell is the key, as a person does in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    place = {cell.value: cell.column for cell in sheet[1]}[column]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == key)
    sheet.cell(row=row, column=place).value = text
    book.save(path)


def changes(summary):
    return [(row.key, row.action.value, "; ".join(map(str, row.changes))) for row in summary.rows]


EVERY_KIND_OF_CELL = (
    "associate-queue-quick-connects",
    "create-users",
    "create-vocabularies",
    "update-hierarchy-groups",
    "update-hours-of-operation",
    "update-hours-of-operation-overrides",
    "update-predefined-attributes",
    "update-queues",
)
"""Jobs whose sheets hold all that a cell may; tests/catalogue has every job's as CSV."""


@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize("job", EVERY_KIND_OF_CELL)
async def test_an_untouched_export_plans_to_nothing(office, job, name):
    desks = "queue,quick_connect\nSupport,Supervisor desk\nSupport,Billing desk\n"
    await office.run("associate-queue-quick-connects", office.sheet(desks))
    done = await exported(office, job, name)
    assert done.rows
    summary = await planned(office, job, done.path, on_exists="update")
    assert summary.totals.actions == {Action.NONE: done.rows}
    assert summary.totals.calls == {}


async def test_quick_connects_of_queues_come_back_too(office):
    sheet = office.sheet("queue,quick_connect\nSupport,Supervisor desk\nBilling,Billing desk\n")
    await office.run("associate-queue-quick-connects", sheet)
    done = await exported(office, "associate-queue-quick-connects")
    pairs = [(row["queue"], row["quick_connect"]) for row in cells(done.path)]
    assert {("Billing", "Billing desk"), ("Support", "Supervisor desk")} <= set(pairs)
    assert pairs == sorted(pairs)
    summary = await planned(office, "associate-queue-quick-connects", done.path)
    assert summary.totals.actions == {Action.NONE: len(pairs)}


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("routing_profile", "Billing", "routing_profile: Basic Routing Profile → Billing"),
        ("acw_seconds", "45", "acw_seconds: 0 → 45"),
        ("auto_accept", "yes", "auto_accept: no → yes"),
        ("security_profiles", "Agent; Admin", "security_profiles: Agent → Agent; Admin"),
        ("first_name", "Joan", "first_name: Jane → Joan"),
        ("email", "jane@example.com", "email: ∅ → jane@example.com"),
        (
            "hierarchy_group",
            "Contact Centre/Dublin/Support",
            "hierarchy_group: ∅ → Contact Centre/Dublin/Support",
        ),
    ],
)
async def test_an_edited_cell_plans_to_exactly_that_change(office, column, text, said):
    done = await exported(office, "create-users", "users.xlsx")
    edited(done.path, "j.murphy", column, text)
    summary = await planned(office, "create-users", done.path, on_exists="update")
    assert changes(summary) == [("j.murphy", "update", said)]
    assert summary.totals.actions == {Action.NONE: 3, Action.UPDATE: 1}
    assert sum(summary.totals.calls.values()) == 1


async def test_an_edited_export_that_was_run_exports_as_it_was_edited(office):
    done = await exported(office, "create-users", "users.xlsx")
    edited(done.path, "j.murphy", "hierarchy_group", "Contact Centre/Lisbon/Support")
    edited(done.path, "m.silva", "mobile", "+351900000142")
    ending = await office.run("create-users", done.path, on_exists="update")
    assert ending.exit == 0
    again = await exported(office, "create-users", "again.xlsx", full=True)
    assert cells(again.path) == cells(done.path)
    assert not any("--full" in note for note in again.notes)


async def test_an_edited_priority_plans_to_exactly_that_change(office):
    job = "associate-routing-profile-queues"
    done = await exported(office, job, "queues.xlsx")
    edited(done.path, "Billing", "priority", "7")
    summary = await planned(office, job, done.path)
    assert changes(summary) == [("Billing / Billing / VOICE", "update", "priority: 1 → 7")]


async def test_deleting_lists_the_users_by_name_alone(office):
    done = await exported(office, "delete-users")
    expected = ["a.kowalska", "admin", "j.murphy", "m.silva"]
    assert [row["username"] for row in cells(done.path)] == expected
    assert done.notes == ()


async def test_five_thousand_users_take_a_few_dozen_calls(office):
    begin(office.runs_dir / "simulated", InstanceConfig(users=4_996))
    done = await exported(office, "create-users")
    assert done.rows == 5_000
    assert done.calls == 13  # ten pages of users, and the names of three kinds
    assert len(cells(done.path)) == 5_000
    short = await exported(office, "delete-users", "names.csv")
    assert (short.rows, short.calls) == (5_000, 5)


async def test_full_describes_each_user_once(office):
    done = await exported(office, "create-users", full=True)
    assert done.calls == 4 + 4


async def test_where_searching_is_refused_each_thing_is_described(office, monkeypatch):
    asked = Counter()
    send = Simulator.send

    def refusing(self, request, now):
        asked[request.operation] += 1
        if request.operation == "SearchUsers":
            request = replace(request, params={"InstanceId": "another"})
        return send(self, request, now)

    monkeypatch.setattr(Simulator, "send", refusing)
    done = await exported(office, "update-user-routing-profiles")
    assert [row["routing_profile"] for row in cells(done.path)] == ["Basic Routing Profile"] * 4
    assert asked["DescribeUser"] == 4


async def test_what_may_not_be_read_ends_the_export(office, monkeypatch):
    send = Simulator.send

    def refusing(self, request, now):
        if request.operation == "ListRoutingProfileQueues":
            request = replace(request, params={**request.params, "InstanceId": "another"})
        return send(self, request, now)

    monkeypatch.setattr(Simulator, "send", refusing)
    with pytest.raises((ReadError, ExceptionGroup)):
        await exported(office, "associate-routing-profile-queues")
    assert not (office.folder / "export.csv").exists()


async def test_several_targets_stand_in_one_sheet_and_come_back(office):
    begin(
        office.runs_dir / "simulated",
        InstanceConfig(alias=EMEA, identity="SAML"),
        InstanceConfig(alias=APAC, users=1),
    )
    configuration = office.folder / "bulkops.toml"
    configuration.write_text(
        f'[targets.emea]\ninstance = "{EMEA}"\n[targets.apac]\ninstance = "{APAC}"\n',
        encoding="utf-8",
    )
    both = {"names": ("emea", "apac"), "configuration": configuration}
    done = await exported(office, "update-user-routing-profiles", target=both)
    rows = cells(done.path)
    assert list(rows[0]) == ["target", "username", "routing_profile"]
    assert Counter(row["target"] for row in rows) == {"emea": 4, "apac": 5}
    request = office.request("update-user-routing-profiles", done.path)
    request = replace(request, target=replace(request.target, **both))
    summary, _ = await plan(request, world=office.world)
    assert summary.totals.actions == {Action.NONE: 9}


async def test_an_export_of_a_workbook_is_text_in_every_cell(office):
    done = await exported(office, "create-users", "users.xlsx")
    book = openpyxl.load_workbook(done.path)
    sheet = book.active
    assert {cell.number_format for cells in sheet.iter_rows() for cell in cells} == {"@"}
    assert sheet.freeze_panes == "A2"
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties[EXPORT_PROPERTY].startswith("create-users/")


async def test_nothing_is_asked_for_a_file_or_job_that_cannot_be_exported(office):
    with pytest.raises(SheetError, match=r"name the file \.xlsx or \.csv"):
        await exported(office, "create-users", "users.pdf")
    with pytest.raises(JobError, match="nothing to export"):
        await exported(office, "connect:UpdateUserRoutingProfile")
    assert not office.runs_dir.exists()


def lists(path):
    """Return the drop-downs of a template: header → choices."""
    book = openpyxl.load_workbook(path)
    columns = book["Lists"].iter_cols(values_only=True)
    return {column[0]: [text for text in column[1:] if text] for column in columns if column[0]}


async def test_a_template_has_the_live_names_of_the_instance(office):
    path = office.folder / "new.xlsx"
    there = TargetChoice(simulate=office.runs_dir / "simulated")
    targets = await template(
        "create-users", path, target=there, pace=PaceChoice(), world=office.world
    )
    assert [target.alias for target in targets] == ["bulkops-demo"]
    found = lists(path)
    assert found["routing_profile"] == [
        "Basic Routing Profile",
        "Billing",
        "Sales Americas",
        "Sales EMEA",
        "Support Tier 1",
        "Support Tier 2",
    ]
    assert found["security_profiles"] == ["Admin", "Agent", "CallCenterManager", "QualityAnalyst"]
    assert found["hierarchy_group"] == [
        "Contact Centre",
        "Contact Centre/Dublin",
        "Contact Centre/Dublin/Billing",
        "Contact Centre/Dublin/Support",
        "Contact Centre/Lisbon",
        "Contact Centre/Lisbon/Sales",
        "Contact Centre/Lisbon/Support",
    ]


async def test_a_template_of_queues_lists_queues_and_no_list_of_users_is_made(office):
    there = TargetChoice(simulate=office.runs_dir / "simulated")
    path = office.folder / "queues.xlsx"
    job = "associate-routing-profile-queues"
    await template(job, path, target=there, pace=PaceChoice(), world=office.world)
    assert "Support VIP" in lists(path)["queue"]
    path = office.folder / "moves.xlsx"
    job = "update-user-routing-profiles"
    await template(job, path, target=there, pace=PaceChoice(), world=office.world)
    assert set(lists(path)) == {"routing_profile"}


async def test_a_template_without_a_target_asks_nobody(office):
    path = office.folder / "new.csv"
    targets = await template(
        "delete-users", path, target=None, pace=PaceChoice(), world=office.world
    )
    assert targets == ()
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["username"]
    assert not office.runs_dir.exists()


async def test_only_rows_that_meet_the_conditions_are_exported(office):
    done = await exported(office, "create-users", where=("username=J.Murphy",))
    assert [row["username"] for row in cells(done.path)] == ["j.murphy"]
    done = await exported(
        office, "create-users", "two.csv", where=("username~a", "first name != Ada")
    )
    assert [row["username"] for row in cells(done.path)] == ["a.kowalska", "m.silva"]


@pytest.mark.parametrize("where", ["usrname=x", "username"])
async def test_a_condition_that_means_nothing_is_refused_before_anything_is_read(office, where):
    with pytest.raises(SelectionError, match="--where"):
        await exported(office, "create-users", where=(where,))
    assert not (office.folder / "export.csv").exists()
