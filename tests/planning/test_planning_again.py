"""What a plan leads to: applied to an instance on paper and planned again, nothing is left."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, Placeholder
from bulkops.planning.sheet_check import check
from tests.planning.paper import CREATE, QUEUES, inventory_of, order_of, planned, sheet_of, user_row

PROFILES = ("Agent", "Admin", "QA")
ROUTES = ("Basic", "Sales")
GROUPS = ("Dublin", "Cork")
NAMES = ("ana", "bob", "cat")

cell = {
    "first_name": st.sampled_from(["Ana", "Bob"]),
    "last_name": st.sampled_from(["Byrne", "Ryan"]),
    "email": st.sampled_from(["", "a@example.com", "b@example.com"]),
    "security_profiles": st.lists(st.sampled_from(PROFILES), min_size=1).map(";".join),
    "routing_profile": st.sampled_from(ROUTES),
    "hierarchy_group": st.sampled_from(["", "CLEAR!", *GROUPS]),
    "phone_type": st.sampled_from(["", "soft"]),
    "auto_accept": st.sampled_from(["", "yes", "no"]),
    "acw_seconds": st.sampled_from(["", "0", "30"]),
}
sheets = st.lists(st.sampled_from(NAMES), unique=True, min_size=1).flatmap(
    lambda names: st.tuples(
        *(st.fixed_dictionaries({"username": st.just(name)} | cell) for name in names)
    )
)


class Centre:
    """Users as an instance keeps them, each operation replacing what it is given."""

    def __init__(self):
        self.users = {}

    def apply(self, call):
        params = {name: value for name, value in call.params.items() if not _is_placeholder(value)}
        params.pop("InstanceId")
        if call.operation == "CreateUser":
            assert params["Username"] not in self.users
            self.users[params["Username"]] = params
            return
        user = next(each for each in self.users.values() if _id(each) == params["UserId"])
        del params["UserId"]
        if call.operation == "UpdateUserHierarchy" and not params:
            user.pop("HierarchyGroupId", None)
        user.update(params)

    def inventory(self):
        return inventory_of(
            security_profile=PROFILES,
            routing_profile=ROUTES,
            hierarchy_group=GROUPS,
            user=[Thing(id=_id(user), name=name, state=user) for name, user in self.users.items()],
        )


def _is_placeholder(value):
    return isinstance(value, Placeholder)


def _id(user):
    return f"user/{user['Username']}"


def rows_of(sheet):
    return sheet_of(*(user_row(**row) for row in sheet))


@settings(deadline=None)
@given(sheets, sheets)
def test_planning_again_after_a_run_leaves_nothing_to_do(first, second):
    centre = Centre()
    for sheet in (first, second):
        order = order_of(CREATE, rows_of(sheet), on_exists="update")
        rows, _, planner = planned(order, centre.inventory())
        assert planner.problems == []
        for row in rows:
            assert row.action in {Action.CREATE, Action.UPDATE, Action.NONE}
            assert bool(row.calls) is (row.action is not Action.NONE)
            for call in row.calls:
                centre.apply(call)
        again, shared, _ = planned(order, centre.inventory())
        assert [row.action for row in again] == [Action.NONE] * len(sheet)
        assert shared == []


@settings(deadline=None)
@given(sheets, sheets)
def test_what_a_run_changed_can_be_put_back(first, second):
    centre = Centre()
    for row in planned(order_of(CREATE, rows_of(first)), centre.inventory())[0]:
        for call in row.calls:
            centre.apply(call)
    before = {name: _shown(user) for name, user in centre.users.items()}
    order = order_of(CREATE, rows_of(second), on_exists="update")
    rows = planned(order, centre.inventory())[0]
    updates = [call for row in rows for call in row.calls if call.undo is not None]
    for call in updates:
        centre.apply(call)
    for call in reversed(updates):
        centre.apply(_undoing(call))
    assert {name: _shown(user) for name, user in centre.users.items()} == before


def _undoing(call):
    from dataclasses import replace  # noqa: PLC0415  # used here alone

    return replace(call, params=call.undo)


def _shown(user):
    """Return a user's state without what is empty."""
    return {
        name: _shown(value) if isinstance(value, Mapping) else value
        for name, value in user.items()
        if value not in (None, "", {})
    }


place = st.fixed_dictionaries(
    {
        "routing_profile": st.sampled_from(ROUTES),
        "queue": st.sampled_from([f"Q{number}" for number in range(13)]),
        "channel": st.sampled_from(["VOICE", "CHAT"]),
        "priority": st.sampled_from(["", "1", "5"]),
        "delay": st.sampled_from(["", "0", "30"]),
    }
)
places = st.lists(
    place, max_size=30, unique_by=lambda row: (row["routing_profile"], row["queue"], row["channel"])
)


@settings(deadline=None)
@given(places, places)
def test_queues_are_given_once_and_planning_again_leaves_nothing(first, second):
    lists = {}

    def inventory():
        found = inventory_of(routing_profile=ROUTES, queue=[f"Q{number}" for number in range(13)])
        for profile, entries in lists.items():
            items = [
                {"QueueId": queue, "Channel": channel, "Priority": priority, "Delay": delay}
                for (queue, channel), (priority, delay) in entries.items()
            ]
            found.add_list("routing-profile-queue", profile, items)
        return found

    for sheet in (first, second):
        if not sheet:
            continue
        order = order_of(QUEUES, sheet_of(*sheet))
        assert check(order).problems == ()
        rows, calls, _ = planned(order, inventory())
        due = [row.number for row in rows if row.action is not Action.NONE]
        assert sorted(number for call in calls for number in call.rows) == due
        for call in calls:
            entries = lists.setdefault(call.params["RoutingProfileId"], {})
            assert len(call.params["QueueConfigs"]) == len(call.rows) <= 10
            for config in call.params["QueueConfigs"]:
                key = tuple(config["QueueReference"].values())
                assert (key in entries) is call.operation.startswith("Update")
                entries[key] = (config["Priority"], config["Delay"])
        again, shared, _ = planned(order, inventory())
        assert {row.action for row in again} == {Action.NONE}
        assert shared == []
