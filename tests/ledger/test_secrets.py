from __future__ import annotations

from bulkops.ledger.call_changes import Move, Reopening
from bulkops.ledger.records import Result
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState
from bulkops.planning.plan import Placeholder
from tests.ledger.plans import CREATE, UPDATE, at, listed, now, user

SECRET = "Tr0ub4dor&3"
SEEN = "agent2"
P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F = CallState.SUCCEEDED, CallState.FAILED


def fill(params):
    """Return what is sent: the secret is there, and nowhere else."""
    return {
        name: SECRET if value == Placeholder(kind="secret", name="password") else value
        for name, value in params.items()
    }


async def test_a_secret_that_is_sent_is_in_no_file_of_the_run(ledger, folder):
    await ledger.load([user(2), user(3)])
    first, second = await ledger.ready(CREATE, limit=9)
    assert fill(first.params)["Password"] == SECRET
    for call in (first, second):
        await ledger.move(Move(call.id, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(first.id, (S, OK), at=at(2), result=Result(saved={"user_id": "u2"})))
    await ledger.move(
        Move(second.id, (S, F), at=at(2), result=Result(error_code="Bad", error="no"))
    )
    await ledger.replace_cells(3, ("agent3", "***"))
    await ledger.reopen(
        Reopening([second.id], at=at(3), why="retry", params={second.id: second.params})
    )
    await ledger.note("quota", {"CreateUser": 2})
    await ledger.move(Move((await ledger.ready(UPDATE, limit=1))[0].id, (P, S), at=at(4)))
    assert {found.key for found in await listed(ledger.results())} == {"agent2", "agent3"}
    look_through(folder)
    await ledger.close()
    look_through(folder)
    now(SqliteLedger.open(folder).close())


def look_through(folder):
    found = b"".join(path.read_bytes() for path in folder.iterdir())
    assert SEEN.encode() in found
    assert SECRET.encode() not in found
    assert SECRET.encode("utf-16-le") not in found
