from __future__ import annotations

import csv
import json

import pytest

from bulkops.engine.run_limits import MaxFail, RunLimits
from bulkops.errors import ChangedError, Exit, LedgerBusyError, RefusedError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from bulkops.runs.history import describe_runs
from tests.runs.standing_by import take_back

MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\nadmin,Billing\n"
USERS = (
    "username,password,first_name,last_name,security_profiles,routing_profile\n"
    "ana,Blue-Harbour-{n},Ana,Núñez,Agent,Billing\n"
    "ben,Blue-Harbour-{n},Ben,O'Brien,Agent,Billing\n"
)


def results(ending):
    with (ending.folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_the_sample_workbook_becomes_users(office, samples):
    ending = await office.run("create-users", samples / "create-users.xlsx")
    assert ending.exit is Exit.DONE
    assert ending.counts == {RowStatus.SUCCEEDED: 25}
    assert ending.facts.throttles == 0
    rows = results(ending)
    assert [row["bulkops_row"] for row in rows] == [str(number) for number in range(2, 27)]
    assert {row["bulkops_status"] for row in rows} == {"succeeded"}
    assert all(row["bulkops_id"] and row["password"] == "***" for row in rows)


async def test_a_second_run_of_the_same_sheet_sends_nothing(office, samples):
    await office.run("create-users", samples / "create-users.csv")
    again = await office.run("create-users", samples / "create-users.csv")
    assert again.counts == {RowStatus.UNCHANGED: 25}
    assert again.exit is Exit.DONE


async def test_no_password_is_in_the_runs_folder(office):
    sheet = office.sheet(USERS.format(n=4711))
    await office.run("create-users", sheet)
    hits = [
        path
        for path in office.runs_dir.rglob("*")
        if path.is_file() and b"Blue-Harbour" in path.read_bytes()
    ]
    assert hits == []


async def test_files_are_for_their_owner_alone(office):
    ending = await office.run("update-user-routing-profiles", office.sheet(MOVES))
    assert ending.folder.stat().st_mode & 0o777 == 0o700
    modes = {file.name: file.stat().st_mode & 0o077 for file in ending.folder.iterdir()}
    assert set(modes.values()) == {0}
    assert (office.runs_dir / ".gitignore").read_text() == "*\n"


async def test_the_plan_shows_old_and_new_and_what_it_costs(office):
    await office.run("update-user-routing-profiles", office.sheet(MOVES))
    (summary,) = office.answers.plans
    assert [str(row.changes[0]) for row in summary.rows] == [
        "routing_profile: Basic Routing Profile → Billing",
        "routing_profile: Basic Routing Profile → Support Tier 1",
        "routing_profile: Basic Routing Profile → Billing",
    ]
    assert {each.operation: each.number for each in summary.calls} == {
        "UpdateUserRoutingProfile": 3
    }


async def test_a_no_leaves_nothing_behind(office):
    office.answers.yes_to_plan = False
    assert await office.run("update-user-routing-profiles", office.sheet(MOVES)) is None
    left = [path.name for path in office.runs_dir.iterdir()]
    assert sorted(left) == [".gitignore", "simulated"]


async def test_problems_are_found_all_at_once_and_nothing_is_sent(office):
    sheet = office.sheet(
        "username,routing_profile\nj.murphy,Biling\nnobody,Billing\nm.silva,\nadmin,Billing\n"
    )
    with pytest.raises(ProblemsFoundError) as caught:
        await office.run("update-user-routing-profiles", sheet)
    assert [str(each.address) for each in caught.value.problems] == [
        'line 2, column "routing_profile"',
        'line 3, column "username"',
        'line 4, column "routing_profile"',
    ]
    assert caught.value.problems[0].hint == 'Did you mean "Billing"?'
    assert not list(office.runs_dir.glob("update-*"))


async def test_a_run_out_of_time_is_gone_on_with(office, samples):
    first = await office.run(
        "create-users", samples / "create-users.csv", limits=RunLimits(max_duration=4)
    )
    assert first.exit is Exit.TIME_OVER
    assert 0 < first.counts[RowStatus.PENDING] < 25
    assert first.facts.next_command == f"bulkops resume {first.run}"
    second = await office.resume()
    assert second.exit is Exit.DONE
    assert second.counts == {RowStatus.SUCCEEDED: 25}
    assert second.facts.attempt == {RowStatus.SUCCEEDED: first.counts[RowStatus.PENDING]}
    assert second.facts.calls == first.counts[RowStatus.PENDING]


async def test_a_changed_sheet_is_not_gone_on_with(office):
    more = "".join(f"c{number},Blue-Harbour-{{n}},C,D,Agent,Billing\n" for number in range(10))
    sheet = office.sheet((USERS + more).format(n=1))
    await office.run("create-users", sheet, limits=RunLimits(max_duration=1))
    office.sheet((USERS + more).format(n=2))
    with pytest.raises(ChangedError, match="has changed since"):
        await office.resume()
    ending = await office.resume(accept_changed=True)
    assert ending.counts == {RowStatus.SUCCEEDED: 12}


async def test_a_run_that_another_process_works_on_is_refused(office):
    sheet = office.sheet(MOVES)
    ending = await office.run(
        "update-user-routing-profiles", sheet, limits=RunLimits(max_duration=0.001)
    )
    ledger = SqliteLedger.open(ending.folder)
    with pytest.raises(LedgerBusyError, match="is being worked on by"):
        await office.resume()
    await ledger.close()


async def test_deleting_wants_the_instances_alias(office):
    sheet = office.sheet("username\nm.silva\n")
    with pytest.raises(RefusedError, match="--confirm-instance bulkops-demo"):
        await office.run("delete-users", sheet)
    ending = await office.run("delete-users", sheet, confirm="bulkops-demo")
    assert ending.counts == {RowStatus.SUCCEEDED: 1}
    again = await office.run("delete-users", sheet, confirm="bulkops-demo")
    assert again.counts == {RowStatus.UNCHANGED: 1}


async def test_the_canary_rows_go_first_and_the_rest_only_if_asked(office, samples):
    office.answers.yes_to_canary = False
    ending = await office.run(
        "create-users", samples / "create-users.csv", limits=RunLimits(canary=3)
    )
    assert ending.exit is Exit.STOPPED
    assert ending.counts == {RowStatus.SUCCEEDED: 3, RowStatus.PENDING: 22}
    assert [line.split(":")[0] for line in office.answers.canaries[0].splitlines()] == [
        "row 2 s.obrien",
        "row 3 a.byrne",
        "row 4 z.muller",
    ]
    rest = await office.resume()
    assert rest.counts == {RowStatus.SUCCEEDED: 25}


async def test_the_canary_rows_go_first_though_calls_of_later_rows_were_full_earlier(office):
    later = [
        f"Support Tier 2,{queue},{channel},2,0"
        for queue in ("Support", "Escalations", "Billing", "BasicQueue")
        for channel in ("CHAT", "TASK", "EMAIL")
    ]
    first = "Billing,Support,TASK,2,0"
    text = "\n".join(["routing_profile,queue,channel,priority,delay", first, *later, ""])
    office.answers.yes_to_canary = False
    job, limits = "associate-routing-profile-queues", RunLimits(canary=1)
    half = await office.run(job, office.sheet(text), limits=limits)
    assert half.counts == {RowStatus.SUCCEEDED: 1, RowStatus.PENDING: 12}
    assert office.answers.canaries == ["row 2 Billing / Support / TASK: succeeded"]


async def test_what_is_there_but_different_is_a_conflict_unless_it_may_be_updated(office):
    sheet = office.sheet(USERS.format(n=1))
    await office.run("create-users", sheet)
    changed = office.sheet(USERS.format(n=1).replace("Billing", "Sales EMEA"))
    ending = await office.run("create-users", changed)
    assert ending.exit is Exit.SOME_FAILED
    assert [row["bulkops_error_code"] for row in results(ending)] == ["already-exists"] * 2
    ending = await office.run("create-users", changed, on_exists="skip")
    assert ending.counts == {RowStatus.SKIPPED: 2}
    ending = await office.run("create-users", changed, on_exists="update")
    assert [row["bulkops_changes"] for row in results(ending)] == [
        "routing_profile: Billing → Sales EMEA"
    ] * 2
    assert ending.facts.throttles == 0


async def test_the_manifest_and_the_events_tell_the_run(office):
    ending = await office.run("update-user-routing-profiles", office.sheet(MOVES))
    manifest = json.loads((ending.folder / "run.json").read_text())
    assert manifest["sheet_sha256"]
    lines = (ending.folder / "events.ndjson").read_text().splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert events[0] == "run.started"
    assert events[-1] == "run.finished"
    assert events.count("row") == 3


def test_the_fuse_blows_by_number_by_part_and_not_too_early():
    assert MaxFail(rows=2).blown(failed=3, done=3)
    assert not MaxFail(rows=2).blown(failed=2, done=3)
    assert MaxFail(percent=10, after=20).blown(failed=3, done=20)
    assert not MaxFail(percent=10, after=20).blown(failed=3, done=19)
    assert not MaxFail(percent=10).blown(failed=0, done=0)


async def test_a_run_keeps_the_name_that_it_was_given(office):
    sheet = office.sheet(MOVES)
    named = await office.run("update-user-routing-profiles", sheet, name="Friday moves")
    (line,) = await describe_runs(office.runs_dir)
    assert (line.name, line.as_json()["name"]) == ("Friday moves", "Friday moves")
    manifest = json.loads((named.folder / "run.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "Friday moves"
    back = await take_back(office, named.run)
    lines = {line.id: line.name for line in await describe_runs(office.runs_dir)}
    assert lines == {named.run: "Friday moves", back.run: ""}


async def test_a_listener_that_fails_stops_no_run_and_is_said_at_its_end(office):
    def fails(event, /, **_):
        if event == "row":
            raise OSError(28, "No space left on device")

    office.listen = fails
    ending = await office.run("update-user-routing-profiles", office.sheet(MOVES))
    assert ending.exit == 0
    assert ending.unwritten == ("One who was told of events failed: No space left on device",)


async def test_what_ends_contacts_wants_the_instances_alias_too(office):
    sheet = office.sheet("contact_id\n5f0c1d1e-1111-4a6b-8a01-000000000001\n")
    with pytest.raises(RefusedError, match="stop-contacts ends what goes on: add --confirm-inst"):
        await office.run("stop-contacts", sheet)
    ending = await office.run("stop-contacts", sheet, confirm="bulkops-demo")
    assert ending.exit is Exit.DONE
    again = await office.run("stop-contacts", sheet, confirm="bulkops-demo")
    assert again.exit is Exit.SOME_FAILED
