from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

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
