"""Histories in which the index of searches trails behind: what is told of users must be so."""

from __future__ import annotations

import random
from dataclasses import replace

import anyio

from bulkops.definition.model.paging import paging
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads import instance_reader, list_walk, search_pages
from bulkops.engine.reads.items import INDEX_LAG
from bulkops.engine.reads.things_by_name import things_named
from bulkops.planning.inventory import Want
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.virtual_clock import VirtualLoop
from tests.engine.desk import desk_of, find

USER = KINDS["user"]
NAMES = tuple(f"agent{number}" for number in range(6))
PROFILES = ("Billing", "Sales EMEA", "Support Tier 1")
LAGS = (0.0, 3.0, 8.0, INDEX_LAG.total_seconds() - 1)
PAUSES = (0.0, 1.0, 8.0, 15.0, 60.0)


def shorten_pages(monkeypatch, size):
    """Let every page of a list or search hold so many things."""

    def short(service, operation):
        paged = paging(service, operation)
        return replace(paged, size=size) if paged.size_member else paged

    for module in (instance_reader, list_walk):
        monkeypatch.setattr(module, "paging", short)
    for module in (list_walk, search_pages):
        monkeypatch.setattr(module, "page_size", lambda *_: size)


def truth(desk):
    """Return the routing profile of each user that there truly is, by login."""
    users = desk.simulator.world.instances[desk.instance].tables["user"].all()
    return {user["Name"]: user["RoutingProfileId"] for user in users}


async def change(desk, chance):
    """Make a user, move one or delete one."""
    name = chance.choice(NAMES)
    profile = chance.choice(PROFILES)
    if name not in truth(desk):
        await desk.make_user(name, profile)
    elif chance.random() < 0.6:
        moved = {"UserId": desk.id("user", name)}
        moved["RoutingProfileId"] = desk.id("routing-profile", profile)
        await desk.ask("UpdateUserRoutingProfile", **moved)
    else:
        await desk.ask("DeleteUser", UserId=desk.id("user", name))


async def told_wrongly(seed, monkeypatch):
    """Live through changes and looks, and return what a look told that was not so.

    In half of the histories pages are short, so that a list has many of them.
    """
    chance = random.Random(seed)
    desk = await desk_of(SimConfig(seed=seed, search_lag=chance.choice(LAGS)))
    shorten_pages(monkeypatch, chance.choice((1000, 2)))
    wrong = []
    for _ in range(12):
        await anyio.sleep(chance.choice(PAUSES))
        await change(desk, chance)
        names = frozenset(chance.sample(NAMES, chance.randint(1, len(NAMES))))
        members = chance.choice([frozenset(), frozenset({"RoutingProfileId"})])
        found = await find(desk.reader, USER, Want(names=names, state=True, members=members))
        one = min(names)
        so = {name: profile for name, profile in truth(desk).items() if name in names}
        told = {
            name: thing.state["RoutingProfileId"] for name in names for thing in found.get(name, ())
        }
        named = await things_named(desk.reader, USER, one)
        alone = [thing.state["RoutingProfileId"] for thing in named]
        if told != so or alone != [profile for name, profile in so.items() if name == one]:
            wrong.append((told, alone, so))
    return wrong


def test_what_is_told_of_an_instance_is_so_however_late_its_searches_are(chaos_seeds, monkeypatch):
    for seed in chaos_seeds:
        loop = {"loop_factory": VirtualLoop}
        wrong = anyio.run(told_wrongly, seed, monkeypatch, backend="asyncio", backend_options=loop)
        assert wrong == [], f"seed {seed}"
