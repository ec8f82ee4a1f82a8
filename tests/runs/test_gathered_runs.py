"""Runs of rows that make a list together: their call goes whole or not at all."""

from __future__ import annotations

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import ChangedError, Exit
from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.targets import connect as doors
from tests.runs.standing_by import column, results, state_of, take_back, try_again

CREATE, UPDATE = "create-hours-of-operation", "update-hours-of-operation"
HEAD = "hours_of_operation,time_zone,day,opens,closes\n"
SHEET = (
    HEAD + "Fair,Europe/Dublin,Mon-Tue,09:00,12:00\n"
    "Market,Europe/Dublin,Sat,08:00,13:00\n"
    "Fair,,Mon,13:00,18:00\n"
)


@pytest.fixture
def faults(monkeypatch):
    """Let things go wrong in the instances that runs open, until the list is cleared."""
    mishaps = []
    opened = doors.simulation

    def simulation(folder, world):
        client = opened(folder, world)
        client.simulator.set_faults(Faults(mishaps=tuple(mishaps)))
        return client

    monkeypatch.setattr(doors, "simulation", simulation)
    return mishaps


def refusing(*calls, operation="CreateHoursOfOperation"):
    code = "InvalidParameterException"
    return Mishap(kind="error", operation=operation, code=code, message="No.", calls=calls)


async def refused(office, faults):
    faults.append(refusing(1))
    ending = await office.run(CREATE, office.sheet(SHEET))
    faults.clear()
    assert column(ending, "status") == ["failed", "succeeded", "failed"]
    return ending


async def test_a_refusal_is_every_rows_and_no_part_is_sent(office, faults):
    ending = await refused(office, faults)
    assert ending.facts.calls == 2
    assert [row["bulkops_error"] for row in results(ending)] == ["No.", "", "No."]


async def test_what_failed_together_is_tried_again_together(office, faults):
    await refused(office, faults)
    second = await try_again(office)
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    assert len(set(column(second, "id"))) == 2
    assert "Fair" in state_of(office)


async def test_a_corrected_list_is_tried_again_whole(office, faults):
    first = await refused(office, faults)
    kept = office.folder / "kept.csv"
    text = (first.folder / "failed.csv").read_text(encoding="utf-8-sig")
    kept.write_text(text.replace("12:00", "11:30"), encoding="utf-8")
    second = await try_again(office, sheet=kept)
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    assert '"Hours": 11' in state_of(office)


async def test_a_part_of_what_failed_together_is_not_tried_again(office, faults):
    await refused(office, faults)
    part = office.sheet(HEAD + "Fair,Europe/Dublin,Mon-Tue,09:00,12:00\n", name="part.csv")
    with pytest.raises(ProblemsFoundError) as told:
        await try_again(office, sheet=part)
    assert [each.code for each in told.value.problems] == ["cut-group"]


async def test_what_rows_made_together_is_taken_back_by_one_call(office):
    before = state_of(office, ids=False)
    await office.run(CREATE, office.sheet(SHEET))
    back = await take_back(office)
    assert back.counts == {RowStatus.SUCCEEDED: 3}
    assert back.facts.calls == 2
    assert state_of(office, ids=False) == before


async def test_the_canary_takes_all_rows_of_a_list(office):
    office.answers.yes_to_canary = False
    ending = await office.run(CREATE, office.sheet(SHEET), limits=RunLimits(canary=1))
    assert column(ending, "status") == ["succeeded", "pending", "succeeded"]


async def test_a_changed_sheet_is_not_gone_on_with(office, faults):
    faults.append(
        Mishap(
            kind="error",
            operation="CreateHoursOfOperation",
            code="ExpiredTokenException",
            message="Expired.",
        )
    )
    sheet = office.sheet(SHEET)
    ending = await office.run(CREATE, sheet)
    assert ending.exit is not Exit.DONE
    faults.clear()
    sheet.write_text(SHEET.replace("13:00,18:00", "13:00,19:00"), encoding="utf-8")
    with pytest.raises(ChangedError, match="rows of create-hours-of-operation about one thing"):
        await office.resume(accept_changed=True)
    sheet.write_text(SHEET, encoding="utf-8")
    assert (await office.resume()).counts == {RowStatus.SUCCEEDED: 3}


async def test_a_lost_answer_is_settled_for_all_rows(office, faults):
    faults.append(Mishap(kind="cut", effect=True, operation="CreateHoursOfOperation", calls=(1,)))
    ending = await office.run(CREATE, office.sheet(SHEET))
    assert ending.counts == {RowStatus.SUCCEEDED: 3}
    assert state_of(office).count('"Name": "Fair"') == 1


HOLIDAYS = (
    "hours_of_operation,holiday,from_date,to_date,day,opens,closes\n"
    "Basic Hours,Fair,2026-12-01,2026-12-02,Tue,09:00,12:00\n"
    "Around the clock,Fair,2026-12-01,2026-12-02,closed,,\n"
)


async def test_a_lost_answer_about_what_lies_in_a_thing_is_looked_for_there(office, faults):
    lost = "CreateHoursOfOperationOverride"
    faults.append(Mishap(kind="cut", operation=lost, calls=(1,)))
    ending = await office.run("create-hours-of-operation-overrides", office.sheet(HOLIDAYS))
    assert ending.counts == {RowStatus.SUCCEEDED: 2}
    assert state_of(office).count('"Name": "Fair"') == 2


async def test_a_change_of_what_lies_in_a_thing_is_looked_at_there(office, faults):
    sheet = office.sheet("hours_of_operation,holiday,description\nBasic Hours,New Year,Open late\n")
    faults.append(
        Mishap(kind="cut", effect=True, operation="UpdateHoursOfOperationOverride", calls=(1,))
    )
    ending = await office.run("update-hours-of-operation-overrides", sheet)
    assert ending.counts == {RowStatus.SUCCEEDED: 1}
    assert "Open late" in state_of(office)
    before = await take_back(office)
    assert before.counts == {RowStatus.SUCCEEDED: 1}
    assert "Opened late" in state_of(office)
