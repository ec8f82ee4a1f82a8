"""What is tried in a history: a job, a sheet for it, and how the simulator tells what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROFILES = ("Billing", "Support Tier 1", "Support Tier 2", "Sales EMEA")
SECURITY = ("Agent", "QualityAnalyst", "Agent;QualityAnalyst")
QUEUES = ("Support", "Support VIP", "Billing", "Sales EMEA", "Sales Americas", "Escalations")
QUICK_CONNECTS = ("Supervisor desk", "Billing desk", "Dublin reception")
USERS = ("admin", "j.murphy", "m.silva", "a.kowalska")
SKILLS = (("connect:Language", "English"), ("connect:Language", "Polish"), ("Skill", "Billing"))
TARGETS = ("emea", "americas", "apac")
GROUPS = "hierarchy-group"
AGENTS = Path(__file__).with_name("skilled_agents.py")
USER_HEAD = "username,password,first_name,last_name,security_profiles,routing_profile,acw_seconds"


@dataclass(frozen=True)
class Trial:
    """A job with its sheet, its operations, and the number of effects that a row had."""

    name: str
    job: str
    operations: tuple[str, ...]
    """What is sent, as patterns; mishaps are drawn for these."""
    sheet: Callable[[Any, Any], str]
    """(chance, world) → the sheet's text."""
    effects: Callable[[Any, Any], int]
    """(scene, row) → how often the row took effect; of what sets a value, whether it is set."""
    on_exists: str = "fail"
    undone: bool = True
    """Whether what it does can be taken back."""
    targets: tuple[str, ...] = ()
    """Names of the instances that the sheet names; none where there is the one."""


def _create_users(chance, _world):
    lines = [USER_HEAD]
    lines += [
        f"agent{number},Secret-{number}-Word,Ana,Núñez,{chance.choice(SECURITY)},"
        f"{chance.choice(PROFILES)},{chance.choice(('', '30'))}"
        for number in range(chance.randint(3, 8))
    ]
    return "\n".join(lines) + "\n"


def _create_anywhere(chance, world):
    head, *lines = _create_users(chance, world).splitlines()
    rows = [f"{chance.choice(TARGETS)},{line}" for line in lines]
    return "\n".join([f"target,{head}", *rows]) + "\n"


def _created(scene, row):
    return effects(scene, "CreateUser", row.key)


def _update_users(chance, _world):
    names = [*chance.sample(USERS, 2), *(f"agent{n}" for n in range(chance.randint(1, 3)))]
    chance.shuffle(names)
    rows = [
        f"{name},Secret-{number}-Word,Ana,Núñez,{chance.choice(SECURITY)},{chance.choice(PROFILES)},5"
        for number, name in enumerate(names)
    ]
    return "\n".join([USER_HEAD, *rows]) + "\n"


def _updated(scene, row):
    cells = cells_of(scene, row)
    if row.key not in USERS and effects(scene, "CreateUser", row.key) != 1:
        return effects(scene, "CreateUser", row.key)
    user = thing(scene, "user", row.key)
    asked = {id_of(scene, "security-profile", n) for n in cells["security_profiles"].split(";")}
    return int(
        user["RoutingProfileId"] == id_of(scene, "routing-profile", cells["routing_profile"])
        and set(user["SecurityProfileIds"]) == asked
        and user["IdentityInfo"]["FirstName"] == "Ana"
        and user["PhoneConfig"]["AfterContactWorkTimeLimit"] == 5
    )


def _moves(chance, _world):
    rows = [f"{user},{chance.choice(PROFILES)}" for user in chance.sample(USERS, 3)]
    return "\n".join(["username,routing_profile", *rows]) + "\n"


def _moved(scene, row):
    """Setting a value twice is harmless: what counts is the value in the end."""
    wanted = id_of(scene, "routing-profile", cells_of(scene, row)["routing_profile"])
    return int(thing(scene, "user", row.key)["RoutingProfileId"] == wanted)


def _queues(chance, _world):
    pairs = [(profile, queue) for profile in PROFILES[:2] for queue in QUEUES]
    chosen = chance.sample(pairs, chance.randint(4, 12))
    rows = [f"{profile},{queue},VOICE,{chance.randint(1, 9)},0" for profile, queue in chosen]
    return "\n".join(["routing_profile,queue,channel,priority,delay", *rows]) + "\n"


def _queued(scene, row):
    cells = cells_of(scene, row)
    reference = {"QueueId": id_of(scene, "queue", cells["queue"]), "Channel": cells["channel"]}
    return sum(
        each["QueueReference"] == reference and each["Priority"] == int(cells["priority"])
        for each in thing(scene, "routing-profile", cells["routing_profile"])["QueueConfigs"]
    )


def _quick_connects(chance, _world):
    pairs = [(queue, connect) for queue in QUEUES[:3] for connect in QUICK_CONNECTS]
    rows = [",".join(pair) for pair in chance.sample(pairs, chance.randint(3, 9))]
    return "\n".join(["queue,quick_connect", *rows]) + "\n"


def _connected(scene, row):
    cells = cells_of(scene, row)
    wanted = id_of(scene, "quick-connect", cells["quick_connect"])
    return list(thing(scene, "queue", cells["queue"]).get("QuickConnectIds", ())).count(wanted)


def _delete_users(chance, _world):
    return "\n".join(["username", *chance.sample(USERS[1:], chance.randint(2, 3))]) + "\n"


def _deleted(scene, row):
    return int(thing(scene, "user", row.key) is None)


def _create_queues(chance, world):
    hours = id_in(world, "hours-of-operation", "Basic Hours")
    rows = [f"Queue {number},{hours}" for number in range(chance.randint(3, 6))]
    return "\n".join(["name,hours_of_operation_id", *rows]) + "\n"


def _queue_made(scene, row):
    return effects(scene, "CreateQueue", cells_of(scene, row)["name"])


def _derived_moves(chance, world):
    rows = [
        f"{id_in(world, 'user', user)},{id_in(world, 'routing-profile', chance.choice(PROFILES))}"
        for user in chance.sample(USERS, 3)
    ]
    return "\n".join(["user_id,routing_profile_id", *rows]) + "\n"


def _derived_moved(scene, row):
    cells = cells_of(scene, row)
    user = first(scene.simulator.world).tables["user"].get(cells["user_id"])
    return int(user["RoutingProfileId"] == cells["routing_profile_id"])


def _skilled(chance, _world):
    lines = ["username,password,routing_profile,security_profile,attribute,value,level,status"]
    for number in range(chance.randint(2, 5)):
        attribute, value = chance.choice(SKILLS)
        level = chance.randint(1, 5)
        lines.append(
            f"agent{number},Secret-{number}-Word,{chance.choice(PROFILES)},Agent,"
            f"{attribute},{value},{level},Training"
        )
    return "\n".join(lines) + "\n"


def _is_skilled(scene, row):
    """Count a row that is done in part as no effect, and what was made twice as two."""
    times = effects(scene, "CreateUser", row.key)
    cells = cells_of(scene, row)
    if times != 1:
        return times
    user = thing(scene, "user", row.key)
    if user.get("AgentStatusId") != id_of(scene, "agent-status", cells["status"]):
        return 0
    return sum(
        (each["AttributeName"], each["AttributeValue"]) == (cells["attribute"], cells["value"])
        and each["Level"] == float(cells["level"])
        for each in user.get("Proficiencies", ())
    )


def forest(chance, number):
    """Return the paths of new groups, each in one that is there or in one before it, shuffled."""
    paths = ["Contact Centre", ""]
    for each in range(number):
        above = chance.choice([path for path in paths if path.count("/") < 2])
        paths.append(f"{above}/group{each}".removeprefix("/"))
    grown = paths[2:]
    chance.shuffle(grown)
    return grown


def _groups(chance, _world):
    return "\n".join(["hierarchy_group", *forest(chance, chance.randint(3, 9))]) + "\n"


def _grown(scene, row):
    """Return how often a group was made; one that lies elsewhere was made for another row."""
    above, _, name = row.key.rpartition("/")
    times = effects(scene, "CreateUserHierarchyGroup", name)
    return times if times != 1 or path_of(scene, name) == above else 2


def path_of(scene, name):
    """Return the path of what the one group of a name lies in."""
    groups = {group["Id"]: group for group in first(scene.simulator.world).tables[GROUPS].all()}
    (group,) = (each for each in groups.values() if each["Name"] == name)
    names = []
    while group := groups.get(group.get("ParentGroupId")):
        names.insert(0, group["Name"])
    return "/".join(names)


def cells_of(scene, row):
    """Return a row's texts by their headers."""
    return dict(zip(scene.order.table.headers, row.cells, strict=True))


def effects(scene, operation, key):
    """Return how often an operation took effect on what a key names."""
    return scene.simulator.request_log.effects(operation).get(key, 0)


def thing(scene, kind, name):
    """Return a thing of the simulated world as it is, by its name; None where there is none."""
    return first(scene.simulator.world).tables[kind].named(name)


def id_of(scene, kind, name):
    return thing(scene, kind, name)["Id"]


def id_in(world, kind, name):
    return first(world).tables[kind].named(name)["Id"]


def first(world):
    """Return the first instance of a world."""
    return next(iter(world.instances.values()))


FOREST = Trial("groups", "create-hierarchy-groups", ("CreateUserHierarchyGroup",), _groups, _grown)
"""Rows that need one another: what waits for a failed one stays pending."""

TRIALS = (
    Trial("users", "create-users", ("CreateUser",), _create_users, _created),
    Trial(
        "users-anywhere",
        "create-users",
        ("CreateUser",),
        _create_anywhere,
        _created,
        targets=TARGETS,
    ),
    Trial(
        "users-or-updates",
        "create-users",
        ("CreateUser", "UpdateUser*"),
        _update_users,
        _updated,
        on_exists="update",
    ),
    Trial("moves", "update-user-routing-profiles", ("UpdateUserRoutingProfile",), _moves, _moved),
    Trial(
        "queues",
        "associate-routing-profile-queues",
        ("AssociateRoutingProfileQueues",),
        _queues,
        _queued,
    ),
    Trial(
        "quick-connects",
        "associate-queue-quick-connects",
        ("AssociateQueueQuickConnects",),
        _quick_connects,
        _connected,
    ),
    Trial("deletions", "delete-users", ("DeleteUser",), _delete_users, _deleted, undone=False),
    Trial(
        "derived-queues",
        "connect:CreateQueue",
        ("CreateQueue",),
        _create_queues,
        _queue_made,
        undone=False,
    ),
    Trial(
        "derived-moves",
        "connect:UpdateUserRoutingProfile",
        ("UpdateUserRoutingProfile",),
        _derived_moves,
        _derived_moved,
        undone=False,
    ),
    Trial(
        "skilled-agents",
        str(AGENTS),
        ("CreateUser", "PutUserStatus", "AssociateUserProficiencies"),
        _skilled,
        _is_skilled,
    ),
)
