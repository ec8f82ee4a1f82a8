from __future__ import annotations

import anyio
import pytest

from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.states import CallState
from bulkops.planning.plan import Placeholder
from tests.engine.stand_ins import CREATE, MOVE, MemoryLedger, Stand, call

MADE = {"UserId": "u1", "UserArn": "arn:u1"}
OPEN = Placeholder(kind="secret", name="password")
PASSWORD = {"Username": "ana", "Password": OPEN}


def whole(*calls, **answers):
    """Return a stand whose ledger has some calls, none of them in doubt."""
    stand = Stand(MemoryLedger(*calls), **answers)
    stand.ledger.doubtful = _nothing
    return stand


async def _nothing():
    return []


def only_for(row):
    def secret(number, column):
        if number != row:
            raise KeyError(number, column)
        return "Tulip-1"

    return secret


async def test_a_row_whose_secret_is_gone_is_left_and_said_and_takes_no_other_down():
    calls = [call(n, rows=(n,), params=PASSWORD) for n in (1, 2, 3)]
    stand = whole(*calls, CreateUser=[MADE])
    object.__setattr__(stand.context, "secrets", only_for(2))
    control = Control()
    await Conductor(stand.context, control, RunLimits()).conduct()
    assert [(name, params["Password"]) for name, params, _ in stand.client.calls] == [
        ("CreateUser", "Tulip-1")
    ]
    assert stand.ledger.stored[1].state is CallState.PLANNED
    assert {move.call for move in stand.ledger.moves} == {2}
    assert [(facts["row"], facts["key"]) for facts in stand.told("left")] == [
        (1, "row 1"),
        (3, "row 3"),
    ]
    assert "password" in stand.told("left")[0]["why"]
    assert control.reason is None


async def test_a_row_whose_earlier_step_saved_nothing_is_left_and_said():
    params = {"UserId": Placeholder(kind="saved", name="user_id"), "RoutingProfileId": "p1"}
    stand = whole(call(1, MOVE, params=params), call(2, CREATE, rows=(2,)), CreateUser=[MADE])
    await Conductor(stand.context, Control(), RunLimits()).conduct()
    assert [name for name, _, _ in stand.client.calls] == ["CreateUser"]
    assert "user_id" in stand.told("left")[0]["why"]


async def test_canary_question_and_rest_share_one_time():
    stand = whole(*(call(n, rows=(n,)) for n in range(1, 400)), CreateUser=[MADE])
    control = Control()
    conductor = Conductor(stand.context, control, RunLimits(max_duration=5.0))
    await conductor.conduct(last_row=1)
    await anyio.sleep(4)  # the question
    assert control.reason is None
    stand.client.seconds = 0.5
    began = anyio.current_time()
    await conductor.conduct()
    assert control.reason is Stop.MAX_DURATION
    assert anyio.current_time() - began == pytest.approx(1.5, abs=0.1)
