"""Answers lost of Cases: a case is made once, a field and a template are found by their names."""

from __future__ import annotations

import asyncio

import pytest

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.homes import home_id
from tests.engine.race import Race

(INSTANCE,) = new_world(SimConfig()).instances.values()
HOME = {"cases-domain": home_id(INSTANCE, "cases-domain")}
ROWS = range(6)
CASES = "case_template,title\n" + "".join(f"General enquiry,Case {n}\n" for n in ROWS)
FIELDS = "case_field,type\n" + "".join(f"New {n},Text\n" for n in ROWS)
OPTIONS = "case_field,value,option\n" + "".join(f"Product,v{n},Option {n}\n" for n in ROWS)
CHANGES = "case,summary\n" + "".join(f"1000000{n},Said {n}\n" for n in (1, 2, 3))
COMMENTS = "case,comment\n" + "".join(f"10000001,Word {n}\n" for n in ROWS)
DONE = {RowStatus.SUCCEEDED}


def lost(folder, job, text, operation, kind, *, effect=True, lag=0.0):
    """Carry out a job half of whose answers are lost; its statuses, and the things of a kind."""
    race = Race(folder, SimConfig(search_lag=lag), homes=HOME)
    mishap = Mishap(kind="cut", operation=operation, probability=0.5, effect=effect)
    race.simulator.set_faults(Faults(seed=3, mishaps=(mishap,)))
    race.run(job, text)
    (instance,) = race.simulator.world.instances.values()
    return asyncio.run(statuses(folder / "run0")), [*instance.tables[kind].all()]


async def statuses(folder):
    ledger = SqliteLedger.open(folder, readonly=True)
    found = {row.key: row.status async for row in ledger.results()}
    await ledger.close()
    return found


@pytest.mark.parametrize("effect", [True, False])
def test_a_case_is_made_once_by_its_token(tmp_path, effect):
    told, cases = lost(tmp_path, "create-cases", CASES, "CreateCase", "case", effect=effect)
    assert set(told.values()) == DONE
    new = sorted(each["Name"] for each in cases if each["Name"].startswith("Case"))
    assert new == [f"Case {n}" for n in ROWS]


@pytest.mark.parametrize("effect", [True, False])
def test_a_case_is_changed_again_to_the_same(tmp_path, effect):
    told, cases = lost(tmp_path, "update-cases", CHANGES, "UpdateCase", "case", effect=effect)
    assert set(told.values()) == DONE
    said = [v["value"] for each in cases for v in each["Values"] if v["id"] == "summary"]
    assert said == [{"stringValue": f"Said {n}"} for n in (1, 2, 3)]


def test_a_field_is_made_once_though_it_has_no_token(tmp_path):
    told, fields = lost(tmp_path, "create-case-fields", FIELDS, "CreateField", "case-field")
    new = sorted(each["Name"] for each in fields if each["Name"].startswith("New"))
    assert new == [f"New {n}" for n in ROWS]
    assert set(told.values()) <= {*DONE, RowStatus.UNKNOWN}  # it may be another's of the name


def test_options_are_put_again_to_the_same(tmp_path):
    operation = "BatchPutFieldOptions"
    told, options = lost(tmp_path, "put-case-field-options", OPTIONS, operation, "field-option")
    assert set(told.values()) == DONE
    new = [each["Option"]["name"] for each in options if each["Option"]["name"].startswith("Opt")]
    assert new == [f"Option {n}" for n in ROWS]


@pytest.mark.parametrize("effect", [True, False])
def test_a_comment_is_never_made_twice(tmp_path, effect):
    where = ("CreateRelatedItem", "case-related-item")
    told, items = lost(tmp_path, "create-case-comments", COMMENTS, *where, effect=effect, lag=9.0)
    bodies = [each["Content"]["comment"]["body"] for each in items]
    assert len(bodies) == len({*bodies})
    done = {key.partition(" / ")[2] for key, status in told.items() if status in DONE}
    assert done <= {*bodies}
    assert set(told.values()) == {*DONE, RowStatus.UNKNOWN}
