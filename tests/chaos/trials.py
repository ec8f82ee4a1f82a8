"""What is tried in a history: a job, a sheet for it, and how the simulator tells what happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bulkops.sim.core.request_log import state

PROFILES = ("Billing", "Support Tier 1", "Support Tier 2", "Sales EMEA")
SECURITY = ("Agent", "QualityAnalyst", "Agent;QualityAnalyst")
QUEUES = ("Support", "Support VIP", "Billing", "Sales EMEA", "Sales Americas", "Escalations")


@dataclass(frozen=True)
class Trial:
    """A job with its sheet, its operation, and the number of effects that a row had."""

    job: str
    operation: str
    sheet: Callable[[Any], str]
    effects: Callable[[Any, Any], int]


def _create_users(chance):
    lines = ["username,password,first_name,last_name,security_profiles,routing_profile,acw_seconds"]
    lines += [
        f"agent{number},Secret-{number}-Word,Ana,Núñez,{chance.choice(SECURITY)},"
        f"{chance.choice(PROFILES)},{chance.choice(('', '30'))}"
        for number in range(chance.randint(3, 8))
    ]
    return "\n".join(lines) + "\n"


def _created(scene, row):
    return scene.simulator.request_log.effects("CreateUser").get(row.key, 0)


def _moves(chance):
    users = chance.sample(("admin", "j.murphy", "m.silva", "a.kowalska"), 3)
    rows = [f"{user},{chance.choice(PROFILES)}" for user in users]
    return "\n".join(["username,routing_profile", *rows]) + "\n"


def _moved(scene, row):
    """Setting a value twice is harmless: what counts is the value in the end."""
    wanted = dict(zip(scene.order.table.headers, row.cells, strict=True))["routing_profile"]
    user, profile = find(scene, "user", row.key), find(scene, "routing-profile", wanted)
    return int(user["RoutingProfileId"] == profile["Id"])


def _associations(chance):
    pairs = [(profile, queue) for profile in PROFILES[:2] for queue in QUEUES]
    chosen = chance.sample(pairs, chance.randint(4, 12))
    rows = [f"{profile},{queue},VOICE,{chance.randint(1, 9)},0" for profile, queue in chosen]
    return "\n".join(["routing_profile,queue,channel,priority,delay", *rows]) + "\n"


def _associated(scene, row):
    cells = dict(zip(scene.order.table.headers, row.cells, strict=True))
    queue = find(scene, "queue", cells["queue"])
    reference = {"QueueId": queue["Id"], "Channel": cells["channel"]}
    return sum(
        each["QueueReference"] == reference and each["Priority"] == int(cells["priority"])
        for each in find(scene, "routing-profile", cells["routing_profile"])["QueueConfigs"]
    )


def find(scene, kind, name):
    """Return a thing of the simulated world as it is, by its name."""
    (instance,) = json.loads(state(scene.simulator.world)).values()
    (thing,) = (each for each in instance[kind].values() if each["Name"] == name)
    return thing


TRIALS = (
    Trial("create-users", "CreateUser", _create_users, _created),
    Trial("update-user-routing-profiles", "UpdateUserRoutingProfile", _moves, _moved),
    Trial(
        "associate-routing-profile-queues",
        "AssociateRoutingProfileQueues",
        _associations,
        _associated,
    ),
)
