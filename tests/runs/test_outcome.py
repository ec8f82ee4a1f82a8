from __future__ import annotations

from bulkops.engine.signals import Control
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.runs.outcome import exit_of


async def test_a_run_that_left_rows_is_not_done():
    assert exit_of(Control(), {RowStatus.SUCCEEDED: 2, RowStatus.PENDING: 1}) is Exit.STOPPED
    assert exit_of(Control(), {RowStatus.SUCCEEDED: 2}) is Exit.DONE
