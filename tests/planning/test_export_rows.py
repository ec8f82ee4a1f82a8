"""What is there becomes rows that mean just that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.definition.catalogue import load
from bulkops.definition.expressions import Each
from bulkops.definition.job import Column, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.errors import JobError
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import (
    export_parts,
    is_told,
    needs_states,
    owner_kind,
    owner_of,
    relation_of,
    wants_of,
)
from bulkops.planning.inventory import Inventory, Thing, Want
from bulkops.planning.spoken_names import distinct_names, things_of
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    QUEUES,
    QUICK,
    ana,
    centre,
    inventory_of,
    order_of,
    planned,
    sheet_of,
    user_row,
)

DERIVED = load("connect:UpdateUserRoutingProfile").job


def exported(job, inventory, identity="CONNECT_MANAGED", *, described=False):
    """Return the rows as {column: text}, blank ones left out, and the notes."""
    exporter = Exporter(job, inventory, identity, described=described)
    names = [column.name for column in job.columns]
    rows = [dict(zip(names, row, strict=True)) for row in exporter.rows()]
    return [{name: text for name, text in row.items() if text} for row in rows], exporter.notes


def profiles_with(*queues):
    """Return an instance with one routing profile that has the entries given."""
    inventory = inventory_of(routing_profile=("Basic",), queue=("Support",))
    inventory.add_list("routing-profile-queue", "routing-profile/Basic", queues)
    return inventory


def entry(**changed):
    return {
        "QueueId": "queue/Support",
        "QueueName": "Support",
        "Channel": "VOICE",
        "Priority": 2,
        "Delay": 0,
    } | changed


def test_a_user_is_a_row_in_names():
    tagged = ana(Tags={"team": "support", "extension": "0142"}, HierarchyGroupId=None)
    rows, notes = exported(CREATE, centre(tagged))
    assert rows == [
        {
            "username": "ana",
            "first_name": "Ana",
            "last_name": "Byrne",
            "security_profiles": "Agent",
            "routing_profile": "Basic",
            "phone_type": "DESK_PHONE",
            "desk_phone": "+35315550142",
            "auto_accept": "no",
            "acw_seconds": "30",
            "tags": "team=support; extension=0142",
        }
    ]
    told = "email, secondary_email, mobile are blank: only DescribeUser tells them, one by one"
    assert notes == (f"{told} (--full)",)


def test_several_names_are_joined_as_the_job_splits_them():
    both = ana(SecurityProfileIds=["security-profile/Agent", "security-profile/Admin"])
    rows, _ = exported(CREATE, centre(both))
    assert rows[0]["security_profiles"] == "Agent; Admin"


def test_what_describing_tells_is_written_where_things_were_described():
    known = ana(IdentityInfo={"FirstName": "Ana", "LastName": "Byrne", "Email": "a@example.com"})
    rows, notes = exported(CREATE, centre(known), described=True)
    assert rows[0]["email"] == "a@example.com"
    assert notes == ()


def test_a_column_that_the_identity_management_refuses_stays_blank():
    known = ana(IdentityInfo={"FirstName": "Ana", "LastName": "Byrne", "Email": "a@example.com"})
    rows, notes = exported(CREATE, centre(known), "SAML", described=True)
    assert "email" not in rows[0]
    assert notes == ()


def test_no_secret_is_ever_written():
    rows, _ = exported(CREATE, centre(ana(Password="Tulip-Harbour-27")))
    assert "password" not in rows[0]


def test_rows_come_by_name_and_each_thing_once():
    inventory = centre(Thing(id="u2", name="zoe", state={}), ana())
    rows, _ = exported(DELETE, inventory)
    assert rows == [{"username": "ana"}, {"username": "zoe"}]


def test_a_group_is_written_by_the_path_that_means_it_alone():
    inventory = centre(ana(HierarchyGroupId="g2"))
    for name in ("Support", "Dublin/Support"):
        inventory.add("hierarchy-group", [Thing(id="g2", name=name)])
    inventory.add("hierarchy-group", [Thing(id="g1", name="Support")])
    rows, _ = exported(CREATE, inventory)
    assert rows[0]["hierarchy_group"] == "Dublin/Support"
    top = centre(ana(HierarchyGroupId="g1"))
    for name in ("Support", "Dublin/Support"):
        top.add("hierarchy-group", [Thing(id="g2", name=name)])
    top.add("hierarchy-group", [Thing(id="g1", name="Support")])
    rows, _ = exported(CREATE, top)
    assert rows[0]["hierarchy_group"] == "/Support"
    assert sorted(distinct_names(top, "hierarchy-group")) == [
        "/Support",
        "Cork",
        "Dublin",
        "Dublin/Support",
    ]


def test_a_name_of_several_things_is_no_name_of_any():
    inventory = centre(ana(RoutingProfileId="r1"))
    inventory.add("routing-profile", [Thing(id="r1", name="Twin"), Thing(id="r2", name="Twin")])
    rows, notes = exported(MOVE, inventory)
    assert rows == [{"username": "ana"}]
    assert notes == ("1 cells of routing_profile are blank: a cell can't say what stands there",)
    assert sorted(distinct_names(inventory, "routing-profile")) == ["Basic", "Sales"]


def test_an_id_whose_name_is_not_known_leaves_the_whole_cell_blank():
    gone = ana(SecurityProfileIds=["security-profile/Agent", "security-profile/gone"])
    rows, notes = exported(CREATE, centre(gone))
    assert "security_profiles" not in rows[0]
    assert "1 cells of security_profiles are blank: a cell can't say what stands there" in notes


@pytest.mark.parametrize("name", ["A;B", "A|B", "A\nB", " A", "CLEAR!"])
def test_what_would_be_read_as_something_else_is_not_written(name):
    inventory = centre(ana(SecurityProfileIds=["s1"]))
    inventory.add("security-profile", [Thing(id="s1", name=name)])
    rows, _ = exported(CREATE, inventory)
    assert "security_profiles" not in rows[0]


def test_a_row_whose_key_a_cell_cannot_say_is_left_out():
    inventory = centre(ana(), Thing(id="u2", name="zoe ", state={}))
    rows, notes = exported(DELETE, inventory)
    assert rows == [{"username": "ana"}]
    assert notes == ("1 row is left out, since a cell can't say which they are: zoe ",)


def test_a_thing_without_a_state_is_its_name_alone():
    rows, _ = exported(MOVE, centre(Thing(id="u1", name="ana")))
    assert rows == [{"username": "ana"}]


def test_each_queue_of_a_routing_profile_is_a_row():
    rows, notes = exported(QUEUES, profiles_with(entry(), entry(Channel="CHAT", Priority=1)))
    profile = {"routing_profile": "Basic", "queue": "Support", "delay": "0"}
    assert rows == [
        profile | {"channel": "VOICE", "priority": "2"},
        profile | {"channel": "CHAT", "priority": "1"},
    ]
    assert notes == ()


def test_an_entry_that_names_what_is_not_known_is_left_out():
    rows, notes = exported(QUEUES, profiles_with(entry(QueueId="agent-queue"), entry()))
    assert [row["queue"] for row in rows] == ["Support"]
    assert notes == ("1 row is left out, since a cell can't say which they are: Basic",)


def test_entries_that_are_ids_alone_are_rows_too():
    inventory = inventory_of(queue=("Support", "Empty"), quick_connect=("Desk",))
    inventory.add_list("queue-quick-connect", "queue/Support", [{"Id": "quick-connect/Desk"}])
    rows, _ = exported(QUICK, inventory)
    assert rows == [{"queue": "Support", "quick_connect": "Desk"}]


def test_a_whole_number_that_came_as_a_fraction_is_written_whole():
    rows, _ = exported(QUEUES, profiles_with(entry(Priority=3.0)))
    assert rows[0]["priority"] == "3"
    rows, notes = exported(QUEUES, profiles_with(entry(Priority=3.5)))
    assert "priority" not in rows[0]
    assert notes == ("1 cells of priority are blank: a cell can't say what stands there",)


def test_what_must_be_read_follows_from_the_columns():
    every, state = Want(every=True), Want(every=True, state=True)
    assert wants_of(DELETE).kinds == {"user": every}
    assert wants_of(MOVE).kinds == {"user": state, "routing-profile": every}
    assert wants_of(CREATE).kinds == {
        "user": state,
        "hierarchy-group": state,
        "routing-profile": every,
        "security-profile": every,
    }
    assert wants_of(QUEUES).kinds == {"routing-profile": every, "queue": every}
    assert relation_of(QUEUES).name == "routing-profile-queue"
    assert relation_of(MOVE) is None
    assert owner_kind(QUICK).name == "queue"
    assert needs_states(MOVE)
    assert not needs_states(DELETE)


def test_a_job_that_is_about_no_named_thing_has_nothing_to_export():
    with pytest.raises(JobError, match="nothing to export"):
        wants_of(DERIVED)


def test_a_kind_that_is_never_described_has_nothing_hidden():
    attribute = Find("contact-flow", Col("flow"))
    job = replace(
        MOVE,
        key=("flow",),
        columns=(Column(name="flow", help="A flow."), Column(name="about", help="What for.")),
        steps=(
            Step(
                operation="UpdateContactFlowMetadata",
                subject=attribute,
                args={"ContactFlowId": attribute, "Description": Col("about")},
            ),
        ),
    )
    inventory = Inventory()
    inventory.add("contact-flow", [Thing(id="f", name="Main", state={"Description": "All calls"})])
    rows, notes = exported(job, inventory)
    assert rows == [{"flow": "Main", "about": "All calls"}]
    assert notes == ()


def test_a_thing_with_a_name_and_a_path_is_one_thing():
    inventory = Inventory()
    for name in ("Support", "Dublin/Support"):
        inventory.add("hierarchy-group", [Thing(id="g", name=name)])
    assert [thing.id for thing in things_of(inventory, "hierarchy-group")] == ["g"]


texts = st.text(min_size=1, max_size=12)
users = st.fixed_dictionaries(
    {
        "IdentityInfo": st.fixed_dictionaries({"FirstName": texts, "LastName": texts}),
        "PhoneConfig": st.fixed_dictionaries(
            {
                "PhoneType": st.sampled_from(["SOFT_PHONE", "DESK_PHONE", "NEW_PHONE"]),
                "AutoAccept": st.booleans(),
                "AfterContactWorkTimeLimit": st.integers(-5, 3_000_000),
                "DeskPhoneNumber": st.sampled_from(["+35315550142", "tel", ""]),
            }
        ),
        "Tags": st.dictionaries(texts, texts, max_size=2),
    }
)


@settings(deadline=None)
@given(state=users, profile=texts, security=st.lists(texts, min_size=1, max_size=3, unique=True))
def test_whatever_is_there_an_untouched_export_changes_nothing(state, profile, security):
    ids = [f"s{number}" for number, _ in enumerate(security)]
    whole = state | {"Username": "ana", "SecurityProfileIds": ids, "RoutingProfileId": "r1"}
    inventory = Inventory()
    inventory.add("user", [Thing(id="u1", name="ana", state=whole)])
    inventory.add("routing-profile", [Thing(id="r1", name=profile)])
    named = zip(ids, security, strict=True)
    inventory.add("security-profile", [Thing(id=each, name=name) for each, name in named])
    rows, _ = exported(CREATE, inventory)
    plans, calls, planner = planned(
        order_of(CREATE, sheet_of(*rows), on_exists="update"), inventory
    )
    assert calls == []
    if planner.problems:  # what must be given and no cell can say: a person is told
        needed = {"security_profiles", "routing_profile", "desk_phone"} - rows[0].keys()
        assert needed
        codes = {each.code for each in planner.problems} | {"missing-value"}
        assert codes == {"missing-value"}
    else:
        assert [row.action for row in plans] == ["none"]


def test_a_new_row_in_an_export_needs_what_only_a_new_user_needs():
    rows, _ = exported(CREATE, centre(ana()))
    new = user_row(username="zoe") | {"password": ""}
    _, _, planner = planned(
        order_of(CREATE, sheet_of(*rows, new), on_exists="update"), centre(ana())
    )
    assert [(each.code, each.message) for each in planner.problems] == [
        (
            "missing-value",
            "password is missing: the instance manages its users with Amazon Connect itself",
        )
    ]
    given = user_row(username="zoe")
    plans, _, planner = planned(
        order_of(CREATE, sheet_of(*rows, given), on_exists="update"), centre(ana())
    )
    assert planner.problems == []
    assert [row.action for row in plans] == ["none", "create"]


def test_a_column_that_feeds_elsewhere_than_the_subject_says_nothing():
    profile = Find("routing-profile", Col("routing_profile"))
    other = Step(
        operation="UpdateRoutingProfileName",
        subject=profile,
        args={"RoutingProfileId": profile, "Name": Col("name")},
    )
    job = replace(
        QUEUES,
        columns=(*QUEUES.columns, Column(name="name", help="A name.")),
        steps=(
            replace(
                QUEUES.steps[0],
                args={**QUEUES.steps[0].args, "RoutingProfileId": profile},
                otherwise=(other,),
            ),
        ),
    )
    rows, _ = exported(job, profiles_with(entry()))
    assert "name" not in rows[0]


def test_what_an_entry_does_not_hold_stays_blank():
    step = QUEUES.steps[0]
    job = replace(
        QUEUES,
        columns=(*QUEUES.columns, Column(name="profile_id", help="An id.")),
        steps=(replace(step, args={**step.args, "RoutingProfileId": Col("profile_id")}),),
    )
    rows, _ = exported(job, profiles_with(entry()))
    assert "profile_id" not in rows[0]


def test_what_stands_in_another_list_is_no_state_of_the_thing():
    user = Find("user", Col("username"))
    job = replace(
        MOVE,
        columns=(*MOVE.columns[:1], Column(name="skill", help="A skill.")),
        steps=(
            Step(
                operation="AssociateUserProficiencies",
                subject=user,
                args={
                    "UserId": user,
                    "UserProficiencies": Each({"AttributeName": Col("skill")}),
                },
            ),
        ),
    )
    rows, _ = exported(job, centre(ana(UserProficiencies="Irish")))
    assert rows == [{"username": "ana"}]


def test_a_line_of_a_listing_does_not_tell_a_things_state():
    line = {"Id": "u1", "Arn": "arn:u1", "Username": "ana"}
    assert not is_told(owner_kind(MOVE), Thing(id="u1", name="ana"))
    assert not is_told(owner_kind(MOVE), Thing(id="u1", name="ana", state=line))
    assert is_told(owner_kind(MOVE), ana())


def test_things_of_every_kind_are_exported_kind_by_kind():
    job = load("tag-resources").job
    parts = export_parts(job)
    assert [list(fixed.items()) for _, fixed in parts][:2] == [
        [("resource_type", "user")],
        [("resource_type", "queue")],
    ]
    part, fixed = parts[1]
    inventory = Inventory()
    tagged = Thing(id="q1", name="Support", state={"Name": "Support", "Tags": {"a": "1"}})
    plain = Thing(id="q2", name="Billing", state={"Name": "Billing"})
    inventory.add("queue", [tagged, plain])
    exporter = Exporter(part, inventory, None, fixed=fixed)
    assert list(exporter.rows()) == [("queue", "Support", "a=1")]
    assert exporter.notes == ("1 row of queue is left out: it has no tags",)
    inventory.add("queue", [Thing(id="q3", name="Sales", state={"Name": "Sales"})])
    more = Exporter(part, inventory, None, fixed=fixed)
    assert len(list(more.rows())) == 1
    assert more.notes == ("2 rows of queue are left out: they have no tags",)
    kept = Exporter(part, inventory, None)
    assert [row[1] for row in kept.rows()] == []


def test_a_job_whose_rows_are_of_one_kind_is_exported_whole():
    job = load("create-quick-connects").job
    assert export_parts(job) == [(job, {})]
    assert export_parts(load("update-users").job) == [(load("update-users").job, {})]


def test_a_thing_that_has_nothing_is_written_so_where_a_blank_cell_would_ask_for_nothing():
    job = load("update-user-hierarchy").job
    inventory = Inventory()
    inventory.add("hierarchy-group", [Thing(id="g1", name="Cork", state={"Name": "Cork"})])
    states = ({"HierarchyGroupId": "g1"}, {})
    users = [Thing(id=f"u{n}", name=f"u{n}", state=state) for n, state in enumerate(states)]
    inventory.add("user", users)
    rows = list(Exporter(job, inventory, None, fixed={}).rows())
    assert rows == [("u0", "Cork"), ("u1", "CLEAR!")]


def test_the_keys_of_a_map_that_a_job_takes_off_are_written_without_their_values():
    part, fixed = export_parts(load("untag-resources").job)[1]
    inventory = Inventory()
    tags = {"team": "support", "site": ""}
    tagged = Thing(id="q1", name="Support", state={"Name": "Support", "Tags": tags})
    inventory.add("queue", [tagged, Thing(id="q2", name="Billing", state={"Name": "Billing"})])
    exporter = Exporter(part, inventory, None, fixed=fixed)
    assert list(exporter.rows()) == [("queue", "Support", "team; site")]
    assert exporter.notes == ("1 row of queue is left out: it has no tag_keys",)


def week(*times):
    """Return an instance with hours of operation that are open at the times given."""
    inventory = Inventory()
    state = {"Name": "Desk", "TimeZone": "UTC", "Config": list(times)}
    inventory.add("hours-of-operation", [Thing(id="h", name="Desk", state=state)])
    return inventory


MORNING = {"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0}}
NOON = {"EndTime": {"Hours": 12, "Minutes": 30}}


def test_what_an_element_of_a_list_does_not_hold_stays_blank():
    hours = load("create-hours-of-operation").job
    there = week(MORNING | NOON, MORNING | {"Day": "FRIDAY"})
    rows, notes = exported(hours, there, described=True)
    assert [(row["day"], row["opens"], row.get("closes")) for row in rows] == [
        ("MONDAY", "09:00", "12:30"),
        ("FRIDAY", "09:00", None),
    ]
    assert notes == ()  # a cell could have said it, had there been something


def test_a_list_of_which_an_element_lacks_its_key_is_left_out_whole():
    hours = load("create-hours-of-operation").job
    rows, notes = exported(hours, week(MORNING | NOON, {"Day": "FRIDAY"} | NOON), described=True)
    assert rows == []
    assert notes == ("1 row is left out, since a cell can't say which they are: Desk",)


def test_what_is_about_no_named_thing_has_nothing_to_export():
    with pytest.raises(JobError, match="nothing to export"):
        owner_of(load("stop-contacts").job)
