"""Long values from files: checked, sent, gone on with, and reported as the cell has them."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import ChangedError
from bulkops.ledger.states import RowStatus
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.offline_check import check_offline
from bulkops.runs.plan import plan
from bulkops.runs.saved_plan import open_plan, require_unchanged
from bulkops.targets.request import Anew
from tests.runs.standing_by import hands, results, try_again

FLOW = "connect:CreateContactFlow"
HEAD = "name,type,content,description\n"
NAMES = [f"Flow {number}" for number in range(12)]


def content(text="Hello"):
    errors = [{"NextAction": "b", "ErrorType": "NoMatchingError"}]
    say = {"Identifier": "a", "Type": "MessageParticipant", "Parameters": {"Text": text}}
    say["Transitions"] = {"NextAction": "b", "Errors": errors}
    end = {"Identifier": "b", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
    return json.dumps({"Version": "2019-10-30", "StartAction": "a", "Actions": [say, end]})


def flows(office, names=NAMES, cell="@flows/main.json"):
    (office.folder / "flows").mkdir(exist_ok=True)
    if not (office.folder / "flows" / "main.json").exists():
        (office.folder / "flows" / "main.json").write_text(content())
    lines = (f"{name},CONTACT_FLOW,{cell},@@home\n" for name in names)
    return office.sheet(HEAD + "".join(lines))


def made(office, name):
    with hands(office) as somebody:
        return somebody.instance.tables["contact-flow"].named(name)


async def test_a_cell_names_a_file_and_its_text_is_sent(office):
    done = await office.run(FLOW, flows(office, ["Main"]))
    assert done.counts == {RowStatus.SUCCEEDED: 1}
    flow = made(office, "Main")
    assert (flow["Content"], flow["Description"]) == (content(), "@home")
    (row,) = results(done)
    assert row["content"] == "'@flows/main.json", "as a spreadsheet takes for no formula"
    assert content() not in (done.folder / "results.csv").read_text()
    assert content() not in (done.folder / "report.html").read_text()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("@flows/mian.json", 'is not there. Did you mean "main.json"?'),
        ("@../main.json", "Name a file in it, or another folder with --files-dir."),
        ("@flows/old.txt", "Save it as UTF-8."),
    ],
)
def test_a_file_that_cannot_be_taken_is_a_problem_of_its_cell(office, cell, says):
    sheet = flows(office, ["Main"], cell)
    (office.folder / "flows" / "old.txt").write_bytes(b"\xe9")
    (found,) = check_offline(office.request(FLOW, sheet)).problems
    assert (found.address.row, found.address.header) == (2, "content")
    assert found.text.endswith(says)


def test_a_file_that_is_too_long_is_named_and_not_shown(office):
    flows(office)
    (office.folder / "flows" / "main.json").write_text("y" * 5_000)
    sheet = office.sheet("name,contact_flow_id,description\nMain,f,@flows/main.json\n")
    request = office.request("connect:StartTaskContact", sheet)
    (found,) = check_offline(request).problems
    assert found.text == (
        'the file that "@flows/main.json" names has 5,000 characters; allowed: 0 to 4096 characters'
    )


async def test_the_files_lie_where_the_person_says(office):
    sheet = flows(office, ["Main"], "@main.json")
    elsewhere = {"files_dir": office.folder / "flows"}
    assert not check_offline(office.request(FLOW, sheet, sheet=elsewhere)).problems
    frame = pd.DataFrame({"name": ["A"], "type": ["CONTACT_FLOW"], "content": ["@main.json"]})
    request = office.request(FLOW, sheet, sheet={"frame": frame})
    (found,) = check_offline(request).problems
    assert "the sheet lies in no folder" in found.message
    named = replace(request, sheet=replace(request.sheet, **elsewhere))
    assert not check_offline(named).problems


async def begun(office):
    half = await office.run(FLOW, flows(office), limits=RunLimits(max_duration=1))
    left = [row["name"] for row in results(half) if row["bulkops_status"] == "pending"]
    assert len(left) > 4
    return left


async def test_a_run_is_not_gone_on_with_when_a_file_has_changed(office):
    left = await begun(office)
    file = office.folder / "flows" / "main.json"
    file.write_text(content("Good day"))
    with pytest.raises(ChangedError, match=r"what @flows/main\.json names has changed since"):
        await office.resume()
    file.unlink()
    with pytest.raises(ChangedError, match=r"what @flows/main\.json names has changed since"):
        await office.resume()
    file.write_text(content())
    whole = await office.resume()
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    assert made(office, left[0])["Content"] == content()


async def test_a_changed_file_that_is_accepted_is_planned_anew_where_nothing_was_sent(office):
    left = await begun(office)
    (office.folder / "flows" / "main.json").write_text(content("Good day"))
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    said = [facts["text"] for event, facts in office.events if event == "note"]
    other = "content: the file that @flows/main.json names holds something else"
    assert f"row 2 {NAMES[0]}: {other}; but it is succeeded, and stays as it is" in said
    assert f"row 13 {NAMES[-1]}: {other}; it is planned anew" in said
    assert made(office, NAMES[0])["Content"] == content()
    assert made(office, left[-1])["Content"] == content("Good day")


async def test_failed_rows_are_corrected_in_their_files_which_lie_beside_the_first_sheet(office):
    sheet = flows(office, ["Main"])
    file = office.folder / "flows" / "main.json"
    file.write_text("{}")
    failed = await office.run(FLOW, sheet)
    assert failed.counts == {RowStatus.FAILED: 1}
    file.write_text(content())
    done = await try_again(office, sheet=failed.folder / "failed.csv")
    assert done.counts == {RowStatus.SUCCEEDED: 1}
    assert made(office, "Main")["Content"] == content()


async def test_a_saved_plan_holds_to_its_files(office):
    sheet, path = flows(office, ["Main"]), office.folder / "flows.bulkplan"
    await plan(office.request(FLOW, sheet), world=office.world, save=path)
    saved = await open_plan(path, Anew(runs_dir=office.runs_dir))
    require_unchanged(saved)
    (office.folder / "flows" / "main.json").write_text(content("Good day"))
    with pytest.raises(ChangedError, match=r"what @flows/main\.json names has changed since"):
        require_unchanged(saved)


async def test_a_file_of_octets_is_sent_as_it_is(office):
    file = office.folder / "code.zip"
    file.write_bytes(b"PK\x03\x04\xff\x00")
    sheet = office.sheet("stream_name,partition_key,data\ns,p,@code.zip\n")
    request = office.request("kinesis:PutRecord", sheet)
    assert not check_offline(request).problems
    (typed,) = read_inputs(request.job, request.sheet).order.rows()
    assert dict(typed.values)["data"] == b"PK\x03\x04\xff\x00"  # no table
