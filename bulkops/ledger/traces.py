"""What a folder tells of whether its run began, looked at without going on with it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bulkops.errors import LedgerError
from bulkops.ledger.ledger_file import LEDGER_FILE, EmptyLedgerError, opened


def has_begun(folder: Path, approval: str) -> bool | None:
    """Tell whether a ledger has the note `approval`, or any call that was ever sent.

    None where it can't be told: the ledger is there, but damaged or of a newer bulkops.
    """
    path = folder / LEDGER_FILE
    try:
        with closing(opened(path, readonly=True)) as database:
            (found,) = database.rows("has_begun", {"approval": approval})
            return bool(found["begun"])
    except EmptyLedgerError:
        log = path.with_name(f"{LEDGER_FILE}-wal")
        # one that died while it was made has a log only beside a file with content
        return None if path.stat().st_size == 0 and _has_content(log) else False
    except LedgerError:
        return None if path.exists() else False


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
