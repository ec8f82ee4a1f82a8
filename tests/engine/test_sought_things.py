"""What no list shows: searched for by name, and read by id in as few calls as it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.reads.sought_things import sought_things
from bulkops.engine.reads.things_by_name import things_of_names
from bulkops.sim.core.simulation_config import SimConfig
from tests.engine.desk import desk_of

PROFILE = KINDS["customer-profile"]
HOME = {"profiles-domain": "amazon-connect-bulkops-demo"}


async def domain_of(config=None, homes=HOME):
    desk = await desk_of(config or SimConfig())
    desk.reader.target = replace(desk.reader.target, homes=homes)
    return desk


async def changed(desk, operation, **params):
    asked = {"DomainName": HOME["profiles-domain"], **params}
    return (await desk.reader.read("customer-profiles", operation, asked)).data


async def test_each_name_takes_a_search_and_twenty_things_a_reading():
    desk = await domain_of()
    names = [f"A-{number}" for number in range(1001, 1031)]
    found = await sought_things(desk.reader, PROFILE, names)
    assert len(found) == 30
    assert all(each.described and each.state["LastName"] for each in found)
    assert desk.calls == {"SearchProfiles": 30, "BatchGetProfile": 2}


async def test_one_name_may_be_that_of_several_and_several_may_be_one_s():
    desk = await domain_of()
    names = ["family@example.com", "login=ann.b", "A-1001", "A-0"]
    found = await things_of_names(desk.reader, PROFILE, names)
    assert {name: len(found[name]) for name in names} == dict(zip(names, (2, 1, 1, 0), strict=True))
    assert found["login=ann.b"][0].id == found["A-1001"][0].id


async def test_what_only_the_index_shows_is_not_there():
    desk = await domain_of(SimConfig(search_lag=60.0))
    (first,) = await sought_things(desk.reader, PROFILE, ["A-1001"])
    await changed(desk, "DeleteProfile", ProfileId=first.id)
    asked = {"KeyName": "_account", "Values": ["A-1001"]}
    assert len((await changed(desk, "SearchProfiles", **asked))["Items"]) == 1
    assert await sought_things(desk.reader, PROFILE, ["A-1001"]) == []


async def test_a_key_that_the_service_does_not_know_finds_nothing_and_a_lost_domain_is_said():
    desk = await domain_of()
    assert await sought_things(desk.reader, PROFILE, ["nobody_defined_it=1"]) == []
    elsewhere = await domain_of(homes={"profiles-domain": "another"})
    with pytest.raises(ReadError, match="ResourceNotFoundException"):
        await sought_things(elsewhere.reader, PROFILE, ["A-1001"])
