"""Answers lost of customer profiles, which nothing lists and nothing keeps from being doubled."""

from __future__ import annotations

import asyncio

import pytest

from bulkops.definition.call_marks import MARK_KEY
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.engine.race import Race

ACCOUNTS = [f"B-{number}" for number in range(6)]
PEOPLE = "profile,first_name\n" + "".join(f"{account},Ana\n" for account in ACCOUNTS)
ADDED = "profile,key,value\n" + "".join(
    f"A-100{number},login,in{number}\n" for number in range(1, 6)
)


HOME = {"profiles-domain": "amazon-connect-bulkops-demo"}


def lost(folder, job, text, *mishaps, call_tags=True, lag=0.0, kind="customer-profile"):
    """Carry out a job some of whose answers are lost; its statuses, and the world after it."""
    race = Race(folder, SimConfig(search_lag=lag), call_tags=call_tags, homes=HOME)
    race.simulator.set_faults(Faults(seed=3, mishaps=mishaps))
    race.run(job, text)
    (instance,) = race.simulator.world.instances.values()
    return asyncio.run(statuses(folder / "run0")), instance.tables[kind]


async def statuses(folder):
    ledger = SqliteLedger.open(folder, readonly=True)
    found = {row.key: row.status async for row in ledger.results()}
    await ledger.close()
    return found


def cut(operation, *, effect):
    return Mishap(kind="cut", operation=operation, probability=0.5, effect=effect)


def made(profiles):
    return sorted(
        each["AccountNumber"]
        for each in profiles.all()
        if str(each.get("AccountNumber")).startswith("B-")
    )


@pytest.mark.parametrize("lag", [0.0, 20.0])
def test_what_was_made_is_claimed_by_its_attribute_however_long_the_search_trails(tmp_path, lag):
    told, profiles = lost(
        tmp_path, "create-profiles", PEOPLE, cut("CreateProfile", effect=True), lag=lag
    )
    assert set(told.values()) == {RowStatus.SUCCEEDED}
    assert made(profiles) == ACCOUNTS
    ours = [each for each in profiles.all() if MARK_KEY in each.get("Attributes", {})]
    assert len(ours) == len(ACCOUNTS)


def test_what_no_search_shows_is_never_made_again(tmp_path):
    told, profiles = lost(tmp_path, "create-profiles", PEOPLE, cut("CreateProfile", effect=False))
    unknown = {key for key, status in told.items() if status is RowStatus.UNKNOWN}
    assert 0 < len(unknown) < len(ACCOUNTS)
    assert {*made(profiles)} == {*ACCOUNTS} - unknown


def test_without_the_mark_nobody_claims_what_is_there(tmp_path):
    mishap = cut("CreateProfile", effect=True)
    told, profiles = lost(tmp_path, "create-profiles", PEOPLE, mishap, call_tags=False)
    assert set(told.values()) == {RowStatus.SUCCEEDED, RowStatus.UNKNOWN}
    assert made(profiles) == ACCOUNTS


@pytest.mark.parametrize("effect", [True, False])
def test_a_key_is_looked_for_and_sent_again_where_it_is_not_there(tmp_path, effect):
    mishap = cut("AddProfileKey", effect=effect)
    told, profiles = lost(tmp_path, "add-profile-keys", ADDED, mishap)
    assert set(told.values()) == {RowStatus.SUCCEEDED}
    logins = [login for each in profiles.all() for login in each["Keys"].get("login", ())]
    assert sorted(logins) == ["ann.b", *(f"in{number}" for number in range(1, 6))]


def test_a_key_that_is_gone_is_done(tmp_path):
    removed = "profile,key,value\nA-1001,login,ann.b\n"
    mishap = Mishap(kind="cut", operation="DeleteProfileKey", calls=(1,), effect=True)
    told, profiles = lost(tmp_path, "delete-profile-keys", removed, mishap)
    assert set(told.values()) == {RowStatus.SUCCEEDED}
    assert not any(each["Keys"] for each in profiles.all())


ORDER = '"{{""orderId"": ""N-{0}"", ""account"": ""A-100{0}""}}"'
ORDERS = "profile,object_type,object_id,object\n" + "".join(
    f"A-100{number},Order,N-{number},{ORDER.format(number)}\n" for number in range(1, 7)
)


@pytest.mark.parametrize("effect", [True, False])
def test_an_object_is_put_again_and_is_there_once(tmp_path, effect):
    mishap = cut("PutProfileObject", effect=effect)
    told, world = lost(tmp_path, "put-profile-objects", ORDERS, mishap, kind="profile-object")
    assert set(told.values()) == {RowStatus.SUCCEEDED}
    put = [each["Content"]["orderId"] for each in world.all()]
    assert sorted(put) == [*(f"N-{number}" for number in range(1, 7)), "O-1"]


@pytest.mark.parametrize("effect", [True, False])
def test_an_object_that_goes_is_looked_for(tmp_path, effect):
    gone = "profile,object_type,object_id\nA-1001,Order,O-1\n"
    mishap = Mishap(kind="cut", operation="DeleteProfileObject", calls=(1,), effect=effect)
    told, world = lost(tmp_path, "delete-profile-objects", gone, mishap, kind="profile-object")
    assert set(told.values()) == {RowStatus.SUCCEEDED}
    assert len(world) == 0
