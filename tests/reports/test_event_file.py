from __future__ import annotations

import errno
import json
import math
import os
import stat
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.ledger.states import RowStatus
from bulkops.reports.event_file import EventFile

NOW = datetime(2026, 11, 22, 18, 4, 5, 120_000, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "events.ndjson"


def event_file(path, now=NOW):
    return closing(EventFile(path, run="users-7f3a", now=lambda: now))


def lines(path):
    return [json.loads(line) for line in path.read_bytes().decode("ascii").split("\n")[:-1]]


def test_an_event_is_one_flat_object_on_one_line(path):
    with event_file(path) as tell:
        tell("row", row=17, key="ana", status=RowStatus.FAILED, code="Duplicate", ms=212)
    assert path.read_text() == (
        '{"ts":"2026-11-22T18:04:05.120Z","event":"row","run":"users-7f3a","row":17,"key":"ana",'
        '"status":"failed","code":"Duplicate","ms":212}\n'
    )


def test_times_are_told_in_utc(path):
    with event_file(path, NOW.astimezone(timezone(timedelta(hours=5)))) as tell:
        tell("progress")
    assert lines(path)[0]["ts"] == "2026-11-22T18:04:05.120Z"


def test_nested_facts_become_prefixed_numbers(path):
    counts = {RowStatus.SUCCEEDED: 7, RowStatus.FAILED: 1}
    with event_file(path) as tell:
        tell("run.finished", exit=4, cumulative=counts, this_attempt={"failed": 1, "by": {"a": 2}})
    (told,) = lines(path)
    del told["ts"], told["event"], told["run"]
    assert told == {
        "exit": 4,
        "cumulative_succeeded": 7,
        "cumulative_failed": 1,
        "this_attempt_failed": 1,
        "this_attempt_by_a": 2,
    }


def test_a_fact_can_not_take_the_place_of_what_every_event_has(path):
    with event_file(path) as tell:
        tell("row", run="other", ts="never", event="else", row=2)
    assert lines(path) == [
        {"ts": "2026-11-22T18:04:05.120Z", "event": "row", "run": "users-7f3a", "row": 2}
    ]


def test_what_json_does_not_know_is_told_as_text_or_nothing(path):
    with event_file(path) as tell:
        tell("rate", before=math.nan, after=math.inf, rate=1.4, on=True, why=None, at=Path("a"))
    told = lines(path)[0]
    assert (told["before"], told["after"], told["rate"]) == (None, None, 1.4)
    assert (told["on"], told["why"], told["at"]) == (True, None, "a")


def test_a_list_is_a_list_of_plain_values(path):
    with event_file(path) as tell:
        tell("settled", rows=[2, 3], kept=("a", {"b": 1}))
    assert lines(path)[0]["rows"] == [2, 3]
    assert lines(path)[0]["kept"] == ["a", "{'b': 1}"]


def test_no_text_can_break_a_line_or_reach_a_terminal(path):
    with event_file(path) as tell:
        tell("row", key="a\nb\u2028c\x1b[31m\ud800é")
    assert path.read_bytes().count(b"\n") == 1
    assert b"\x1b" not in path.read_bytes()
    assert lines(path)[0]["key"] == "a\nb\u2028c\x1b[31m\ufffdé"


def test_each_line_is_in_the_file_when_the_call_returns(path):
    with event_file(path) as tell:
        tell("row", row=2)
        assert [told["row"] for told in lines(path)] == [2]
        tell("row", row=3)
        assert [told["row"] for told in lines(path)] == [2, 3]


def test_a_resumed_run_goes_on_in_the_same_file(path):
    for row in (2, 3):
        with event_file(path) as tell:
            tell("row", row=row)
    assert [told["row"] for told in lines(path)] == [2, 3]


def test_the_file_is_for_its_owner_alone(path):
    with event_file(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_a_crash_cut_off_is_closed_first(path):
    path.write_bytes(b'{"event":"row","ro')
    with event_file(path) as tell:
        tell("row", row=3)
    first, second, rest = path.read_bytes().split(b"\n")
    assert first == b'{"event":"row","ro'
    assert json.loads(second)["row"] == 3
    assert rest == b""


def test_a_full_disk_does_not_stop_the_run_and_spoils_no_later_line(path, monkeypatch):
    real = os.write

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with event_file(path) as tell:
        tell("row", row=2)
        monkeypatch.setattr(os, "write", full)
        tell("row", row=3)
        monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:20]))
        tell("row", row=4)
        monkeypatch.setattr(os, "write", real)
        tell("row", row=5)
        tell("row", row=6)
        assert tell.lost == 2
    whole, torn, *rest, end = path.read_bytes().split(b"\n")
    assert json.loads(whole)["row"] == 2
    assert len(torn) == 20
    assert [json.loads(line)["row"] for line in rest] == [5, 6]
    assert end == b""


def test_a_file_that_can_not_be_opened_misses_every_event_and_says_so(path):
    path.mkdir()
    with event_file(path) as tell:
        assert tell.trouble == ""
        tell("row", row=2)
        tell("row", row=3)
        assert tell.trouble == f"{path} lacks 2 of this attempt's events: Is a directory"


def test_nothing_is_written_through_a_link(path, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("somebody's own\n")
    path.symlink_to(elsewhere)
    with event_file(path) as tell:
        tell("row", row=2)
        assert "it is a symbolic link, through which nothing is written" in tell.trouble
    assert elsewhere.read_text() == "somebody's own\n"


def test_a_file_that_is_deleted_in_between_is_told(path):
    with event_file(path) as tell:
        tell("row", row=2)
        assert tell.trouble == ""
        path.unlink()
        tell("row", row=3)
        assert tell.trouble == f"{path} was deleted while the run went on"


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=6,
        ),
        max_size=5,
    )
)
def test_every_event_is_one_line_of_scalars_and_lists_of_scalars(facts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.ndjson"
        with event_file(path) as tell:
            tell("row", **facts)
        (told,) = lines(path)
    assert list(told)[:3] == ["ts", "event", "run"]
    flat = [
        each for value in told.values() for each in (value if isinstance(value, list) else [value])
    ]
    assert all(each is None or isinstance(each, str | int | float | bool) for each in flat)
