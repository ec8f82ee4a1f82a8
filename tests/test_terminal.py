"""A real terminal: the plan, the question, the bar, Ctrl-C, and a terminal that goes away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="there is no terminal to be had here")
MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
RUN = ("-m", "bulkops", "run", "update-user-routing-profiles", "moves.csv", "--simulate")
USERS = Path(__file__).parents[1] / "samples" / "create-users.csv"
SLOW = ("-m", "bulkops", "run", "create-users", str(USERS), "--simulate", "--yes")
"""A run of ten seconds."""
OWN_TERMINAL = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the session's own, so that the kernel tells of its end
from bulkops.__main__ import main
main()
"""


@pytest.fixture
def terminal(tmp_path):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")

    def run(*more, command=RUN, output=None):
        words = [sys.executable, *command, *more]
        if output is not None:
            words = ["/bin/sh", "-c", f'exec "$@" > {output}', "sh", *words]
        return pexpect.spawn(
            words[0],
            words[1:],
            cwd=str(tmp_path),
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"},
            encoding="utf-8",
            timeout=30,
            dimensions=(40, 100),
        )

    return run


def ended(screen):
    screen.expect(pexpect.EOF)
    screen.close()
    return screen.exitstatus


def folders(tmp_path):
    return list(tmp_path.glob("bulkops-runs/*-*-*"))


def code_of(folder):
    return json.loads((folder / "run.json").read_text())["attempt"]["exit"]


@pytest.mark.process
def test_the_plan_is_shown_and_nothing_is_sent_on_a_no(terminal, tmp_path):
    screen = terminal()
    screen.expect_exact("2 update")
    screen.expect_exact("Basic Routing Profile → Billing")
    screen.expect_exact("Carry this out?")
    screen.sendline("n")
    screen.expect_exact("Nothing was sent.")
    assert ended(screen) == 11
    assert not folders(tmp_path)


@pytest.mark.process
def test_a_yes_carries_it_out_with_a_bar_and_the_canary_asks_again(terminal, tmp_path):
    screen = terminal("--canary", "1")
    screen.expect_exact("Carry this out?")
    screen.sendline("y")
    screen.expect_exact("row 2 j.murphy: succeeded")
    screen.expect_exact("Go on with the rest?")
    screen.sendline("y")
    screen.expect_exact("2/2")
    screen.expect("2 succeeded.*2 total")
    assert ended(screen) == 0
    assert len(folders(tmp_path)) == 1


@pytest.mark.process
@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 11)], ids=["ctrl-c", "ctrl-d"])
def test_ctrl_c_and_the_end_of_input_end_the_plans_question_at_once(terminal, tmp_path, key, code):
    screen = terminal()
    screen.expect_exact("Carry this out? [y/N]: ")
    screen.send(key)  # and nothing more is typed
    assert ended(screen) == code
    assert "Traceback" not in screen.before
    assert not folders(tmp_path)


@pytest.mark.process
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143)], ids=["term", "hup"]
)
def test_a_signal_ends_the_plans_question_at_once(terminal, tmp_path, sent, code):
    screen = terminal()
    screen.expect_exact("Carry this out? [y/N]: ")
    screen.kill(sent)
    assert ended(screen) == code
    assert not folders(tmp_path)


@pytest.mark.process
@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 5)], ids=["ctrl-c", "ctrl-d"])
def test_ctrl_c_at_the_canarys_question_ends_the_run_with_its_reports(
    terminal, tmp_path, key, code
):
    screen = terminal("--canary", "1")
    screen.expect_exact("Carry this out? [y/N]: ")
    screen.sendline("y")
    screen.expect_exact("Go on with the rest? [y/N]: ")
    screen.send(key)
    screen.expect("1 succeeded.*1 pending.*2 total")
    screen.expect_exact("bulkops resume")
    assert ended(screen) == code
    (folder,) = folders(tmp_path)
    assert code_of(folder) == code


@pytest.mark.process
def test_what_a_person_is_asked_is_not_in_the_json_document(terminal, tmp_path):
    screen = terminal("--output", "json", "--canary", "1", output="out.json")
    screen.expect_exact("Basic Routing Profile → Billing")
    screen.expect_exact("Carry this out?")
    screen.sendline("y")
    screen.expect_exact("row 2 j.murphy: succeeded")
    screen.expect_exact("Go on with the rest?")
    screen.sendline("n")
    assert ended(screen) == 5
    said = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (said["exit"], said["rows"]["succeeded"], said["rows"]["pending"]) == (5, 1, 1)
    screen = terminal("--output", "json", output="no.json")
    screen.expect_exact("Carry this out?")
    screen.sendline("no")
    assert ended(screen) == 11
    assert json.loads((tmp_path / "no.json").read_text(encoding="utf-8"))["exit"] == 11


def begun(tmp_path):
    """Wait until a run has sent something; return its folder."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for folder in folders(tmp_path):
            events = folder / "events.ndjson"
            if events.exists() and '"event":"row"' in events.read_text():
                return folder
        time.sleep(0.05)
    raise AssertionError("nothing was sent")


@pytest.mark.process
@pytest.mark.parametrize("progress", ["bar", "plain"])
def test_a_run_whose_terminal_hangs_up_is_stopped_with_its_reports(tmp_path, progress):
    master, slave = os.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            OWN_TERMINAL,
            *SLOW[2:],
            "--progress",
            progress,
        ],
        cwd=tmp_path,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    folder = begun(tmp_path)
    os.close(master)
    assert process.wait(60) == 143
    assert code_of(folder) == 143
    assert ",pending," in (folder / "results.csv").read_text(encoding="utf-8-sig")
    assert (folder / "report.html").exists()


@pytest.mark.process
def test_under_nohup_a_run_outlives_its_terminal(tmp_path):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")
    process = subprocess.Popen(
        ["nohup", sys.executable, *RUN, "--yes", "--tps", "1", "--burst", "1"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder = begun(tmp_path)
    process.send_signal(signal.SIGHUP)
    assert process.wait(60) == 0
    assert code_of(folder) == 0


def processed(tmp_path, redirection, *more, env=None):
    words = [sys.executable, *RUN, "--yes", *more]
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {redirection}', "sh", *words],
        cwd=tmp_path,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to be had here")
@pytest.mark.parametrize(
    ("redirection", "progress"),
    [
        ("2>/dev/full", "bar"),
        ("2>/dev/full", "plain"),
        (">/dev/full", "ndjson"),
        (">/dev/full", "plain"),
        (">/dev/full 2>&1", "bar"),
        (">&-", "ndjson"),
        ("2>&-", "bar"),
        ("<&- >&- 2>&-", "plain"),
    ],
)
def test_a_run_goes_on_where_nothing_can_be_printed(tmp_path, redirection, progress):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")
    done = processed(tmp_path, redirection, "--progress", progress)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    (folder,) = folders(tmp_path)
    assert code_of(folder) == 0
    if redirection == "2>/dev/full" and progress != "ndjson":
        assert "progress was not shown to the end" in done.stdout
    if redirection == ">/dev/full":
        assert "standard output can't be written: No space left on device" in done.stderr


@pytest.mark.process
@pytest.mark.parametrize("words", [("run",), ("jobs", "create-users")], ids=["run", "jobs"])
def test_a_reader_that_wants_no_more_is_no_failure(tmp_path, words):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")
    command = [*RUN, "--yes"] if words == ("run",) else ["-m", "bulkops", *words]
    reader, writer = os.pipe()
    os.close(reader)  # as `| head` leaves it
    done = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Broken pipe" not in done.stderr


@pytest.mark.process
def test_what_only_prints_fails_where_it_could_not(tmp_path):
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >/dev/full', "sh", sys.executable, "-m", "bulkops", "jobs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr == "bulkops: standard output can't be written: No space left on device\n"


@pytest.mark.process
def test_characters_that_a_terminal_lacks_are_spelt_out(tmp_path):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")
    done = processed(tmp_path, "", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "Basic Routing Profile \\u2192 Billing" in done.stdout
