from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.call_marks import MARK_KEY
from bulkops.engine.run_limits import RunLimits
from bulkops.ledger.states import RowStatus
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.run_record import record_of
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.export import export
from tests.runs.standing_by import instance, take_back

USERS = (
    "username,password,first_name,last_name,security_profiles,routing_profile,tags\n"
    "ana,Blue-Harbour-1,Ana,Núñez,Agent,Billing,team=North\n"
    "ben,Blue-Harbour-1,Ben,Byrne,Agent,Billing,\n"
)
CREATE = "create-users"


def tags(office):
    """Return the tags of the users that were made, by name."""
    with instance(office) as client:
        there = next(iter(client.simulator.world.instances.values()))
        users = {user["Name"]: user.get("Tags", {}) for user in there.tables["user"].all()}
        return {name: dict(users[name]) for name in ("ana", "ben") if name in users}


def note(office, number=0):
    return [each for each in office.answers.plans[number].notes if MARK_KEY in each]


async def test_what_a_run_makes_says_which_call_made_it_and_the_plan_says_so(office):
    done = await office.run(CREATE, office.sheet(USERS))
    ana, ben = tags(office).values()
    assert ana.keys() == {"team", MARK_KEY}
    assert ben.keys() == {MARK_KEY}
    assert len({ana[MARK_KEY], ben[MARK_KEY]}) == 2
    assert all(each[MARK_KEY].startswith(f"{done.run}/") for each in (ana, ben))
    (said,) = note(office)
    assert said.startswith("What is made (2) gets the tag bulkops:call")
    assert "--no-call-tags" in said


async def test_nothing_is_tagged_where_the_person_does_without_also_after_resume(office):
    sheet = office.sheet(USERS)
    limits = RunLimits(max_duration=0.0)
    first = await office.run(CREATE, sheet, call_tags=False, limits=limits)
    await office.resume(first.run)
    assert tags(office) == {"ana": {"team": "North"}, "ben": {}}
    assert note(office) == []


async def test_a_run_that_an_earlier_version_began_tags_nothing(office, monkeypatch):
    def as_earlier(*args, **more):
        record = record_of(*args, **more)
        return replace(record, meta={k: v for k, v in record.meta.items() if k != Meta.CALL_TAGS})

    monkeypatch.setattr("bulkops.runs.run.record_of", as_earlier)
    await office.run(CREATE, office.sheet(USERS))
    assert tags(office) == {"ana": {"team": "North"}, "ben": {}}


async def test_the_tag_is_no_difference_to_the_sheet_and_stands_in_no_export(office):
    sheet = office.sheet(USERS)
    await office.run(CREATE, sheet)
    again = await office.run(CREATE, sheet)
    assert again.counts == {RowStatus.UNCHANGED: 2}
    path = office.folder / "export.csv"
    target = TargetChoice(simulate=office.runs_dir / "simulated")
    await export(CREATE, path, target=target, pace=PaceChoice(), world=office.world)
    written = path.read_text(encoding="utf-8")
    assert "team=North" in written
    assert MARK_KEY not in written


@pytest.mark.parametrize("call_tags", [True, False])
async def test_what_an_undo_makes_again_is_tagged_as_the_run_was(office, call_tags):
    await office.run(CREATE, office.sheet(USERS), call_tags=call_tags)
    undone = await take_back(office)
    again = await take_back(office, undone.run)
    assert again.counts == {RowStatus.SUCCEEDED: 2}
    found = [each.get(MARK_KEY, "") for each in tags(office).values()]
    assert [each.startswith(f"{again.run}/") for each in found] == [call_tags] * 2
