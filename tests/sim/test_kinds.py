from __future__ import annotations

import pytest

from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.sim.services.connect_service import OPERATIONS


def at(item, path):
    for member in path.split("."):
        item = item[member]
    return item


def found(centre, listing, criteria=None):
    """Return what a listing answers with, asked as the engine asks."""
    fixed = {name: value for name, value in listing.fixed.items() if name != "SearchCriteria"}
    items = centre.ask(listing.operation, **fixed, **(criteria or {}))[listing.items]
    return [*items.values()] if isinstance(items, dict) else items


ALONE = [kind for kind in KINDS.values() if not kind.within]


@pytest.mark.parametrize("kind", ALONE, ids=lambda kind: kind.name)
def test_every_kind_is_listed_searched_and_described_as_its_definition_says(centre, kind):
    first = found(centre, kind.listing)[0]
    thing_id, name = at(first, kind.listing.id), at(first, kind.listing.name)
    if kind.search is not None and kind.search.keys:
        condition = {"FieldName": kind.search.field_name, "Value": name, "ComparisonType": "EXACT"}
        criteria = {"SearchCriteria": {"OrConditions": [{"StringCondition": condition}]}}
        (only,) = found(centre, kind.search, criteria)
        assert (at(only, kind.search.id), at(only, kind.search.name)) == (thing_id, name)
    if kind.describe is not None:
        reply = centre.ask(kind.describe.operation, **{kind.describe.id_argument: thing_id})
        assert name in reply[kind.describe.item].values()


def test_every_relation_can_be_listed():
    assert {relation.listing.operation for relation in RELATIONS.values()} <= OPERATIONS
