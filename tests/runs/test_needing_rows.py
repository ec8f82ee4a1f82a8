"""Runs whose rows need one another: failures, retries, canaries and changed sheets."""

from __future__ import annotations

import pytest

from bulkops.engine.run_limits import MaxFail, RunLimits
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.pacing.least_time import ROUND_TRIP
from bulkops.problems import ProblemsFoundError
from tests.runs.standing_by import column, results, take_back, try_again
from tests.runs.test_retry import faults, refusing, rows_of, write_rows

__all__ = ["faults"]
JOB = "create-hierarchy-groups"
SHEET = "hierarchy_group,tags\nNorth/West/Sales,\nNorth/West,\nNorth,\nSouth,\nSouth/East,\n"


def said(ending):
    return {row["bulkops_row"]: row["bulkops_error"] for row in results(ending)}


async def run_with_north_refused(office, faults, **more):
    # North and South are ready at once, in this order
    faults.append(refusing("CreateUserHierarchyGroup", calls=(1,)))
    ending = await office.run(JOB, office.sheet(SHEET), **more)
    faults.clear()
    return ending


async def test_rows_are_sent_once_what_they_need_is_there_whatever_their_order(office):
    ending = await office.run(JOB, office.sheet(SHEET))
    assert ending.counts == {RowStatus.SUCCEEDED: 5}
    (plan,) = office.answers.plans
    # all five fit into the burst: what takes time is that three wait for one another
    assert (plan.totals.chain, plan.chained) == (3, True)
    assert plan.least_seconds == pytest.approx(3 * ROUND_TRIP)
    assert [str(link) for link in plan.course] == ["CreateUserHierarchyGroup (3 in a row)"]
    assert ending.facts.least_seconds == plan.least_seconds
    again = await office.run(JOB, office.sheet(SHEET))
    assert again.counts == {RowStatus.UNCHANGED: 5}


async def test_what_waits_for_a_failed_row_stays_pending_and_names_it(office, faults):
    ending = await run_with_north_refused(office, faults)
    assert column(ending, "status") == ["pending", "pending", "failed", "succeeded", "succeeded"]
    waits = "waits for row 4, which failed: No."
    assert said(ending) == {"2": waits, "3": waits, "4": "No.", "5": "", "6": ""}
    assert column(ending, "error_code")[:3] == [
        "NeedFailed",
        "NeedFailed",
        "InvalidParameterException",
    ]
    # nothing is left that could go on without a retry
    assert ending.exit is Exit.SOME_FAILED
    assert ending.facts.next_command == f"bulkops retry {ending.run} --from failed.xlsx"


async def test_a_retry_goes_on_with_what_waited_for_the_failed_row(office, faults):
    await run_with_north_refused(office, faults)
    second = await try_again(office)
    assert second.counts == {RowStatus.SUCCEEDED: 5}
    assert second.exit is Exit.DONE


async def test_a_corrected_row_lets_go_on_what_waited_for_it(office, faults):
    first = await run_with_north_refused(office, faults)
    rows = rows_of(first.folder / "failed.csv")
    assert [row["hierarchy_group"] for row in rows] == ["North"]
    rows[0]["tags"] = "site=north"
    second = await try_again(office, sheet=write_rows(office.folder / "mended.csv", rows))
    assert second.counts == {RowStatus.SUCCEEDED: 5}


async def test_what_others_have_made_meanwhile_meets_the_need_of_a_corrected_row(office, faults):
    first = await run_with_north_refused(office, faults)
    await office.run(JOB, office.sheet("hierarchy_group,tags\nNorth,\n", "north.csv"))
    rows = rows_of(first.folder / "failed.csv")
    second = await try_again(
        office, name=first.run, sheet=write_rows(office.folder / "mended.csv", rows)
    )
    assert second.counts == {RowStatus.SUCCEEDED: 4, RowStatus.UNCHANGED: 1}


async def test_an_undo_takes_back_rows_in_the_other_order(office):

    await office.run(JOB, office.sheet(SHEET))
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: 5}


async def test_a_canary_row_comes_with_what_it_needs(office):
    office.answers.yes_to_canary = False
    ending = await office.run(JOB, office.sheet(SHEET), limits=RunLimits(canary=1))
    assert column(ending, "status") == ["succeeded"] * 3 + ["pending"] * 2
    office.answers.yes_to_canary = True
    ending = await office.resume()
    assert ending.counts == {RowStatus.SUCCEEDED: 5}


async def test_rows_that_wait_do_not_blow_the_fuse(office, faults):
    ending = await run_with_north_refused(
        office, faults, limits=RunLimits(max_fail=MaxFail(rows=2))
    )
    assert column(ending, "status").count("succeeded") == 2


async def test_a_row_without_what_it_lies_in_is_a_problem_where_that_row_is_not_meant(office):
    with pytest.raises(ProblemsFoundError, match="and no row makes it"):
        await office.run(JOB, office.sheet(SHEET), sheet={"rows": "2,4"})


async def test_a_changed_row_is_planned_anew_with_what_it_waits_for(office):
    office.answers.yes_to_canary = False
    path = office.sheet(SHEET)
    await office.run(JOB, path, limits=RunLimits(canary=1))
    # other rows stand where those of the run stood
    changed = SHEET.replace("South/East,", "South/East,site=east").replace("\n", "\nX,\n", 1)
    path.write_text(changed, encoding="utf-8")
    ending = await office.resume(accept_changed=True)
    assert ending.counts == {RowStatus.SUCCEEDED: 5}
    assert results(ending)[4]["tags"] == "site=east"


async def test_a_stopped_run_is_measured_by_its_lanes_and_a_resume_by_the_chains_left(
    office,
):
    office.answers.yes_to_canary = False
    stopped = await office.run(JOB, office.sheet(SHEET), limits=RunLimits(canary=1))
    assert stopped.facts.least_seconds == 0.0  # all that was sent fits into the burst
    office.answers.yes_to_canary = True
    ending = await office.resume()
    # South, then South/East
    assert ending.facts.least_seconds == pytest.approx(2 * ROUND_TRIP)
