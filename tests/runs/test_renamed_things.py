"""Runs that rename things: gone on with, tried again and taken back, whatever they are called."""

from __future__ import annotations

import pytest

from bulkops.errors import Exit
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.targets import connect as doors
from tests.runs.standing_by import column, results, take_back, try_again

JOB = "update-queues"
RENAMED = (
    "queue,new_name,max_contacts,status\n"
    "Support,Support Europe,7,\n"
    "Billing,Invoices,8,\n"
    "Escalations,,,DISABLED\n"
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


async def half_done(office, faults):
    """Run the sheet so that one queue gets its new name and not its limit."""
    faults.append(
        Mishap(
            kind="error",
            operation="UpdateQueueMaxContacts",
            code="InvalidParameterException",
            message="No.",
            calls=(1,),
        )
    )
    ending = await office.run(JOB, office.sheet(RENAMED))
    faults.clear()
    assert sorted(column(ending, "status")) == ["failed", "succeeded", "succeeded"]
    return ending


async def test_a_row_whose_thing_is_renamed_and_not_done_is_tried_again(office, faults):
    await half_done(office, faults)
    again = await try_again(office)
    assert again.exit is Exit.DONE
    assert column(again, "status") == ["succeeded"] * 3
    plan = await office.run(JOB, office.sheet(RENAMED))
    assert column(plan, "status") == ["unchanged"] * 3


async def test_a_row_is_corrected_under_the_old_name_of_its_thing(office, faults):
    ending = await half_done(office, faults)
    (failed,) = (row for row in results(ending) if row["bulkops_status"] == "failed")
    head = "queue,new_name,max_contacts,status"
    corrected = office.sheet(f"{head}\n{failed['queue']},{failed['new_name']},9,\n", "again.csv")
    again = await try_again(office, sheet=corrected)
    assert column(again, "status") == ["succeeded"] * 3


async def test_what_was_renamed_gets_its_name_back(office):
    await office.run(JOB, office.sheet(RENAMED))
    back = await take_back(office)
    assert column(back, "status") == ["succeeded"] * 3
    again = await office.run(JOB, office.sheet(RENAMED))
    assert column(again, "action") == ["update"] * 3


async def test_an_undo_leaves_alone_what_was_renamed_again(office):
    first = await office.run(JOB, office.sheet(RENAMED))
    await office.run(JOB, office.sheet("queue,new_name\nInvoices,Bills\n", "more.csv"))
    back = await take_back(office, first.folder.name)
    assert column(back, "status").count("failed") == 1
