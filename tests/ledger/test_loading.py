from __future__ import annotations

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.plan_store import CHUNK, numbers_taken
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Action, Placeholder
from tests.ledger.plans import BATCH, CREATE, UPDATE, call, listed, row, user


async def test_a_plan_comes_back_with_its_holes_in_the_order_it_came(ledger):
    await ledger.load([user(3), row(4), row(5), call(BATCH, 5, 4), user(7)])
    calls = await listed(ledger.calls())
    assert [(found.operation, found.rows, found.step) for found in calls] == [
        ("CreateUser", (3,), "0"),
        ("UpdateUserPhoneConfig", (3,), "1"),
        ("AssociateRoutingProfileQueues", (5, 4), "0"),
        ("CreateUser", (7,), "0"),
        ("UpdateUserPhoneConfig", (7,), "1"),
    ]
    assert calls[0].params == {
        "Username": "agent3",
        "Password": Placeholder(kind="secret", name="password"),
    }
    assert calls[0].undo is None
    assert calls[1].undo == {"PhoneConfig": {}}
    assert {found.state for found in calls} == {CallState.PLANNED}
    assert calls[0].lane == CREATE


async def test_a_batch_may_come_before_its_rows(ledger):
    await ledger.load([call(BATCH, 2, 3), row(2), row(3)])
    assert [found.rows for found in await ledger.ready(BATCH, limit=9)] == [(2, 3)]


async def test_a_batch_leaves_numbers_free_for_its_parts(ledger):
    assert numbers_taken(call(BATCH, 1)) == 1
    await ledger.load([row(1), row(2), row(3), call(BATCH, 1, 2, 3), call(BATCH, 1)])
    assert [found.id for found in await ledger.ready(BATCH, limit=9)] == [1, 6]


async def test_a_plan_larger_than_a_chunk_is_stored_whole(ledger):
    count = CHUNK + 7
    shared = [call(BATCH, number) for number in range(1, count + 1)]
    await ledger.load([*(row(number) for number in range(1, count + 1)), *shared])
    assert await ledger.counts() == {RowStatus.PENDING: count}
    assert await ledger.lanes() == {BATCH: count}
    assert [found.number async for found in ledger.results()] == list(range(1, count + 1))
    assert [found.rows async for found in ledger.calls()] == [(n,) for n in range(1, count + 1)]


async def test_a_plan_that_breaks_off_leaves_nothing(ledger):
    def entries():
        for number in range(1, CHUNK + 2):
            yield row(number, CREATE)
        raise OSError("the sheet is gone")

    with pytest.raises(OSError, match="the sheet is gone"):
        await ledger.load(entries())
    assert await ledger.counts() == {}
    assert await ledger.lanes() == {}
    await ledger.load([row(1, CREATE)])
    assert await ledger.counts() == {RowStatus.PENDING: 1}


async def test_a_plan_is_stored_once(ledger):
    await ledger.load([row(1, CREATE)])
    with pytest.raises(LedgerError, match="has its plan already"):
        await ledger.load([row(2, CREATE)])


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([row(1)], "row 1 has action create and status pending"),
        ([row(1, CREATE, action=Action.NONE)], "row 1 has action none and status unchanged"),
        ([row(1, CREATE), row(1, CREATE)], "UNIQUE constraint failed: row.number"),
        ([row(1), call(BATCH, 1, 1)], "UNIQUE constraint failed: call_row.row, call_row.call"),
        ([row(1), call(BATCH, 1, 2)], "FOREIGN KEY constraint failed"),
        ([call(BATCH)], "AssociateRoutingProfileQueues is for no row"),
    ],
)
async def test_a_plan_at_odds_with_itself_is_refused_whole(ledger, entries, said):
    with pytest.raises(LedgerError, match=said):
        await ledger.load(entries)
    assert await ledger.counts() == {}


async def test_a_rows_own_call_carries_that_row_alone(ledger):
    odd = row(1, CREATE)
    stray = call(CREATE, 1, 2)
    with pytest.raises(LedgerError, match=r"row 1 has a call for the rows \(1, 2\)"):
        await ledger.load(
            [
                type(odd)(
                    number=1, key="", target="", action=Action.CREATE, cells=(), calls=(stray,)
                ),
                row(2),
            ]
        )


async def test_half_surrogates_of_a_sheet_do_no_harm(ledger):
    odd = row(1, CREATE)
    odd = type(odd)(
        number=1,
        key="a\ud800",
        target="",
        action=Action.CREATE,
        cells=("a\ud800", "ü"),
        calls=odd.calls,
    )
    await ledger.load([odd])
    found = await ledger.result(1)
    assert found.key == "a\\ud800"
    assert found.cells == ("a\ud800", "ü")


async def test_lanes_count_what_is_not_ended_in_the_order_of_the_plan(ledger):
    await ledger.load([row(1, UPDATE, CREATE), row(2, CREATE)])
    assert list((await ledger.lanes()).items()) == [(UPDATE, 1), (CREATE, 2)]
