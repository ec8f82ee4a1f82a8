"""A whole instance exported as one workbook, against the simulated Connect."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import openpyxl
import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.workbook_sheets import SHEETS
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.errors import JobError, SheetError, UsageError
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.planning.rows.headers import ACTION
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer import unheld_things
from bulkops.transfer.centre_export import LEFT_OUT, centre_of, export_centre
from bulkops.transfer.export import EXPORT_PROPERTY, export
from bulkops.transfer.mapping_rows import MAPPING
from bulkops.transfer.partial_export import partial_folder
from tests.runs.beginning import begin


class CutError(Exception):
    """Stands for whatever ends a process."""


CONNECTING = {"DescribeInstance", "ListInstances", "GetCallerIdentity", "ListServiceQuotas"}
"""What tells which instance it is, and how fast it may be asked: each time anew."""

IN_FLIGHT = 20
"""Calls that were made and not answered when the process ended, at the most: the first of each."""


def there(office, **more):
    return TargetChoice(simulate=office.runs_dir / "simulated", **more)


async def exported(office, name="centre.xlsx", **more):
    path = office.folder / name
    target = more.pop("target", there(office))
    return await export_centre(path, target=target, pace=PaceChoice(), world=office.world, **more)


def sheets_of(path):
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [
            tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    }


@pytest.fixture
def asked(monkeypatch):
    """Count what is asked of the simulation; `after` calls it ends the process."""
    found = Counter()
    send = Simulator.send

    def counting(self, request, now):
        if found.total() == found.after:
            raise CutError
        found[request.operation] += 1
        return send(self, request, now)

    found.after = -1
    monkeypatch.setattr(Simulator, "send", counting)
    return found


async def test_each_sheet_has_the_rows_that_its_jobs_own_export_has(office):
    desks = "queue,quick_connect\nSupport,Supervisor desk\n"
    await office.run("associate-queue-quick-connects", office.sheet(desks))
    done = await exported(office)
    alone_in = office.folder / "alone"
    alone_in.mkdir()
    found = sheets_of(done.path)
    assert [*found] == [*(sheet.name for sheet in SHEETS), MAPPING, LEFT_OUT]
    for sheet in SHEETS:
        alone = await export(
            sheet.job,
            alone_in / f"{sheet.job}.xlsx",
            target=there(office),
            pace=PaceChoice(),
            world=office.world,
            full=True,
        )
        (expected,) = sheets_of(alone.path).values()
        assert [row[:-1] for row in found[sheet.name]] == expected, sheet.name
        assert found[sheet.name][0][-1] == ACTION
        assert done.rows[sheet.name] == alone.rows == len(expected) - 1
    book = openpyxl.load_workbook(done.path)
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties[EXPORT_PROPERTY].startswith("workbook/")
    assert not partial_folder(done.path).exists()


async def test_each_kind_is_read_once_for_all_sheets_and_lists_alone_for_each_thing(office, asked):
    begin(office.runs_dir / "simulated", InstanceConfig(users=996))
    done = await exported(office)
    rows = done.rows
    made = dict(done.calls)
    assert {name: asked[name] for name in made} == made
    profiles, users = rows["Routing profiles"], rows["Users"]
    assert users == 1_000
    once = {name: made.pop(name) for name in [*made] if name.startswith("Search")}
    assert once.pop("SearchUsers") == 2  # of 500 a page
    assert set(once.values()) == {1}
    assert made == {
        "DescribeUser": users,  # e-mail addresses
        "ListUserProficiencies": users,
        "DescribeRoutingProfile": profiles,  # what goes on beside a call
        "ListRoutingProfileQueues": profiles,
        "ListRoutingProfileManualAssignmentQueues": 1,  # the others have none, as the search says
        "ListQueueQuickConnects": rows["Queues"],
        "DescribeSecurityProfile": rows["Security profiles"],
        "ListSecurityProfilePermissions": rows["Security profiles"],
        "ListContactFlows": 1,  # those that may be whispers
        "DescribeContactFlow": rows["Flows"],  # what they do, which no search tells
        "DescribeContactFlowModule": rows["Modules"],
        "DescribeVocabulary": rows["Vocabularies"],
        "ListDataTableAttributes": rows["Data tables"],
        "ListDataTableValues": rows["Data tables"],
        "ListTaskTemplates": 1,
        "GetTaskTemplate": rows["Task templates"],
        "ListEvaluationForms": 1,
        "DescribeEvaluationForm": rows["Evaluation forms"],
        "ListRules": 1,
        "DescribeRule": 3,
        "ListPhoneNumbersV2": 1,
        "ListFlowAssociations": 1,
        "DescribePhoneNumber": 2,
    }


async def test_where_one_may_not_search_holidays_they_are_listed_hours_by_hours(
    office, monkeypatch
):
    send = Simulator.send

    def refusing(self, request, now):
        if request.operation == "SearchHoursOfOperationOverrides":
            request = type(request)(**{**_members(request), "params": {"InstanceId": "another"}})
        return send(self, request, now)

    searched = await exported(office, "one.xlsx", only=("holidays",))
    monkeypatch.setattr(Simulator, "send", refusing)
    listed = await exported(office, "two.xlsx", only=("holidays",))
    assert listed.calls["ListHoursOfOperationOverrides"] == 2
    assert "ListHoursOfOperationOverrides" not in searched.calls
    assert sheets_of(listed.path) == sheets_of(searched.path)


async def test_what_only_descriptions_tell_is_left_out_where_it_is_not_asked_for(office):
    done = await exported(office, only=("users",), full=False)
    assert "DescribeUser" not in done.calls
    rows = sheets_of(done.path)[LEFT_OUT]
    assert ("Users", "(all)", "email", "only a Describe call each tells it (--full)") in rows
    assert ("Users", "(all)", "password", "a secret can't be read") in rows


async def test_what_no_sheet_holds_is_said_thing_by_thing(office, monkeypatch):
    done = await exported(office)
    rows = sheets_of(done.path)[LEFT_OUT]
    assert rows[0] == ("sheet", "thing", "what", "why")
    assert ("Prompts", "(all)", "audio", "the service tells it of none") in rows
    assert ("", "Rules", "(all)", "no sheet holds them: bulkops export create-rules") in rows
    assert len(rows) == len(set(rows)) == done.left_out + 1
    monkeypatch.setattr(unheld_things, "listed", lambda: [load("create-queues").job])
    assert not any("create-queues" in each.why for _, each in unheld_things.unheld(
        [load("create-queues").job]))  # fmt: skip


async def test_only_the_sheets_that_are_meant_are_read(office):
    done = await exported(office, only=("Routing Profile, queues", "create-agent-statuses"))
    assert [*done.rows] == ["Agent statuses", "Queues", "Routing profiles"]
    assert [*sheets_of(done.path)] == [*done.rows, LEFT_OUT]
    assert "SearchUsers" not in done.calls
    with pytest.raises(UsageError, match=r'"queus" is no sheet.*Did you mean "Queues"'):
        await exported(office, only=("users,queus",))


async def test_only_one_instance_fits_in_a_workbook_and_nothing_is_asked_for_another_form(office):
    with pytest.raises(UsageError, match="one instance"):
        await exported(office, target=there(office, names=("emea", "apac")))
    with pytest.raises(SheetError, match=r"name the file \.xlsx"):
        await exported(office, "centre.csv")
    assert not office.runs_dir.exists()


@pytest.mark.parametrize("after", [40, 150])
async def test_what_was_read_before_a_cut_is_not_read_again(office, asked, after):
    begin(office.runs_dir / "simulated", InstanceConfig(users=96))
    (office.folder / "whole").mkdir()
    whole = await exported(office, "whole/centre.xlsx")
    least, asked.after = asked.copy(), asked.total() + after
    with pytest.raises((CutError, ExceptionGroup)):
        await exported(office)
    path = office.folder / "centre.xlsx"
    assert not path.exists()
    folder = partial_folder(path)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {file.stat().st_mode & 0o777 for file in folder.rglob("*") if file.is_file()}
    assert modes == {0o600}
    asked.after = -1
    done = await exported(office)
    assert "Gone on with what an earlier attempt has left" in "".join(done.notes)
    # beside what tells which instance it is
    more = {name: asked[name] - 2 * number for name, number in least.items()}
    again = sum(each for name, each in more.items() if each > 0 and name not in CONNECTING)
    assert again <= IN_FLIGHT
    assert sheets_of(path) == sheets_of(whole.path)
    assert done.rows == whole.rows
    assert not folder.exists()


async def test_after_a_day_or_of_another_instance_it_begins_anew_and_says_so(office, asked):
    asked.after = 60
    for _ in range(2):
        with pytest.raises((CutError, ExceptionGroup)):
            await exported(office)
        asked.after = asked.total() + 30
    about = partial_folder(office.folder / "centre.xlsx") / "export.json"
    said = json.loads(about.read_text())
    about.write_text(json.dumps({**said, "subject": {"instance": "another"}}))
    with pytest.raises((CutError, ExceptionGroup)):
        await exported(office)
    begun = office.world.now() - timedelta(hours=25)
    said = json.loads(about.read_text())
    about.write_text(json.dumps({**said, "begun": begun.isoformat()}))
    asked.after = -1
    done = await exported(office)
    assert [note for note in done.notes if "more than a day old" in note]


async def test_a_page_token_that_is_taken_no_more_begins_anew(office, monkeypatch):
    begin(office.runs_dir / "simulated", InstanceConfig(users=1_200))
    send = Simulator.send

    def ending(self, request, now):
        if request.operation == "SearchUsers" and "NextToken" in request.params:
            raise CutError
        return send(self, request, now)

    with monkeypatch.context() as patched:
        patched.setattr(Simulator, "send", ending)
        with pytest.raises((CutError, ExceptionGroup)):
            await exported(office, only=("users",))
    replies = partial_folder(office.folder / "centre.xlsx") / "replies.ndjson"
    text = replies.read_text()
    assert '"NextToken":"' in text
    replies.write_text(text.replace('"NextToken":"', '"NextToken":"x'))
    done = await exported(office, only=("users",))
    assert done.rows == {"Users": 1_204}
    assert [note for note in done.notes if "SearchUsers refused" in note]


REFUSED = {
    "ListRoutingProfileQueues": {"Routing profile queues"},
    "SearchPrompts": set(),  # who may not search lists and describes
    "ListUserProficiencies": {"Proficiencies"},
    "DescribeContactFlow": {"Flows"},
    "DescribeUser": set(),
    "ListPhoneNumbersV2": {"Numbers"},
}
"""Operation that is refused → the sheets that can't be made then."""


@pytest.mark.parametrize("operation", REFUSED)
async def test_what_may_not_be_read_is_left_out_and_said(office, monkeypatch, operation):
    call = SimulatedClient.call

    async def refusing(self, service, name, params):
        if name == operation:
            denied = FaultClass.FATAL
            return Fault(fault_class=denied, code="AccessDeniedException", message="no")
        return await call(self, service, name, params)

    monkeypatch.setattr(SimulatedClient, "call", refusing)
    done = await exported(office)
    found = sheets_of(done.path)
    assert {sheet.name for sheet in SHEETS} - {*found} == REFUSED[operation]
    said = {row[0] for row in found[LEFT_OUT] if row[3].startswith("not read: connect:")}
    assert said == REFUSED[operation]
    noted = {note.split(" is left out")[0] for note in done.notes}
    assert noted == {f"The sheet {name}" for name in REFUSED[operation]}
    if operation == "DescribeUser":
        why = "only a Describe call each tells it (--full)"
        assert ("Users", "(all)", "email", why) in found[LEFT_OUT]
    for name in REFUSED[operation]:
        with pytest.raises(ReadError, match=operation):
            await exported(office, "one.xlsx", only=(name,))


def _members(request):
    return {name: getattr(request, name) for name in request.__dataclass_fields__}


async def test_an_instance_is_walked_through_without_a_file(office):
    async with centre_of(
        there(office), PaceChoice(), office.world, contents=office.folder, only=("queues", "users")
    ) as centre:
        found = {scope.sheet.name: (scope.headers, list(rows)) for scope, rows in centre.sheets()}
    headers, rows = found["Queues"]
    assert headers[0] == "queue"
    assert rows[0][0] == "BasicQueue"
    assert len(found["Users"][1]) == 4
    assert ("Users", "password") in {(name, each.what) for name, each in centre.left_out}


async def test_a_job_that_is_about_nothing_named_is_no_sheet(office, monkeypatch):
    monkeypatch.setattr(
        "bulkops.transfer.centre_export.load", lambda _: load("connect:UpdateUserRoutingProfile")
    )
    with pytest.raises(JobError, match="nothing to export"):
        await exported(office)
