from __future__ import annotations

import pytest

from bulkops.ledger import sqlite
from bulkops.ledger.call_changes import Move, Split
from bulkops.ledger.states import CallState
from tests.ledger.plans import BATCH, CREATE, UPDATE, at, call, listed, row

P, S = CallState.PLANNED, CallState.SENT
OK, F = CallState.SUCCEEDED, CallState.FAILED


@pytest.mark.parametrize("page", [1, 2, 500])
async def test_each_row_comes_once_with_every_call_that_carried_it(ledger, monkeypatch, page):
    monkeypatch.setattr(sqlite, "PAGE", page)
    rows = [row(1, CREATE, UPDATE), row(2, CREATE), row(3), row(4), call(BATCH, 4, 2, 3)]
    await ledger.load(rows)
    calls = {each.id: each for each in await listed(ledger.calls())}
    found = list(ledger.row_calls())
    assert [(each.number, each.key, each.cells) for each in found] == [
        (number, f"agent{number}", (f"agent{number}",)) for number in (1, 2, 3, 4)
    ]
    assert [[each.id for each in one.calls] for one in found] == [[1, 2], [3, 4], [4], [4]]
    assert all(each == calls[each.id] for one in found for each in one.calls)


async def test_calls_that_were_cut_or_are_void_come_too(ledger):
    await ledger.load([row(1, CREATE, UPDATE), row(2), row(3), call(BATCH, 2, 3)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, F), at=at(2)))
    await ledger.move(Move(3, (P, S), at=at(3), attempt=1))
    parts = [call(BATCH, 2), call(BATCH, 3)]
    await ledger.split(Split(3, parts, at=at(4), why="InvalidParameterException"))
    await ledger.take_back([1], by="undo-of-it")
    first, second, third = ledger.row_calls()
    assert [each.state for each in first.calls] == [F, P]
    assert [first.is_undone, second.is_undone] == [True, False]
    assert [[each.rows for each in one.calls] for one in (second, third)] == [
        [(2, 3), (2,)],
        [(2, 3), (3,)],
    ]
