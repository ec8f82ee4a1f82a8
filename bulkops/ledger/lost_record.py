"""Whether a run's record is still where its name leads."""

from __future__ import annotations

from bulkops.ledger.database import Database
from bulkops.ledger.lock import RunLock
from bulkops.ledger.loss import Loss


def find_loss(database: Database, lock: RunLock | None) -> Loss | None:
    """Return what became of the folder of a run that is held; None where it is where it was."""
    if lock is None:
        return None
    if not lock.is_in_place():
        return lock.loss()
    if not (lost := database.lost()):
        return None
    # what the log holds comes into the ledger when that is closed
    whole, folder = lost == "log", database.path.parent
    return Loss(said=f"has lost its {lost}", whole=whole, folder=folder if whole else None)
