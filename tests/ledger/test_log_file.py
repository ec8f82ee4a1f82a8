from __future__ import annotations

import errno
import fcntl
import importlib.util
import os
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import nullcontext
from threading import Event

import pytest

from bulkops.ledger import log_file
from bulkops.ledger.log_file import LogFile


def test_of_two_threads_none_is_told_that_all_is_well_where_the_disk_failed(tmp_path, monkeypatch):
    begun, go_on = Event(), Event()

    def tells_once(_descriptor):
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
            raise OSError(errno.EIO, "the disk failed")

    monkeypatch.setattr(log_file, "_sync", tells_once)
    path = tmp_path / "log"
    path.touch()
    log = LogFile(path)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(log.sync)
        begun.wait(10)
        second = threads.submit(log.sync)
        # one that does not wait for the other is over by then
        wait([second], timeout=0.2)
        go_on.set()
        failures = [first.exception(10), second.exception(10)]
    log.close()
    assert [each.errno for each in failures] == [errno.EIO, errno.EIO]


@pytest.mark.parametrize(("code", "synced"), [(errno.ENOTSUP, True), (errno.EIO, False)])
def test_a_volume_of_a_mac_that_has_no_full_sync_is_synced_as_far_as_it_can_be(
    tmp_path, monkeypatch, code, synced
):
    def refuse(*_):
        raise OSError(code, "no")

    done = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr(os, "fsync", done.append)
    spec = importlib.util.spec_from_file_location("of_a_mac", log_file.__file__)
    of_a_mac = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(of_a_mac)
    path = tmp_path / "log"
    path.touch()
    log = of_a_mac.LogFile(path)
    with nullcontext() if synced else pytest.raises(OSError, match="no"):
        log.sync()
    log.close()
    assert bool(done) is synced
