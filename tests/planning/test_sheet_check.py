from __future__ import annotations

from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col
from bulkops.definition.settling_ways import Again, Never
from bulkops.planning.inventory import Want
from bulkops.planning.sheet_check import check
from bulkops.problems import Problem, Severity
from tests.planning.paper import (
    CREATE,
    MOVE,
    QUEUES,
    Sheet,
    checked,
    order_of,
    said,
    sheet_of,
    user_row,
)

RENAME = Job(
    name="rename-queues",
    summary="",
    key=("queue",),
    columns=(
        Column(name="queue", help="", required=True),
        Column(name="name", help=""),
        Column(name="description", help=""),
    ),
    steps=(
        Step(
            operation="UpdateQueueName",
            args={"QueueId": Col("queue"), "Name": Col("name"), "Description": Col("description")},
            settle=Again(),
            irreversible="x",
        ),
    ),
)


def test_a_good_row_has_no_problem():
    assert checked(CREATE, user_row(), identity="CONNECT_MANAGED") == []


def test_all_problems_are_found_in_one_pass_from_left_to_right():
    rows = (
        user_row(username="bo\u200bb", phone_type="desk"),
        user_row(password="***", first_name="", acw_seconds="1e3"),
    )
    assert checked(CREATE, *rows, identity="CONNECT_MANAGED") == [
        ("invisible-character", "Users!A2"),
        ("missing-value", "Users!G2"),
        ("masked-secret", "Users!B3"),
        ("missing-value", "Users!C3"),
        ("not-a-number", "Users!H3"),
    ]


def test_what_an_identity_type_needs_or_refuses_is_known_only_with_a_target():
    row = user_row(password="", email="ana@example.com")
    assert checked(CREATE, row) == []
    assert checked(CREATE, row, identity="CONNECT_MANAGED") == [("missing-value", "Users!B2")]
    assert checked(CREATE, row, identity="SAML") == [("refused-here", "Users!G2")]


def test_a_column_that_an_identity_type_needs_is_said_once_for_the_sheet():
    rows = [user_row(username="a"), user_row(username="b")]
    sheet = sheet_of(*({k: v for k, v in row.items() if k != "password"} for row in rows))
    found = check(order_of(CREATE, sheet), {"": "CONNECT_MANAGED"}).problems
    (problem,) = found
    assert str(problem) == (
        'Users: the sheet has no column "password": the instance manages its users with Amazon'
        " Connect itself"
    )


def test_with_several_targets_the_one_that_needs_a_column_is_named():
    sheet = Sheet(
        ["username", "security_profiles", "routing_profile", "target"], ["a", "b", "c", "x"]
    )
    known = {"x": "EXISTING_DIRECTORY", "y": "CONNECT_MANAGED", "z": None}
    found = check(order_of(CREATE, sheet), known).problems
    assert [each.message.rpartition(" ")[2] for each in found] == ["y)"] * 3


def test_a_required_value_is_missed_by_cell_and_a_required_column_once():
    assert checked(MOVE, {"username": "", "routing_profile": "x"}) == [
        ("missing-value", "Users!A2")
    ]
    assert checked(MOVE, {"username": "a"}, {"username": "b"}) == [("missing-column", "Users")]


def test_what_another_column_s_value_asks_for_is_said_at_that_cell_if_the_sheet_lacks_it():
    assert checked(CREATE, user_row(phone_type="desk", desk_phone="")) == [
        ("missing-value", "Users!H2")
    ]
    assert checked(CREATE, user_row(phone_type="desk")) == [("missing-value", "Users!G2")]
    assert checked(CREATE, user_row(phone_type="desk", desk_phone="+35315550142")) == []


def test_a_row_that_stands_twice_names_the_first():
    rows = [
        user_row(),
        user_row(username="bob"),
        user_row(),
        user_row(routing_profile="Sales"),
        user_row(password="Other-Harbour-27"),
    ]
    found = check(order_of(CREATE, sheet_of(*rows))).problems
    assert [str(each) for each in found] == [
        "Users!A4: ana stands in row 2 already, with the same values. Keep one of the two rows.",
        "Users!A5: ana stands in row 2 already, with other values. Keep one of the two rows.",
        "Users!A6: ana stands in row 2 already, with other values. Keep one of the two rows.",
    ]
    assert [each.code for each in found] == ["duplicate-row"] + ["contradicting-row"] * 2


def test_the_same_key_on_two_targets_is_two_things():
    sheet = Sheet(["username", "routing_profile", "target"], ["a", "x", "e"], ["a", "x", "f"])
    found = check(order_of(MOVE, sheet), {"e": None, "f": None})
    assert found.problems == ()
    assert set(found.wants) == {"e", "f"}
    assert found.rows == 2


def test_a_target_that_is_not_known_gets_the_nearest():
    sheet = Sheet(["username", "routing_profile", "target"], ["a", "x", "emeaa"], ["b", "x", ""])
    found = check(order_of(MOVE, sheet), {"emea": None, "apac": None}).problems
    assert [str(each) for each in found] == [
        'Users!C2: "emeaa" is not one of the targets: apac, emea. Did you mean "emea"?',
        "Users!C3: no target is named: apac, emea",
    ]


def test_without_a_target_column_several_targets_leave_a_row_without_one():
    sheet = sheet_of({"username": "a", "routing_profile": "x"})
    found = check(order_of(MOVE, sheet), {"emea": None, "apac": None}).problems
    assert said(found) == [("unknown-target", "Users!2")]


def test_the_reader_s_doubts_count_where_the_job_uses_the_column_and_the_row():
    sheet = Sheet(
        ["username", "routing_profile", "Note", ""], ["a", "x", "n", ""], ["b", "x", "n", ""]
    )

    def doubt(code, row, column):
        return Problem(code=code, message="m", address=sheet.address(row, column))

    sheet.problems = (
        doubt("sheet", 0, 0),
        doubt("used", 2, 1),
        doubt("unused", 2, 3),
        doubt("nameless", 2, 4),
        doubt("passed-over", 3, 1),
        doubt("no-record", 9, 1),
    )
    codes = [each.code for each in check(order_of(MOVE, sheet)).problems]
    assert codes == ["unused-column", "sheet", "used", "nameless", "passed-over", "no-record"]
    codes = [each.code for each in check(order_of(MOVE, sheet, rows="2")).problems]
    assert codes == ["unused-column", "sheet", "used", "nameless", "no-record"]


def test_a_strange_column_is_a_warning_only():
    sheet = sheet_of({"username": "a", "routing_profile": "x", "Start date": "1"})
    (problem,) = check(order_of(MOVE, sheet)).problems
    assert problem.severity is Severity.WARNING


def test_what_the_model_would_refuse_is_said_at_the_cell_that_feeds_it():
    job = Job(
        name="j",
        summary="",
        key=("queue",),
        columns=(Column(name="queue", help=""), Column(name="status", help="")),
        steps=(
            Step(
                operation="CreateQueue",
                args={"Name": Col("queue"), "Description": Col("status")},
                irreversible="x",
            ),
        ),
    )
    found = check(order_of(job, sheet_of({"queue": "q", "status": "s"}))).problems
    (problem,) = found
    assert str(problem) == "Users!2: CreateQueue: HoursOfOperationId must be given"


def test_a_member_that_no_cell_gives_is_said_at_the_columns_that_could():
    job = Job(
        name="j",
        summary="",
        key=("profile",),
        columns=(Column(name="profile", help="", required=True), Column(name="queue", help="")),
        steps=(
            Step(
                operation="UpdateRoutingProfileDefaultOutboundQueue",
                args={"RoutingProfileId": Col("profile"), "DefaultOutboundQueueId": Col("queue")},
                irreversible="x",
            ),
            Step(
                operation="DeleteRoutingProfile",
                when="queue",
                args={"RoutingProfileId": Col("profile"), "InstanceId": Col("queue")},
                irreversible="x",
            ),
        ),
    )
    sheet = sheet_of({"profile": "p", "queue": ""})
    assert said(check(order_of(job, sheet)).problems) == [("asks-nothing", "Users!2")]


def test_a_model_s_refusal_is_not_said_of_a_cell_that_has_a_problem_already():
    row = {"routing_profile": "Basic", "queue": "Q", "channel": "VOIP", "priority": "100"}
    assert checked(QUEUES, row, on_exists="update") == [
        ("not-a-choice", "Users!C2"),
        ("out-of-range", "Users!D2"),
    ]


def test_a_member_that_is_missing_is_said_at_the_columns_inside_it():
    job = Job(
        name="j",
        summary="",
        key=("user",),
        columns=(Column(name="user", help="", required=True), Column(name="desk", help="")),
        steps=(
            Step(
                operation="UpdateUserPhoneConfig",
                args={"UserId": Col("user"), "PhoneConfig": {"DeskPhoneNumber": Col("desk")}},
                settle=Never(),
                irreversible="x",
            ),
        ),
    )
    sheet = sheet_of({"user": "u", "desk": "+35315550142"})
    (problem,) = check(order_of(job, sheet)).problems
    assert problem.message == "UpdateUserPhoneConfig: PhoneConfig.PhoneType must be given"


def test_an_update_of_a_thing_may_leave_out_what_the_thing_has():
    rows = [user_row(phone_type="")]
    assert checked(CREATE, *rows, on_exists="update") == []


def test_a_row_that_sets_nothing_is_said_and_its_step_is_not_checked():
    rows = [{"queue": "q", "name": "", "description": ""}, {"queue": "r", "name": "n"}]
    found = check(order_of(RENAME, sheet_of(*rows))).problems
    (said,) = map(str, found)
    assert said == (
        "Users!2: the row asks for nothing: blank are name, description."
        " Fill one of them, or take the row out."
    )


def test_a_job_without_a_key_may_repeat_its_rows():
    job = Job(name="j", summary="", key=(), columns=RENAME.columns, steps=RENAME.steps)
    assert checked(job, {"queue": "q", "name": "n"}, {"queue": "q", "name": "n"}) == []


def test_wants_of_new_users_are_their_states_and_every_name_that_these_may_hold():
    order = order_of(CREATE, sheet_of(user_row(), user_row(username="bob")))
    wants = check(order).wants[""]
    assert wants.relations == {}
    assert wants.kinds == {
        "user": Want(
            names=frozenset({"ana", "bob"}),
            state=True,
            members=frozenset(CREATE.steps[0].args),
            new=True,
        ),
        "security-profile": Want(names=frozenset({"Agent"}), every=True),
        "routing-profile": Want(names=frozenset({"Basic"}), every=True),
    }


def test_groups_are_wanted_with_their_state_since_their_paths_are_part_of_it():
    order = order_of(CREATE, sheet_of(user_row(hierarchy_group="A/B")))
    assert check(order).wants[""].kinds["hierarchy-group"] == Want(
        names=frozenset({"A/B"}), every=True, state=True
    )


def test_clearing_a_group_wants_every_name_and_looks_for_none():
    order = order_of(CREATE, sheet_of(user_row(hierarchy_group="CLEAR!")))
    assert check(order).wants[""].kinds["hierarchy-group"] == Want(every=True, state=True)


def test_users_are_described_whose_rows_set_what_only_that_tells_or_may_replace_it():
    rows = [
        user_row(),
        user_row(username="bob", first_name="", last_name=""),
        user_row(username="eve", email="eve@example.com"),
        user_row(username="kim", first_name="", last_name="", mobile="CLEAR!"),
    ]
    order = order_of(CREATE, sheet_of(*rows), on_exists="update")
    wanted = check(order).wants[""].kinds["user"]
    assert (wanted.described, wanted.whole) == ({"eve", "kim"}, {"ana"})
    assert not wanted.new
    order = order_of(CREATE, sheet_of(*rows))
    wanted = check(order).wants[""].kinds["user"]
    assert (wanted.described, wanted.whole) == ({"eve", "kim"}, frozenset())
    assert wanted.new


def test_wants_of_queues_are_names_and_the_lists_of_the_profiles():
    rows = [
        {"routing_profile": "Basic", "queue": queue, "channel": "VOICE"} for queue in ("Q", "R")
    ]
    wants = check(order_of(QUEUES, sheet_of(*rows))).wants[""]
    assert wants.relations == {"routing-profile-queue": {"Basic"}}
    assert wants.kinds == {
        "routing-profile": Want(names=frozenset({"Basic"})),
        "queue": Want(names=frozenset({"Q", "R"})),
    }


def test_no_password_is_in_any_problem():
    rows = [user_row(password="hunter2"), user_row(password="hunter2 ")]
    found = check(order_of(CREATE, sheet_of(*rows)), {"": "SAML"}).problems
    assert found
    assert "hunter2" not in repr(found)
