from __future__ import annotations

import pytest

from bulkops.errors import LedgerError
from bulkops.ledger.sqlite import SqliteLedger
from tests.ledger.plans import RECORD


async def test_a_run_comes_back_as_it_began(ledger, folder):
    assert await ledger.run() == RECORD
    await ledger.close()
    again = SqliteLedger.open(folder)
    assert await again.run() == RECORD
    await again.close()


async def test_a_note_takes_the_place_of_an_earlier_one(ledger):
    assert await ledger.notes() == {}
    await ledger.note("caller", "arn:aws:iam::111122223333:user/anna")
    await ledger.note("quota", {"CreateUser": 2})
    await ledger.note("quota", {"CreateUser": 10, "rest": [None, "é \ud800"]})
    assert await ledger.notes() == {
        "caller": "arn:aws:iam::111122223333:user/anna",
        "quota": {"CreateUser": 10, "rest": [None, "é \ud800"]},
    }


async def test_a_folder_holds_one_run(ledger, folder):
    await ledger.close()
    with pytest.raises(LedgerError, match="holds a run already"):
        SqliteLedger.create(folder, RECORD)
    again = SqliteLedger.open(folder)
    assert await again.run() == RECORD
    await again.close()


def test_a_ledger_says_what_it_is(ledger, folder):
    assert repr(ledger) == f"<SqliteLedger {folder}/ledger.sqlite to write>"
    reader = SqliteLedger.open(folder, readonly=True)
    assert repr(reader) == f"<SqliteLedger {folder}/ledger.sqlite to read>"
    reader._database.close()
