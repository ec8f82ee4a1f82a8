"""Which calls go first where rows need one another, and what goes on beside them."""

from __future__ import annotations

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.targets.request import PaceChoice
from tests.runs.test_workbook_run import centre

__all__ = ["centre"]
HEAD = ["username", "password", "first_name", "last_name", "security_profiles", "routing_profile"]


def user(name, profile="Basic Routing Profile"):
    return [name, "Blue-Harbour-4711", "A", "B", "Agent", profile]


async def sent(folder):
    """Return the keys of the rows in the order in which their calls left."""
    ledger = SqliteLedger.open(folder, readonly=True)
    rows = {call.id: call.rows[0] async for call in ledger.calls()}
    keys = {row.number: row.key async for row in ledger.results()}
    order = [keys[rows[each.call]] async for each in ledger.events() if each.to_state == "sent"]
    await ledger.close()
    return order


async def test_a_slow_chain_and_an_independent_lane_go_on_side_by_side(office, centre):
    path = centre(
        Hierarchy_groups=[["hierarchy_group"], ["A"], ["A/B"], ["A/B/C"]],
        Users=[HEAD, *[user(f"user{number}") for number in range(30)]],
    )
    pace = PaceChoice(tps=("CreateUserHierarchyGroup=0.15",))
    ending = await office.run("workbook", path, pace=pace)
    order = await sent(ending.folder)
    # a group is sent each seven seconds, two users each second
    places = [order.index(key) for key in ("user5", "A/B", "user29", "A/B/C")]
    assert places == sorted(places)
    (plan,) = office.answers.plans
    assert [str(link) for link in plan.course] == ["CreateUserHierarchyGroup (3 at 0.15/s)"]


async def test_what_others_wait_for_longest_goes_before_what_stands_above_it(office, centre):
    queues = [[f"Queue {number:02}", "Basic Hours"] for number in range(12)]
    path = centre(
        Queues=[["queue", "hours"], *queues],
        Routing_profiles=[
            ["routing_profile", "description", "default_outbound_queue", "voice"],
            ["Late", "New", "Queue 11", 1],
            ["Lone", "New", "Queue 10", 1],
        ],
        Users=[HEAD, user("ana", "Late"), user("ben", "Lone")],
    )
    ending = await office.run("workbook", path)
    order = [key for key in await sent(ending.folder) if key.startswith("Queue")]
    assert order == ["Queue 11", "Queue 10", *[name for name, _ in queues[:10]]]
    (plan,) = office.answers.plans
    assert " → ".join(map(str, plan.course)) == "CreateQueue (12 at 2/s)"
