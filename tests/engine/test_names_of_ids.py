from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.names_of_ids import FEW, names_of_ids
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.engine.desk import desk_of

USER = KINDS["user"]
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
async def desk():
    return await desk_of(SimConfig(instances=(InstanceConfig(users=40),)))


async def named(desk, kind, *ids, listed=False):
    return dict(await names_of_ids(desk.reader, KINDS[kind], ids, listed=listed))


async def test_few_ids_are_looked_at_one_by_one(desk):
    admin = desk.id("user", "admin")
    assert await named(desk, "user", admin, NOBODY) == {admin: "admin"}
    assert desk.calls == {"DescribeUser": 2}


async def test_where_the_list_is_read_anyway_nothing_else_is_asked(desk):
    admin = desk.id("user", "admin")
    assert await named(desk, "user", admin, NOBODY, listed=True) == {admin: "admin"}
    assert desk.calls == {"ListUsers": 1}


async def test_many_ids_are_found_in_the_list(desk):
    table = desk.simulator.world.instances[desk.instance].tables["user"]
    everybody = [each["Id"] for each in table.all()][: FEW + 1]
    assert len(await named(desk, "user", *everybody)) == FEW + 1
    assert desk.calls == {"ListUsers": 1}


async def test_who_may_not_describe_may_list(desk):
    admin = desk.id("user", "admin")
    denied = Mishap(
        kind="error", code="AccessDeniedException", operation="DescribeUser", status=403
    )
    desk.simulator.set_faults(Faults(mishaps=(denied,)))
    assert await named(desk, "user", admin) == {admin: "admin"}


async def test_an_id_of_a_group_is_its_path_which_means_it_alone(desk):
    top = desk.id("hierarchy-group", "Contact Centre")
    assert await named(desk, "hierarchy-group", top) == {top: "/Contact Centre"}
    groups = (await desk.ask("ListUserHierarchyGroups"))["UserHierarchyGroupSummaryList"]
    below = next(each["Id"] for each in groups if each["Name"] == "Dublin")
    (path,) = (await named(desk, "hierarchy-group", below)).values()
    assert path.endswith("/Dublin")
    found = await named(desk, "hierarchy-group", top, below, listed=True)
    assert found == {top: "/Contact Centre", below: path}


async def test_what_bears_the_id_as_its_name_is_meant_by_its_name(desk):
    admin = desk.id("user", "admin")
    assert await named(desk, "user", "admin", admin, listed=True) == {admin: "admin"}


async def test_what_has_no_id_has_its_name_alone(desk):
    assert await named(desk, "predefined-attribute", NOBODY) == {}
    assert desk.calls == {}


async def test_a_description_without_a_name_is_no_answer(desk):
    nameless = replace(USER, search=replace(USER.search, name="Nickname"))
    admin = desk.id("user", "admin")
    found = await names_of_ids(desk.reader, nameless, [admin], listed=False)
    assert found == {admin: "admin"}
    assert desk.calls == {"DescribeUser": 1, "ListUsers": 1}
