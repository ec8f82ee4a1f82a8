from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Again, Amended, Col, Column, Entries, Find, Job, Keys, Look, Step
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.diff.amended_lists import amended, amended_list
from bulkops.planning.diff.state import StateValue
from bulkops.planning.inventory import Thing
from bulkops.planning.lookups import Gatherer
from bulkops.planning.plan import Action
from bulkops.planning.rows.row_keys import named_kinds
from tests.planning.paper import QUICK, ana, centre, inventory_of, order_of, planned, said, sheet_of
from tests.planning.test_undo_plan import plan_one

USER = Find("user", Col("username"))
PROFILES = Find("security-profile", Col("security_profiles"))
WAYS = {"replace": ("set",), "add": ("+",), "remove": ("-",)}
SET = Step(
    operation="UpdateUserSecurityProfiles",
    subject=USER,
    args={"UserId": USER, "SecurityProfileIds": Amended(PROFILES, by=Col("change"))},
    settle=Again(),
)
JOB = Job(
    name="job",
    summary="Change.",
    key=("username",),
    columns=(
        Column(name="username", help="The user.", required=True),
        Column(name="security_profiles", help="The profiles.", split=";"),
        Column(name="change", help="How.", spellings=WAYS, default="replace"),
    ),
    steps=(SET,),
)
AGENT, ADMIN = "security-profile/Agent", "security-profile/Admin"


def plan(*, held=(AGENT,), job=JOB, **cells):
    user = ana(SecurityProfileIds=[*held])
    rows, _, planner = planned(order_of(job, sheet_of({"username": "ana", **cells})), centre(user))
    return rows[0], planner.problems


def sent(**cells):
    row, problems = plan(**cells)
    assert problems == []
    return [call.params["SecurityProfileIds"] for call in row.calls]


def test_the_three_ways_of_a_list():
    assert amended("add", "ab", "bc") == ["a", "b", "c"]
    assert amended("remove", "abc", "bd") == ["a", "c"]
    assert amended("replace", "ab", "c") == amended("", "ab", "c") == ["c"]


def test_a_cell_replaces_a_list_unless_another_says_what_else():
    assert sent(security_profiles="Admin") == [[ADMIN]]
    assert sent(security_profiles="Admin", change="set") == [[ADMIN]]
    assert sent(security_profiles="Admin", change="Add") == [[AGENT, ADMIN]]
    assert sent(held=(AGENT, ADMIN), security_profiles="Agent", change="-") == [[ADMIN]]


def test_what_is_so_already_needs_no_call():
    assert sent(held=(AGENT, ADMIN), security_profiles="Admin", change="add") == []
    assert sent(security_profiles="Admin", change="remove") == []
    assert sent(held=(AGENT, ADMIN), security_profiles="Admin;Agent") == []


def test_old_and_new_are_whole_lists_and_the_old_one_is_put_back():
    row, _ = plan(security_profiles="Admin", change="add")
    assert [str(change) for change in row.changes] == ["security_profiles: Agent → Agent; Admin"]
    (call,) = row.calls
    assert call.undo == {"InstanceId": "i-1", "UserId": "u1", "SecurityProfileIds": [AGENT]}
    done = Done(step="0", params=call.params, saved={}, undo=call.undo)
    now = centre(ana(SecurityProfileIds=[AGENT, ADMIN]))
    back, _ = plan_one(JOB, {"username": "ana"}, now, done)
    assert [str(change) for change in back.changes] == ["security_profiles: Agent; Admin → Agent"]
    since = centre(ana(SecurityProfileIds=[ADMIN]))
    assert plan_one(JOB, {"username": "ana"}, since, done)[0].action is Action.CONFLICT


def test_a_limit_holds_for_what_comes_of_it_and_is_said_of_the_cell():
    row, problems = plan(security_profiles="Agent", change="remove")
    assert said(problems) == [("refused-by-model", "Users!B2")]
    assert "allowed: 1 to 10" in problems[0].message
    assert row.calls == ()


def test_a_way_alone_asks_for_nothing():
    assert said(plan(change="add")[1]) == [("asks-nothing", "Users!2")]


def test_what_is_cleared_or_not_to_be_seen_is_not_amended():
    argument = Argument(path=("Values",), value=["x"], field="values", way="add")
    assert amended_list(argument, StateValue(["y"])).value == ["y", "x"]
    assert amended_list(argument, StateValue(known=False)).code == "not-visible"
    assert amended_list(argument._replace(value=None), StateValue(["y"])).code == "nothing-to-amend"
    untouched = argument._replace(way="replace")
    assert amended_list(untouched, StateValue(known=False)) is untouched


PERMITS = Find("security-profile", Col("profile"))
ALLOW = Job(
    name="job",
    summary="Allow.",
    key=("profile",),
    columns=(
        Column(name="profile", help="The profile.", required=True),
        Column(name="permissions", help="What it allows.", split=";"),
        Column(name="change", help="How.", spellings=WAYS, default="replace"),
    ),
    steps=(
        Step(
            operation="UpdateSecurityProfile",
            subject=PERMITS,
            args={
                "SecurityProfileId": PERMITS,
                "Permissions": Amended(Col("permissions"), by=Col("change")),
            },
            settle=Again(),
        ),
    ),
)


def test_a_cell_that_clears_a_list_and_amends_it_is_a_problem_and_nothing_is_sent():
    state = {"SecurityProfileName": "Agent", "Permissions": ["Users.View"]}
    agent = Thing(id="s1", name="Agent", state=state, described=True)

    def planned_as(change):
        cells = {"profile": "Agent", "permissions": "CLEAR!", "change": change}
        there = inventory_of(security_profile=[agent])
        (row,), _, planner = planned(order_of(ALLOW, sheet_of(cells)), there)
        return [call.params["Permissions"] for call in row.calls], said(planner.problems)

    assert planned_as("replace") == ([[]], [])
    assert planned_as("add") == ([], [("nothing-to-amend", "Users!B2")])


def test_a_list_that_holds_nothing_yet_is_amended():
    user = ana()
    state = {name: value for name, value in user.state.items() if name != "SecurityProfileIds"}
    hidden = replace(user, state={**state, "SecurityProfileIds": None})
    order = order_of(
        JOB, sheet_of({"username": "ana", "security_profiles": "Admin", "change": "+"})
    )
    rows, _, _ = planned(order, centre(hidden))
    assert [call.params["SecurityProfileIds"] for call in rows[0].calls] == [[ADMIN]]


TAG = Step(
    operation="TagResource",
    subject=USER,
    args={"resourceArn": USER, "tags": Col("tags")},
    settle=Again(),
    undo=Step(
        operation="UntagResource",
        subject=USER,
        args={"resourceArn": USER, "tagKeys": Keys(Col("tags"))},
        settle=Again(),
    ),
)
TAGS = Job(
    name="job",
    summary="Tag.",
    key=("kind", "username"),
    columns=(
        Column(name="kind", help="The kind.", required=True, spellings={"user": ("agent",)}),
        Column(name="username", help="The user.", required=True),
        Column(name="tags", help="The tags.", kind="tags", split=";", required=True),
    ),
    steps=(replace(TAG, only_if=("kind", "user")),),
)


def test_the_keys_of_a_map_are_sent_as_a_list():
    done = Done(step="0", params={"resourceArn": "arn:u1", "tags": {"a": "1", "b": "2"}}, saved={})
    back = invert(TAGS, done, {"instance": "i-1"}, frozenset())
    assert back.params == {"resourceArn": "arn:u1", "tagKeys": ["a", "b"]}
    untag = replace(TAGS, steps=(TAG.undo,))
    row, _, _ = planned(
        order_of(untag, sheet_of({"kind": "user", "username": "ana", "tags": "x=1"})), centre(ana())
    )
    assert row[0].calls[0].params == {"resourceArn": "arn:u1", "tagKeys": ["x"]}


def test_nothing_stands_for_the_keys_of_what_was_not_sent():
    back = invert(
        TAGS, Done(step="0", params={"resourceArn": "a"}, saved={}), {"instance": "i"}, frozenset()
    )
    assert back.params == {"resourceArn": "a"}


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (replace(SET, args={"UserId": USER, "SecurityProfileIds": Amended(PROFILES, by=Col("x"))}),
         "there is no column x"),
        (replace(SET, args={"UserId": Amended(USER, by=Col("change")),
                            "SecurityProfileIds": PROFILES}),
         "UserId is a string: only a list is amended."),
        (replace(SET, args={**SET.args, "SecurityProfileIds":
                            Amended(PROFILES, by=Col("username"))}),
         "whose spellings are not replace, add, remove."),
        (replace(SET, subject=None), "only an update of a thing has a list to amend."),
        (replace(SET, only_if=("way", "add")), "there is no column way"),
        (replace(SET, only_if=("change", "ad")), "ad is not one of replace, add, remove. Did you"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_such_a_step_is_said(step, said):
    assert said in "\n".join(faults_of(replace(JOB, steps=(step,))))


def test_a_key_list_needs_a_map_and_a_member_that_is_a_list():
    undo = replace(TAG.undo, args={"resourceArn": Keys(Col("tags")), "tagKeys": Keys(Col("kind"))})
    faults = "\n".join(faults_of(replace(TAGS, steps=(replace(TAG, undo=undo),))))
    assert "resourceArn is a string, not a list of keys." in faults
    assert "tagKeys: column kind holds no map, whose keys could be sent." in faults
    assert faults_of(TAGS) == faults_of(JOB) == ()


HOME = Step(
    operation="UpdateUserRoutingProfile",
    subject=USER,
    args={"UserId": USER, "RoutingProfileId": Find("routing-profile", Col("goes_to"))},
    only_if=("what", "profile"),
    settle=Again(),
)
GROUP = Step(
    operation="UpdateUserHierarchy",
    subject=USER,
    args={"UserId": USER, "HierarchyGroupId": Find("hierarchy-group", Col("goes_to"))},
    only_if=("what", "group"),
    settle=Again(),
)
DELETED = Step(
    operation="DeleteUser",
    subject=USER,
    args={"UserId": USER},
    only_if=("what", "nowhere"),
    settle=Look(),
    irreversible="It is gone.",
)
CASES = Job(
    name="job",
    summary="Move.",
    key=("username",),
    columns=(
        Column(name="username", help="The user.", required=True),
        Column(
            name="what",
            help="Which.",
            required=True,
            spellings={"profile": (), "group": ("team",), "nowhere": ()},
        ),
        Column(name="goes_to", help="Where."),
    ),
    steps=(HOME, GROUP, DELETED),
)


@pytest.mark.parametrize(
    ("cells", "operation"),
    [
        ({"what": "Profile", "goes_to": "Sales"}, "UpdateUserRoutingProfile"),
        ({"what": "team", "goes_to": "Cork"}, "UpdateUserHierarchy"),
        ({"what": "nowhere"}, "DeleteUser"),
    ],
)
def test_a_step_is_sent_only_where_its_column_has_its_value(cells, operation):
    order = order_of(CASES, sheet_of({"username": "ana", **cells}))
    rows, _, planner = planned(order, centre(ana()))
    assert planner.problems == []
    assert [call.operation for call in rows[0].calls] == [operation]


def test_a_name_is_looked_for_among_the_things_of_its_own_case_alone():
    order = order_of(CASES, sheet_of({"username": "ana", "what": "group", "goes_to": "Sales"}))
    _, _, planner = planned(order, centre(ana()))
    assert [problem.message for problem in planner.problems] == [
        '"Sales" is not a hierarchy group of this instance'
    ]


def test_a_job_says_when_a_step_is_sent_and_what_its_cells_may_hold():
    described = describe(CASES)
    assert [each.when for each in described.operations] == [
        "where what is profile",
        "where what is group",
        "where what is nowhere",
    ]
    allowed = {each.column.name: each.allowed for each in described.columns}
    assert allowed["what"] == "profile, group, nowhere"
    assert allowed["goes_to"] == "the name of a routing profile or a hierarchy group"


def gathered(job, row):
    gatherer = Gatherer(job, "fail")
    for typed in order_of(job, sheet_of(row)).rows():
        gatherer.add(typed)
    return gatherer.wants()


def test_only_what_a_row_is_about_is_looked_up():
    wants = gathered(CASES, {"username": "ana", "what": "group", "goes_to": "Cork"})
    assert sorted(wants.kinds) == ["hierarchy-group", "user"]
    lists = replace(QUICK, steps=(replace(QUICK.steps[0], only_if=("queue", "Support")),))
    for queue, relations in (("Support", ["queue-quick-connect"]), ("Billing", [])):
        wants = gathered(lists, {"queue": queue, "quick_connect": "Desk"})
        assert sorted(wants.relations) == relations


def test_a_column_that_names_several_kinds_folds_no_case():
    assert sorted(named_kinds(CASES)) == ["username"]


def test_an_undo_step_knows_the_list_that_its_own_step_sent():
    undo = replace(SET, args={"SecurityProfileIds": Amended(PROFILES, by=Col("change"))})
    job = replace(JOB, steps=(replace(SET, undo=undo),))
    params = {"UserId": "u1", "SecurityProfileIds": [AGENT]}
    back = invert(job, Done(step="0", params=params, saved={}), {"instance": "i"}, frozenset())
    assert back.params == {"InstanceId": "i", "SecurityProfileIds": [AGENT]}


def tagged(**tags):
    return ana(Tags=tags)


def tag_plan(job, user, cell):
    row = {"kind": "user", "username": "ana", "tags": cell}
    rows, _, planner = planned(order_of(job, sheet_of(row)), centre(user))
    return rows[0], planner.problems


UNTAGS = replace(
    TAGS,
    columns=(*TAGS.columns[:2], Column(name="tags", help="The keys.", split=";", required=True)),
    steps=(
        Step(
            operation="UntagResource",
            subject=USER,
            only_if=("kind", "user"),
            args={"resourceArn": USER, "tagKeys": Keys(Entries("Tags", Col("tags")))},
            settle=Again(),
            undo=Step(
                operation="TagResource",
                subject=USER,
                args={"resourceArn": USER, "tags": Entries("Tags", Col("tags"))},
                settle=Again(),
            ),
        ),
    ),
)


def test_only_entries_that_differ_are_sent_and_those_they_replace_are_kept():
    row, _ = tag_plan(TAGS, tagged(a="1", b="2", z="9"), "a=1;b=3;c=4")
    (call,) = row.calls
    assert call.params == {"resourceArn": "arn:u1", "tags": {"b": "3", "c": "4"}}
    assert call.undo == {"resourceArn": "arn:u1", "tags": {"b": "2"}}
    assert [str(change) for change in row.changes] == ["tags: b=2 → b=3; c=4"]
    assert tag_plan(TAGS, tagged(a="1"), "a=1")[0].calls == ()
    assert tag_plan(TAGS, tagged(a="1"), "b=1")[0].calls[0].undo is None


def test_what_comes_of_entries_keeps_the_limit():
    many = {f"k{n}": "x" for n in range(49)}
    assert tag_plan(TAGS, tagged(**many), "a=1")[1] == []
    _, problems = tag_plan(TAGS, tagged(**many), "a=1;b=1;k0=y")
    assert said(problems) == [("wrong-count", "Users!C2")]
    assert "it would be 51; allowed: at most 50" in problems[0].message


def undone(job, user, *done):
    row = {"kind": "user", "username": "ana"}
    return plan_one(job, row, centre(user), *done)[0]


ADDED = Done(
    step="0",
    params={"resourceArn": "arn:u1", "tags": {"b": "3", "c": "4"}},
    saved={},
    undo={"resourceArn": "arn:u1", "tags": {"b": "2"}},
)


def test_a_row_that_adds_and_replaces_entries_is_taken_back_by_both():
    row = undone(TAGS, tagged(a="1", b="3", c="4"), ADDED)
    assert [(call.step, call.operation, call.params) for call in row.calls] == [
        ("0", "TagResource", {"resourceArn": "arn:u1", "tags": {"b": "2"}}),
        ("0.undo", "UntagResource", {"resourceArn": "arn:u1", "tagKeys": ["c"]}),
    ]
    assert [str(change) for change in row.changes] == ["tags: b=3 → b=2", "tags: c=4 → ∅"]
    again = [
        Done(step=call.step, params=call.params, saved={}, undo=call.undo) for call in row.calls
    ]
    back = undone(TAGS, tagged(a="1", b="2"), *again)
    assert [(call.step, call.params["tags"]) for call in back.calls] == [
        ("0", {"c": "4"}),
        ("0", {"b": "3"}),
    ]


def test_entries_that_were_only_replaced_are_put_back_alone():
    done = replace(ADDED, params={"resourceArn": "arn:u1", "tags": {"b": "3"}})
    row = undone(TAGS, tagged(b="3"), done)
    assert [call.params["tags"] for call in row.calls] == [{"b": "2"}]


@pytest.mark.parametrize(
    ("now", "action"),
    [
        ({"b": "3", "c": "5"}, Action.CONFLICT),
        ({"b": "9", "c": "4"}, Action.CONFLICT),
        ({"b": "2"}, Action.NONE),
        ({"b": "3", "c": "4", "new": "1"}, Action.DISASSOCIATE),
    ],
)
def test_entries_that_somebody_changed_since_are_left(now, action):
    assert undone(TAGS, tagged(**now), ADDED).action is action


def test_entries_that_are_there_are_taken_off_and_kept():
    row, _ = tag_plan(UNTAGS, tagged(a="1", b="2"), "a;x")
    (call,) = row.calls
    assert call.params == {"resourceArn": "arn:u1", "tagKeys": ["a"]}
    assert call.undo == {"resourceArn": "arn:u1", "tags": {"a": "1"}}
    assert [str(change) for change in row.changes] == ["tags: a=1 → ∅"]
    assert tag_plan(UNTAGS, tagged(b="2"), "a")[0].action is Action.NONE
    done = Done(step="0", params=call.params, saved={}, undo=call.undo)
    back = undone(UNTAGS, tagged(b="2"), done)
    assert [(each.step, each.params) for each in back.calls] == [("0.undo", call.undo)]
    assert undone(UNTAGS, tagged(a="5"), done).action is Action.CONFLICT
    assert undone(UNTAGS, tagged(a="1"), done).action is Action.NONE


def test_what_is_wrong_with_entries_is_said():
    assert faults_of(UNTAGS) == ()
    step = UNTAGS.steps[0]
    args = {"resourceArn": Entries("Tags", Col("username")), "tagKeys": Keys(Col("tags"))}
    faults = "\n".join(faults_of(replace(UNTAGS, steps=(replace(step, subject=None, args=args),))))
    assert "resourceArn is a string, not a map." in faults
    assert "column username holds one value, not a list of keys." in faults
    assert "the step has no thing that could hold them." in faults


def test_entries_whose_step_takes_nothing_back_are_taken_off_for_good():
    step = replace(UNTAGS.steps[0], undo=None, irreversible="It is gone.")
    row, _ = tag_plan(replace(UNTAGS, steps=(step,)), tagged(a="1"), "a")
    assert row.calls[0].undo is None


def test_an_association_that_is_about_no_map_is_as_it_was():
    step = Step(
        operation="AssociateTrafficDistributionGroupUser",
        subject=USER,
        args={"UserId": USER, "TrafficDistributionGroupId": Col("tags")},
        irreversible="It stays.",
    )
    columns = (*UNTAGS.columns[:2], Column(name="tags", help="The group."))
    job = replace(UNTAGS, columns=columns, steps=(step,))
    row, problems = tag_plan(job, ana(), "11111111-2222-4333-8444-555555555555")
    assert problems == []
    assert row.calls[0].undo is None
    kept = replace(
        step,
        irreversible="",
        undo=replace(step, operation="DisassociateTrafficDistributionGroupUser"),
    )
    done = Done(step="0", params=row.calls[0].params, saved={})
    assert undone(replace(job, steps=(kept,)), ana(), done).action is Action.DISASSOCIATE
