"""Flows and modules exported: their contents as files, and what they refer to as a mapping."""

from __future__ import annotations

import json

import pytest

from bulkops.errors import SheetError, UsageError
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.left_out import LeftOut
from bulkops.planning.plan import Action
from bulkops.planning.rows.readers.cell_files import FilePath
from bulkops.planning.target import Target
from bulkops.runs.plan import plan
from bulkops.sim.core.simulator import Simulator
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.centre_export import LEFT_OUT, export_centre
from bulkops.transfer.export import export
from bulkops.transfer.flow_files import FlowFiles
from bulkops.transfer.mapping_rows import MAPPING, mapping_rows, unknown_of
from tests.planning.flows.real_flows import text_of
from tests.transfer.test_centre_export import sheets_of, there

ONLY = ("flows", "modules")
SOURCE = Target(account="111111111111", region="us-west-2", instance_id="i-1", alias="dev")


async def exported(office, name="centre.xlsx", **more):
    return await export_centre(
        office.folder / name, target=there(office), pace=PaceChoice(), world=office.world, **more
    )


async def test_contents_are_files_that_read_as_what_is_there(office):
    done = await exported(office, only=ONLY)
    rows = sheets_of(done.path)["Flows"]
    named = [row[rows[0].index("content")] for row in rows[1:]]
    assert f"@flows/{rows[1][0]}.json" == named[0]
    files = sorted(office.folder.glob("flows/*"))
    assert sorted(named) == [f"@flows/{file.name}" for file in files]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    text = files[0].read_text(encoding="utf-8")
    assert text == f"{json.dumps(json.loads(text), indent=2, ensure_ascii=False)}\n"
    assert len([*office.folder.glob("modules/*")]) == done.rows["Modules"]
    summary, _ = await plan(office.request("workbook", done.path), world=office.world)
    assert summary.totals.actions == {Action.NONE: done.rows["Flows"] + done.rows["Modules"]}


async def test_the_mapping_names_what_flows_refer_to_of_kinds_that_no_sheet_had(office):
    done = await exported(office, only=ONLY)
    assert "SearchQueues" not in done.calls
    assert done.calls["ListQueues"] == 1
    rows = sheets_of(done.path)[MAPPING]
    assert rows[0] == ("kind", "source", "name", "target", "flow")
    assert [row[0] for row in rows[1:4]] == ["instance", "account", "region"]
    assert [row[2] for row in rows if row[0] == "queue"] == ["BasicQueue"]
    assert {row[3] for row in rows[1:]} == {""}  # the target is for a person to fill in
    assert not [row for row in sheets_of(done.path)[LEFT_OUT] if row[0] == MAPPING]


async def test_names_that_may_not_be_listed_are_blank_and_said(office, monkeypatch):
    send = Simulator.send

    def refusing(self, request, now):
        if request.operation == "ListQueues":
            members = {name: getattr(request, name) for name in request.__dataclass_fields__}
            request = type(request)(**{**members, "params": {"InstanceId": "another"}})
        return send(self, request, now)

    monkeypatch.setattr(Simulator, "send", refusing)
    done = await exported(office, only=ONLY)
    found = sheets_of(done.path)
    assert [row[2] for row in found[MAPPING] if row[0] == "queue"] == [""]
    assert [row[2:] for row in found[LEFT_OUT] if row[0] == MAPPING] == [
        ("name", "no queue of the source is that: it may be gone")
    ]


async def test_files_of_another_export_are_not_replaced_unasked(office):
    done = await exported(office, "dev.xlsx", only=ONLY)
    (office.folder / "flows" / "After hours.json").write_text("mine")
    await exported(office, "prod.xlsx", only=ONLY)
    assert (office.folder / "flows" / "After hours.json").read_text() == "mine"
    assert (office.folder / "prod flows" / "After hours.json").exists()
    assert "@prod flows/After hours.json" in sheets_of(office.folder / "prod.xlsx")["Flows"][1]
    with pytest.raises(SheetError, match="prod flows holds files of another export"):
        await exported(office, "prod.xlsx", only=ONLY)
    await exported(office, "prod.xlsx", only=ONLY, force=True)
    assert (office.folder / "flows" / "After hours.json").read_text() == "mine"
    again = await exported(office, "dev.xlsx", only=ONLY, force=True)
    assert again.rows == done.rows
    assert (office.folder / "flows" / "After hours.json").read_text() != "mine"
    assert not (office.folder / "dev flows").exists()
    assert (await exported(office, "users.xlsx", only=("users",))).rows == {"Users": 4}


async def flows_alone(office, **more):
    return await export(
        "create-contact-flows",
        office.folder / "flows.csv",
        target=more.pop("target", there(office)),
        pace=PaceChoice(),
        world=office.world,
        **more,
    )


async def test_the_sheet_of_one_job_has_its_contents_in_files_too(office):
    done = await flows_alone(office)
    assert len([*office.folder.glob("flows/*.json")]) == done.rows
    assert not [*office.folder.glob(".flows-*")]
    request = office.request("create-contact-flows", done.path, on_exists="update")
    summary, _ = await plan(request, world=office.world)
    assert summary.totals.actions == {Action.NONE: done.rows}


async def test_flows_of_several_targets_are_exported_one_by_one(office):
    configuration = office.folder / "bulkops.toml"
    configuration.write_text("[targets.one]\n[targets.two]\n", encoding="utf-8")
    both = TargetChoice(
        simulate=office.runs_dir / "simulated", names=("one", "two"), configuration=configuration
    )
    with pytest.raises(UsageError, match="export each alone"):
        await flows_alone(office, target=both)


def kept(tmp_path, *texts):
    files = FlowFiles.of(tmp_path, SOURCE)
    things = [
        Thing(id=f"f{n}", name=f"Flow {n}", state={"Content": text}) for n, text in enumerate(texts)
    ]
    files.expect("contact-flow", things)
    return files, [files.kept("contact-flow", "Content", thing) for thing in things]


def test_a_content_that_is_no_flow_is_kept_as_it_is_and_said(tmp_path):
    files, (odd, none) = kept(tmp_path, "{not JSON", None)
    assert odd.state["Content"].cell == "@flows/Flow 0.json"
    assert (tmp_path / "flows" / "Flow 0.json").read_text() == "{not JSON"
    assert files.odd == [("contact-flow", "Flow 0")]
    assert none.state == {"Content": None}
    assert files.kept("contact-flow", "Content", odd) is odd


@pytest.mark.parametrize("name", ["gts-dynamic-switchboard", "acme-main-wrapped"])
def test_real_flows_come_with_all_that_they_refer_to(tmp_path, name):
    files, (flow,) = kept(tmp_path, text_of(name))
    assert isinstance(flow.state["Content"], FilePath)
    rows = [*mapping_rows(files, Inventory(), SOURCE)]
    assert rows[:3] == [
        ("instance", "i-1", "dev", "", ""),
        ("account", "111111111111", "", "", ""),
        ("region", "us-west-2", "", "", ""),
    ]
    assert len(rows) > 3
    assert len({row[:2] for row in rows}) == len(rows)
    assert [row[0] for row in rows[3:]] == sorted(row[0] for row in rows[3:])


def test_what_flows_refer_to_is_called_what_its_source_calls_it(tmp_path):
    files = FlowFiles.of(tmp_path, SOURCE)
    files.found = {
        ("queue", "q1"): "arn:aws:connect:us-west-2:111111111111:instance/i-1/queue/q1",
        ("queue", "gone"): "gone",
        ("lambda-function", "lookup"): "arn:aws:lambda:us-west-2:111111111111:function:lookup",
        ("s3-object", "bucket/a.wav"): "s3://bucket/a.wav",
        ("phone-number", "+15550100"): "+15550100",
    }
    inventory = Inventory()
    inventory.add("queue", [Thing(id="q1", name="Support")])
    numbers = {"p1": "+15550100", "p2": "+15550199"}  # of which no flow names the second
    inventory.add("phone-number", [Thing(id=key, name=name) for key, name in numbers.items()])
    rows = [*mapping_rows(files, inventory, SOURCE)]
    assert {row[1].rpartition("/")[2]: row[2] for row in rows[3:]} == {
        "arn:aws:lambda:us-west-2:111111111111:function:lookup": "lookup",
        "+15550100": "+15550100",
        "+15550199": "+15550199",
        "q1": "Support",
        "gone": "",
        "a.wav": "",
    }
    assert [*unknown_of(rows)] == [
        (MAPPING, LeftOut("gone", "name", "no queue of the source is that: it may be gone"))
    ]
