from __future__ import annotations

import pytest

from bulkops.definition.homes import HOMES, filled, with_instance
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.state.homes import home_id, profiles_domain
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller


@pytest.fixture(scope="module")
def ask():
    """Ask any simulated service about what is beside the demonstration instance."""
    simulator = Simulator(SimConfig())
    (instance,) = simulator.world.instances.values()
    caller = Caller(account=instance.account, region=instance.region)
    homes = {home.name: home_id(instance, home.name) for home in HOMES if home.association}
    places = {"instance": instance.id, "profiles-domain": profiles_domain(instance), **homes}

    def answer(service, operation, **params):
        asked = {**filled(service, operation, places), **with_instance(params, instance.id)}
        return simulator._services[service].respond(operation, asked, BEGUN, caller).data

    return answer


def at(item, path):
    for member in filter(None, path.split(".")):  # an item without a path is itself
        item = item[member]
    return item


def found(ask, kind, listing, criteria=None):
    """Return what a listing answers with, asked as the engine asks."""
    fixed = {name: value for name, value in listing.fixed.items() if name != "SearchCriteria"}
    items = ask(kind.service, listing.operation, **fixed, **(criteria or {}))[listing.items]
    return [*items.values()] if isinstance(items, dict) else items


ALONE = [kind for kind in KINDS.values() if not kind.within and kind.sought is None]


@pytest.mark.parametrize("kind", ALONE, ids=lambda kind: kind.name)
def test_every_kind_is_listed_searched_and_described_as_its_definition_says(ask, kind):
    first = found(ask, kind, kind.listing)[0]
    thing_id, name = at(first, kind.listing.id), at(first, kind.listing.name)
    if kind.search is not None and kind.search.keys:
        condition = {"FieldName": kind.search.field_name, "Value": name, "ComparisonType": "EXACT"}
        criteria = {"SearchCriteria": {"OrConditions": [{"StringCondition": condition}]}}
        (only,) = found(ask, kind, kind.search, criteria)
        assert (at(only, kind.search.id), at(only, kind.search.name)) == (thing_id, name)
    if kind.describe is not None:
        reply = ask(kind.service, kind.describe.operation, **kind.describe.asked(thing_id))
        assert name in kind.describe.told(reply).values()


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.name)
def test_every_relation_can_be_listed(ask, relation):
    code = ""
    try:
        ask(relation.service, relation.listing.operation)
    except ServiceError as error:
        code = error.code  # for the thing whose list it is: what is not known is refused otherwise
    assert code not in ("UnknownOperationException", "UnsupportedOperationException")
