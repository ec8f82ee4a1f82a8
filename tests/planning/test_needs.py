"""Rows that name what other rows of the sheet make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Column, Find, Job, Look, Saved, Step
from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.planning.call_links import CallLinks
from bulkops.planning.calls.inverse import Done
from bulkops.planning.coming.coming_things import saved_name
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Need, Placeholder, PlannedCall
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.planning.usage import Usage
from tests.planning.paper import checked, order_of, planned, said, sheet_of, target
from tests.planning.test_undo_plan import histories

GROUPS = load("create-hierarchy-groups").job
DELETE = load("delete-hierarchy-groups").job
RENAME = load("update-hierarchy-groups").job
LEVELS = ("Organisation", "Site", "Team")
GROUP = Find("hierarchy-group", Col("group"))
FLAT = Job(
    name="flat-groups",
    summary="Make groups, each in the one that another column names.",
    key=("group",),
    columns=(
        Column(name="group", required=True, help="The name."),
        Column(name="above", help="The group above it."),
    ),
    steps=(
        Step(
            operation="CreateUserHierarchyGroup",
            subject=GROUP,
            args={
                "Name": Col("group"),
                "ParentGroupId": Find("hierarchy-group", Col("above")),
            },
            save={"group_id": "HierarchyGroupId", "group_arn": "HierarchyGroupArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            undo=Step(
                operation="DeleteUserHierarchyGroup",
                subject=GROUP,
                args={"HierarchyGroupId": Saved("group_id")},
                settle=Look(),
            ),
        ),
    ),
)


def centre(*paths, levels=LEVELS):
    """Return an instance with groups of some paths; an id is the path with g/ before it."""
    inventory = Inventory()
    inventory.add("hierarchy-level", [Thing(id=name, name=name) for name in levels])
    for path in paths:
        thing = Thing(
            id=f"g/{path}", name=path.rpartition("/")[2], state={"Name": path.rpartition("/")[2]}
        )
        inventory.add("hierarchy-group", [thing, replace(thing, name=path)])
    return inventory


def plan(inventory, *paths, job=GROUPS, **selected):
    column = job.key[0]
    rows = [each if isinstance(each, dict) else {column: each} for each in paths]
    return planned(order_of(job, sheet_of(*rows), **selected), inventory)


def made(row):
    return Placeholder(kind="made", name="group_id", of=Need(row, "0"))


def parents(rows):
    return {row.key: [call.params.get("ParentGroupId") for call in row.calls] for row in rows}


def test_a_parent_is_what_is_there_or_what_another_row_makes_wherever_that_stands():
    rows, _, planner = plan(centre("A"), "A/B/C", "A/B", "D", "D/E")
    assert planner.problems == []
    assert parents(rows) == {"A/B/C": [made(3)], "A/B": ["g/A"], "D": [None], "D/E": [made(4)]}
    assert [call.needs for row in rows for call in row.calls] == [
        (Need(3, "0"),),
        (),
        (),
        (Need(4, "0"),),
    ]
    assert [row.calls[0].params["Name"] for row in rows] == ["C", "B", "D", "E"]
    assert planner.totals().chain == 2


def test_what_is_there_goes_before_what_a_row_would_make():
    rows, _, planner = plan(centre("A", "A/B"), "A/B/C", "A/B", "A")
    assert [row.action for row in rows] == [Action.CREATE, Action.NONE, Action.NONE]
    assert parents(rows)["A/B/C"] == ["g/A/B"]
    assert planner.totals().chain == 0


def test_a_path_means_no_other_group_of_its_last_name():
    rows, _, planner = plan(centre("A", "A/Sales"), "Sales", "A/Sales/North")
    assert planner.problems == []
    assert parents(rows) == {"Sales": [None], "A/Sales/North": ["g/A/Sales"]}


def test_a_parent_that_is_not_there_and_that_no_row_makes_is_a_problem():
    _, _, planner = plan(centre("A", "A/Dublin"), "A/Dubln/Sales", "Sales/North")
    assert said(planner.problems) == [
        ("unknown-name", "Users!A2"),
        ("unknown-name", "Users!A3"),
    ]
    first, second = planner.problems
    assert first.message == (
        '"A/Dubln" is not a hierarchy group of this instance, and no row makes it'
    )
    assert "A/Dublin" in first.hint
    assert second.message.startswith('"Sales" is not')


def test_a_parent_whose_row_is_not_among_those_meant_is_a_problem():
    rows, _, planner = plan(centre("A"), "A/B", "A/B/C", rows="3")
    assert [row.number for row in rows] == [3]
    assert said(planner.problems) == [("unknown-name", "Users!A3")]


def test_a_group_that_lies_deeper_than_there_are_levels_is_a_problem():
    _, _, planner = plan(centre("A", levels=("Organisation", "Site")), "A/B", "A/B/C")
    (problem,) = planner.problems
    assert problem.message == (
        '"A/B/C" is 3 levels deep; the levels of this instance are 2: Organisation, Site'
    )
    _, _, planner = plan(centre(levels=()), "A")
    assert "the levels of this instance are none" in planner.problems[0].message


@pytest.mark.parametrize(
    ("text", "path"),
    [("/A/B", "A/B"), (" A / B ", "A/B"), ("A", "A"), ("//A", None), ("A//B", None)],
)
def test_all_spellings_of_a_path_are_one(text, path):
    if path is None:
        assert checked(GROUPS, {"hierarchy_group": text}) == [("not-a-path", "Users!A2")]
        return
    rows, _, planner = plan(centre("A"), text, "A/Z")
    assert planner.problems == []
    assert rows[0].calls == () or rows[0].calls[0].params["Name"] == path.rpartition("/")[2]


def test_a_path_without_any_name_is_told_no_other():
    assert checked(GROUPS, {"hierarchy_group": "/"}) == [("not-a-path", "Users!A2")]


def test_two_spellings_of_one_path_are_one_row_twice():
    found = checked(GROUPS, {"hierarchy_group": "A/B"}, {"hierarchy_group": "A / B"})
    assert [place for _, place in found] == ["Users!A3"]


def test_the_words_of_a_job_with_needs_are_right():
    assert faults_of(FLAT) == faults_of(GROUPS) == ()


def test_rows_that_wait_for_one_another_are_a_problem_that_names_them():
    rows = [
        {"group": "a", "above": "b"},
        {"group": "b", "above": "c"},
        {"group": "c", "above": "a"},
        {"group": "d", "above": "a"},
        {"group": "e", "above": "e"},
        {"group": "f", "above": ""},
    ]
    found, _, planner = plan(centre(), *rows, job=FLAT)
    told = {each.address.row: each.message for each in planner.problems}
    circle = "rows 2, 3 and 4 wait for one another: none could ever be sent"
    assert told == {
        2: circle,
        3: circle,
        4: circle,
        6: "row 6 waits for itself: none could ever be sent",
    }
    assert [row.number for row in found if not row.calls] == [2, 3, 4, 6]


def test_of_two_rows_that_make_one_name_the_first_is_needed():
    rows, _, _ = plan(
        centre(),
        {"group": "a", "above": ""},
        {"group": "a", "above": "x"},
        {"group": "b", "above": "a"},
        job=FLAT,
    )
    assert rows[2].calls[0].needs == (Need(2, "0"),)


def test_the_longest_chain_counts_a_rows_own_calls_too():
    def call(row, step, *needs):
        return PlannedCall(
            step=step, target="", service="connect", operation="X", params={}, rows=(row,),
            needs=needs,
        )  # fmt: skip

    alone, links = CallLinks(), CallLinks()
    alone.add([call(3, "0"), call(3, "1")])
    assert (alone.longest(), alone.linked) == (0, False)  # no row needs another
    links.add([call(2, "0", Need(3, "1"))])
    links.add([call(3, "0"), call(3, "1")])
    assert links.longest() == 3
    assert links.lanes == [("", "connect", "X")]
    assert [links.need_of(key) for key in links.graph.keys] == [
        Need(2, "0"),
        Need(3, "0"),
        Need(3, "1"),
    ]


def done(path, row, under=None):
    """Return what a run did to make a group."""
    params = {"InstanceId": "i-1", "Name": path.rpartition("/")[2]}
    needs = {}
    if under is not None:
        need = Need(under, "0")
        params["ParentGroupId"] = Placeholder(kind="made", name="group_id", of=need)
        needs = {need: {"group_id": f"g{under}"}}
    saved = {"group_id": f"g{row}", "group_arn": f"arn/g{row}"}
    return {"done": (Done(step="0", params=params, saved=saved, needs=needs),)}


def undone(inventory, past, *paths):
    rows = [{"hierarchy_group": path} for path in paths]
    past = histories(GROUPS, rows, past)
    planner = undo_plan(GROUPS, past, {"": target()}, {"": inventory}, needing=True)
    return list(planner.entries()), planner


def there(*rows):
    """Return an instance with the groups that rows have made."""
    inventory = Inventory()
    for path, row in rows:
        thing = Thing(id=f"g{row}", name=path.rpartition("/")[2], state={})
        inventory.add("hierarchy-group", [thing, replace(thing, name=path)])
    return inventory


def test_an_undo_takes_back_what_lies_in_a_thing_before_the_thing_itself():
    past = {2: done("A/B", 2, under=3), 3: done("A", 3)}
    rows, planner = undone(there(("A/B", 2), ("A", 3)), past, "A/B", "A")
    calls = {row.number: row.calls[0] for row in rows}
    assert calls[2].needs == ()
    assert calls[3].needs == (Need(2, "0.undo"),)
    assert planner.totals().chain == 2
    kept = Placeholder(kind="made", name="group_id", of=Need(3, "0"), was="g3")
    assert calls[2].undo["ParentGroupId"] == kept


def test_what_is_gone_already_holds_up_nothing():
    past = {2: done("A/B", 2, under=3), 3: done("A", 3)}
    rows, _ = undone(there(("A", 3)), past, "A/B", "A")
    assert [(row.action, row.calls and row.calls[0].needs) for row in rows] == [
        (Action.NONE, ()),
        (Action.DELETE, ()),
    ]


def taken_back(path, row, under=None, was=""):
    """Return what an undo did to take a group back, with what makes it again."""
    params = {"InstanceId": "i-1", "Name": path.rpartition("/")[2]}
    if under is not None:
        need = Need(under, "0")
        params["ParentGroupId"] = Placeholder(kind="made", name="group_id", of=need, was=was)
    gone = {"InstanceId": "i-1", "HierarchyGroupId": f"g{row}"}
    return {"done": (Done(step="0.undo", params=gone, saved={}, undo=params),)}


def test_what_is_made_again_lies_in_what_is_made_again():
    past = {2: taken_back("A/B", 2, under=3), 3: taken_back("A", 3)}
    rows, _ = undone(Inventory(), past, "A/B", "A")
    assert rows[0].calls[0].needs == (Need(3, "0"),)
    assert rows[0].calls[0].params["ParentGroupId"].of == Need(3, "0")


def test_what_is_made_again_lies_in_what_is_there_where_that_was_not_taken_back():
    past = {2: taken_back("A/B", 2, under=3, was="g3")}
    rows, _ = undone(Inventory(), past, "A/B", "A")
    assert rows[0].calls[0].params["ParentGroupId"] == "g3"
    assert rows[0].calls[0].needs == ()


def test_what_has_nothing_to_lie_in_any_more_is_a_conflict_and_so_is_all_in_it():
    past = {
        2: taken_back("A/B/C", 2, under=3),
        3: taken_back("A/B", 3, under=4),
    }
    rows, _ = undone(Inventory(), past, "A/B/C", "A/B", "A")
    assert [row.action for row in rows] == [Action.CONFLICT, Action.CONFLICT, Action.NONE]
    assert {row.problem.code for row in rows[:2]} == {"gone"}


def test_a_group_is_known_by_its_new_name_where_it_lies():
    named = {"hierarchy_group": "A/B", "new_name": "Z"}
    rows, _, planner = plan(centre("A", "A/Z", "Z"), named, job=RENAME)
    assert planner.problems == []
    assert rows[0].action is Action.NONE
    rows, _, planner = plan(centre("A", "A/B", "C", "C/Z"), named, job=RENAME)
    assert planner.problems == []
    assert rows[0].calls[0].params["Name"] == "Z"
    _, _, planner = plan(centre("A", "A/B", "A/Z"), named, job=RENAME)
    assert [each.code for each in planner.problems] == ["name-taken"]


def test_a_group_can_not_be_moved_by_a_new_name():
    _, _, planner = plan(
        centre("A", "A/B"), {"hierarchy_group": "A/B", "new_name": "C/B"}, job=RENAME
    )
    (problem,) = planner.problems
    assert problem.code == "not-a-name"
    assert "create it anew" in problem.hint


def with_users_of_one_another(*paths):
    """Return an instance of groups, with who lies in whom as reading it tells."""
    inventory = centre(*paths)
    for path in paths:
        above = path.split("/")
        for depth in range(1, len(above) + 1):
            inside = Usage("hierarchy group", above[-1], f"g/{path}", "group above it")
            inventory.add_usage("hierarchy-group", f"g/{'/'.join(above[:depth])}", inside)
    return inventory


def test_what_lies_in_a_thing_is_deleted_before_it_or_it_is_a_problem():
    there = with_users_of_one_another("A", "A/B", "A/B/C")
    rows, _, planner = plan(there, "A/B", "A", "A/B/C", job=DELETE)
    assert planner.problems == []
    assert [set(row.calls[0].needs) for row in rows] == [
        {Need(4, "0")},
        {Need(2, "0"), Need(4, "0")},
        set(),
    ]
    _, _, planner = plan(there, "A/B", "A", job=DELETE)
    assert [each.address.row for each in planner.problems] == [2, 3]
    assert {each.code for each in planner.problems} == {"in-use"}


def gone(path, row, above, needs=()):
    """Return what a run did to delete a group, and what it kept to make it again."""
    address = {"InstanceId": "i-1"}
    made = Placeholder(kind="saved", name="group_id")
    making = {**address, "Name": path.rpartition("/")[2]}
    return {
        "done": (
            Done(
                step="0",
                params={**address, "HierarchyGroupId": f"g{row}"},
                saved={},
                undo={
                    "0": [{**address, "HierarchyGroupId": made}],
                    "0.undo": [making | ({"ParentGroupId": above} if above else {})],
                },
                needs={need: {} for need in needs},
            ),
        )
    }


def test_a_deleted_thing_is_made_again_in_what_is_made_again_and_not_by_the_old_id():
    past = {2: gone("A/B", 2, "g3"), 3: gone("A", 3, "", [Need(2, "0")])}
    rows = [{"hierarchy_group": path} for path in ("A/B", "A")]
    past = histories(DELETE, rows, past)
    planner = undo_plan(DELETE, past, {"": target()}, {"": Inventory()}, needing=True)
    inner, outer = planner.entries()
    again = Placeholder(kind="made", name="group_id", of=Need(3, "0.undo"), was="g3")
    assert inner.problem is None, inner
    (call,) = inner.calls
    assert call.params["ParentGroupId"] == again
    assert call.undo["0.undo"][0]["ParentGroupId"] == again
    assert call.needs == (Need(3, "0.undo"),)
    assert outer.calls[0].needs == ()


def test_a_row_whose_own_cell_is_wrong_makes_nothing_that_others_need():
    _, _, planner = plan(centre("A"), "A//B", "A/C/D")
    assert said(planner.problems) == [("not-a-path", "Users!A2"), ("unknown-name", "Users!A3")]


def test_only_what_a_step_makes_is_needed_of_a_row_of_several_steps():
    again = Step(
        operation="UpdateUserHierarchyGroupName",
        args={"HierarchyGroupId": Saved("group_id"), "Name": Col("group")},
    )
    job = replace(FLAT, steps=(*FLAT.steps, again))
    rows, _, planner = plan(
        centre(), {"group": "a", "above": ""}, {"group": "b", "above": "a"}, job=job
    )
    assert planner.problems == []
    assert [call.needs for call in rows[1].calls] == [(Need(2, "0"),), ()]
    assert planner.totals().chain == 3


def test_a_thing_is_known_by_the_name_of_its_id_or_of_its_arn():
    step = FLAT.steps[0]
    assert saved_name(step, arn=False) == "group_id"
    assert saved_name(step, arn=True) == "group_arn"
    with pytest.raises(KeyError, match="saves no ARN"):
        saved_name(replace(step, save={"group_id": "HierarchyGroupId"}), arn=True)
