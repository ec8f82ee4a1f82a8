from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import replace

from bulkops.ledger.states import RowStatus
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.run_json import write_manifest
from tests.reports.paper import FACTS, QUOTA, RUN, TARGET


def written(folder, run=RUN, facts=FACTS, files=()):
    counts = RowCounts(all={RowStatus.SUCCEEDED: 9, RowStatus.FAILED: 1})
    path = write_manifest(folder / "run.json", run, facts, counts, files)
    assert path == folder / "run.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_manifest_tells_what_was_run_where_by_whom_and_how_fast(tmp_path):
    report = tmp_path / "results.csv"
    report.write_bytes(b"a,b\n")
    told = written(tmp_path, files=[report])
    assert list(told)[:2] == ["mapping", "options"]
    assert told["mapping"] == {"Login": "username"}
    assert told["run"] == "create-users-20261122T180405Z-7f3a"
    assert (told["job"], told["job_sha256"]) == ("create-users", "aa" * 32)
    assert (told["sheet"], told["sheet_sha256"]) == ("wave 3.xlsx", "bb" * 32)
    assert told["headers"] == ["Login", "First name", "Password"]
    assert (told["version"], told["created_at"]) == ("0.1.0", "2026-11-22T18:04:05.000Z")
    assert [target["caller_arn"] for target in told["targets"]] == [TARGET.caller_arn]
    assert told["quotas"] == [
        {
            "account": "123456789012",
            "region": "eu-central-1",
            "service": "connect",
            "operation": "CreateUser",
            "rate": 2.0,
            "burst": 5.0,
            "source": "service quotas page",
            "note": "",
        }
    ]
    assert told["files"] == {"results.csv": hashlib.sha256(b"a,b\n").hexdigest()}


def test_the_counts_are_those_of_the_whole_run_and_of_the_last_attempt(tmp_path):
    told = written(tmp_path)
    assert told["counts"]["cumulative"] == {
        "succeeded": 9,
        "unchanged": 0,
        "skipped": 0,
        "failed": 1,
        "invalid": 0,
        "unknown": 0,
        "pending": 0,
        "undone": 0,
    }
    assert told["counts"]["attempt"]["succeeded"] == 3
    assert told["attempt"] == {
        "started_at": "2026-11-22T18:04:05.120Z",
        "finished_at": "2026-11-22T18:14:17.420Z",
        "seconds": 612.3,
        "least_seconds": 600.0,
        "calls": 1215,
        "throttles": 15,
        "exit": 4,
        "reason": "",
        "left": [],
        "next_command": FACTS.next_command,
    }


def test_meta_can_not_take_the_place_of_what_the_run_is(tmp_path):
    told = written(tmp_path, run=replace(RUN, meta={"run": "other", "files": 1, "name": "wave"}))
    assert (told["run"], told["files"], told["name"]) == (RUN.id, {}, "wave")


def test_texts_that_no_file_can_hold_are_replaced(tmp_path):
    assert written(tmp_path, run=replace(RUN, headers=("a\ud800", "ö")))["headers"] == ["a?", "ö"]


def test_the_manifest_is_for_its_owner_alone(tmp_path):
    written(tmp_path)
    assert stat.S_IMODE((tmp_path / "run.json").stat().st_mode) == 0o600


def test_facts_are_the_same_after_being_kept_as_json():
    assert RunFacts.from_json(json.loads(json.dumps(FACTS.as_json()))) == replace(
        FACTS, attempt={status: FACTS.attempt.get(status, 0) for status in RowStatus}
    )


def test_each_caller_is_named_once():
    other = replace(TARGET, name="emea", caller_arn="arn:other")
    facts = replace(FACTS, targets=(TARGET, other, TARGET, replace(TARGET, caller_arn="")))
    assert facts.callers == (TARGET.caller_arn, "arn:other")


def test_an_attempt_that_has_not_ended_says_so():
    assert FACTS.span() == "2026-11-22 18:04:05 UTC to 2026-11-22 18:14:17 UTC"
    assert replace(FACTS, finished_at="").span() == "2026-11-22 18:04:05 UTC, still going on"


def test_quotas_need_no_note():
    assert QUOTA.note == ""
