from __future__ import annotations

import random

import pytest

from bulkops.definition.relations import RELATIONS
from bulkops.planning.diff.entry_comparison import entry_of
from bulkops.planning.indexed_entries import IndexedEntries


def cell(chance):
    names = ["Country", "Season"][: chance.randrange(3)]
    chance.shuffle(names)
    named = [{"AttributeName": name, "Value": chance.choice("ab")} for name in names]
    told = {"AttributeName": chance.choice(("Price", "Note")), "PrimaryValues": named}
    return told if named or chance.random() < 0.5 else {"AttributeName": told["AttributeName"]}


@pytest.mark.parametrize("seed", range(20))
def test_an_index_finds_what_a_walk_through_all_entries_finds(seed):
    print(f"seed {seed}")
    chance, relation = random.Random(seed), RELATIONS["data-table-value"]
    entries = [{**cell(chance), "Value": str(number)} for number in range(15)]
    indexed = IndexedEntries(entries)
    for _ in range(40):
        wanted = cell(chance)
        assert entry_of(relation, wanted, indexed) is entry_of(relation, wanted, entries)


def test_paths_inside_of_structures_and_plain_elements_are_found():
    queues = IndexedEntries([{"QueueId": "q1", "Channel": "VOICE"}, {"QueueId": "q1"}])
    assert list(queues.alike({"QueueId": "q1", "Channel": "VOICE"})) == [queues[0]]
    deep = IndexedEntries([{"Queue": {"Id": "q1"}}, {"Queue": "q1"}])
    assert list(deep.alike({"Queue.Id": "q1"})) == [deep[0]]
    assert list(deep.alike({"Queue.Id": "q2"})) == []
