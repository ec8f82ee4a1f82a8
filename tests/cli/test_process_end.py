"""What escapes every room ends with one line, a documented code and nothing of a cell."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

SECRET = "Blue-Harbour-7"


@pytest.fixture
def faulty(monkeypatch):
    def fail_with(error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr("bulkops.runs.offline_check.check_offline", fail)

    return fail_with


def grouped(error):
    return BaseExceptionGroup("tasks", [BaseExceptionGroup("tasks", [error])])


@pytest.mark.parametrize("wrap", [lambda error: error, grouped], ids=["alone", "grouped"])
def test_a_fault_of_bulkops_is_one_line_that_says_where_to_report_it(terminal, faulty, wrap):
    faulty(wrap(KeyError(SECRET)))
    done = terminal("check", "create-users", "a.csv")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("bulkops: this is a fault of bulkops itself (KeyError")
    assert "github.com/bulkops/bulkops/issues" in line
    assert SECRET not in done.output


def test_a_script_is_told_of_a_fault_in_json(terminal, faulty):
    faulty(KeyError(SECRET))
    done = terminal("check", "create-users", "a.csv", "--output", "json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said == {"exit": 1, "error": "KeyError", "reason": "a fault of bulkops itself"}


def test_a_traceback_is_shown_where_it_is_asked_for(terminal, faulty, monkeypatch):
    monkeypatch.setenv("BULKOPS_TRACEBACK", "1")
    faulty(KeyError("some \x1b[31m cell"))
    done = terminal("check", "create-users", "a.csv")
    assert done.exit_code == 1
    assert "Traceback (most recent call last)" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("wrap", [lambda error: error, grouped], ids=["alone", "grouped"])
def test_ctrl_c_anywhere_is_130_and_says_nothing(terminal, faulty, wrap):
    faulty(wrap(KeyboardInterrupt()))
    done = terminal("check", "create-users", "a.csv")
    assert (done.exit_code, done.stderr) == (130, "")


def _unread(pipe):
    """Return how many bytes stand in a pipe."""
    import fcntl  # noqa: PLC0415  # POSIX's, and so is the one test that asks
    import termios  # noqa: PLC0415  # likewise

    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.process
def test_ctrl_c_while_a_sheet_is_read_is_130_without_a_traceback(tmp_path):
    reader, writer = os.pipe()
    os.write(writer, b"username\n")  # a sheet whose rest never comes
    process = subprocess.Popen(
        [sys.executable, "-m", "bulkops", "check", "create-users", "-"],
        stdin=reader,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
    )
    while _unread(reader):  # until it waits for the rest of its sheet
        time.sleep(0.02)
    os.close(reader)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)
    os.close(writer)
    assert (process.returncode, *said) == (130, "", "")
