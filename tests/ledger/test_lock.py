from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from bulkops.errors import LedgerBusyError, LedgerError
from bulkops.ledger import lock as locking
from bulkops.ledger.lock import LOCK_FILE, RunLock
from bulkops.ledger.sqlite import SqliteLedger
from tests.ledger.plans import RECORD, now

HOLDER = """
import sys, time
from pathlib import Path
from bulkops.ledger.lock import RunLock
lock = RunLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.usefixtures("ledger")
def test_a_second_one_is_told_who_works_on_the_run(folder):
    said = (
        rf"run {RECORD.id} is being worked on by pid {os.getpid()} on host "
        rf"{re.escape(socket.gethostname())} since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    )
    with pytest.raises(LedgerBusyError, match=said):
        SqliteLedger.open(folder)
    with pytest.raises(LedgerBusyError, match=said):
        SqliteLedger.create(folder, RECORD)


def test_a_closed_run_is_free(ledger, folder):
    now(ledger.close())
    again = SqliteLedger.open(folder)
    now(again.close())


def test_a_run_that_cannot_be_opened_is_not_held(tmp_path):
    (tmp_path / "ledger.sqlite").write_bytes(b"no ledger" * 99)
    with pytest.raises(LedgerError):
        SqliteLedger.open(tmp_path)
    RunLock(tmp_path).release()


def test_what_another_machine_wrote_does_not_hold_the_run(tmp_path):
    (tmp_path / LOCK_FILE).write_text('{"pid": 1, "host": "gone", "since": "2020"}' + " " * 99)
    lock = RunLock(tmp_path)
    assert '"gone"' not in (tmp_path / LOCK_FILE).read_text()
    lock.release()
    lock.release()


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"pid": 4', b"\xff\xfe"])
def test_a_holder_that_has_not_said_who_it_is_still_holds(tmp_path, text):
    lock = RunLock(tmp_path)
    (tmp_path / LOCK_FILE).write_bytes(text)
    with pytest.raises(LedgerBusyError, match=r"worked on by another process$"):
        RunLock(tmp_path)
    lock.release()


def test_a_file_system_without_locks_is_said_to_be_so(tmp_path, monkeypatch):
    def refuse(_descriptor):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(locking, "_take", refuse)
    with pytest.raises(LedgerError, match="can't be locked: Operation not supported"):
        RunLock(tmp_path)


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path):
    with pytest.raises(LedgerError, match="can't be opened: No such file"):
        RunLock(tmp_path / "gone")


@pytest.mark.process
def test_a_killed_process_gives_its_run_free(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LedgerBusyError, match=f"pid {holder.pid} on host"):
            RunLock(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    RunLock(tmp_path).release()
