from __future__ import annotations

import pytest

from bulkops.ledger.sqlite import SqliteLedger
from tests.ledger.plans import RECORD, now


@pytest.fixture
def folder(tmp_path):
    return tmp_path / RECORD.id


@pytest.fixture
def ledger(folder):
    made = SqliteLedger.create(folder, RECORD)
    yield made
    now(made.close())
