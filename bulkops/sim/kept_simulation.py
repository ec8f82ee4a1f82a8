"""A simulation that outlives its process: what `--simulate` works on from one command to the next.

The folder holds `world.journal` and `lock`. One process at a time may have it open; a kill at any
moment loses nothing that was answered.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from bulkops.errors import RefusedError
from bulkops.ledger.private_files import open_private
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.journal import Journal
from bulkops.sim.simulated_client import Clock, SimulatedClient

JOURNAL = "world.journal"
LOCK = "lock"


class SimulationBusyError(RefusedError):
    """Another process has the simulation open; the message names its process id."""


class StoredClient(SimulatedClient):
    """A client of a kept world. `close` it, or use it as a context, to let others have it."""

    def __init__(self, simulator: Simulator, *, clock: Clock, journal: Journal, lock: int) -> None:
        super().__init__(simulator, clock=clock)
        self._journal = journal
        self._lock: int | None = lock

    def close(self) -> None:
        """Give the folder free; doing so twice is harmless."""
        if self._lock is not None:
            self._journal.close()
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_simulation(folder: Path, *, now: Clock, config: SimConfig) -> StoredClient:
    """Open the simulation kept in a folder, or begin one there.

    `now` gives POSIX seconds. Of `config`, seed, instances and limits count only at the
    beginning. Buckets are full again, as after a pause. Raises SimulationBusyError where another
    process has it open, and JournalError where what is kept can't be read.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = _locked(folder / LOCK)
    try:
        journal = Journal(folder / JOURNAL, config)
        world = new_world(journal.config)
        for commit in journal.commits:
            world.commit(commit)
    except BaseException:
        os.close(lock)
        raise
    world.journal = journal.append
    simulator = Simulator(journal.config, world)
    return StoredClient(simulator, clock=now, journal=journal, lock=lock)


def _locked(path: Path) -> int:
    """Return a file descriptor whose lock ends with the process, however that ends."""
    fd = open_private(path, os.O_RDWR | os.O_CREAT)
    try:
        _lock(fd)
    except OSError:
        owner = os.read(fd, 32).decode(errors="replace").strip() or "unknown"
        os.close(fd)
        raise SimulationBusyError(
            f"process {owner} has the simulation in {path.parent} open; wait until it is done"
        ) from None
    os.ftruncate(fd, 0)
    os.write(fd, f"{os.getpid()}\n".encode())
    return fd


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
