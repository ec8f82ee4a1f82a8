from __future__ import annotations

import errno
import hashlib
import json
import os

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.reports.run_reports import write_reports
from bulkops.sheets.output.table_writer import SheetWriter
from tests.reports.paper import FACTS, RUN, PaperLedger, call, event, failed, now, result, values
from tests.reports.test_atomic_report import hold_open

CALLS = [call(2), call(3)]
EVENTS = [event(1, 2, "planned", "sent"), event(2, 3, "planned", "sent")]
ALL = ["results.xlsx", "results.csv", "failed.xlsx", "failed.csv", "report.html", "run.json"]


def write(folder, *rows):
    ledger = PaperLedger(rows, calls=CALLS, events=EVENTS)
    return written(ledger, folder).files


def written(ledger, folder):
    return now(write_reports(ledger, folder, facts=FACTS))


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_all_reports_are_written_and_named_with_those_for_people_first(tmp_path):
    files = write(tmp_path, result(2), failed(3))
    assert [file.name for file in files] == ALL
    assert names(tmp_path) == sorted(ALL)


def test_the_manifest_knows_the_checksum_of_every_other_report(tmp_path):
    *reports, manifest = write(tmp_path, result(2), failed(3))
    told = json.loads(manifest.read_text())
    assert told["files"] == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in reports
    }
    assert told["run"] == RUN.id
    assert told["counts"]["cumulative"]["failed"] == 1


def test_the_page_lists_what_lies_beside_it(tmp_path):
    (tmp_path / "ledger.sqlite").touch()
    write(tmp_path, result(2))
    page = (tmp_path / "report.html").read_text()
    assert 'href="results.xlsx"' in page
    assert 'href="run.json"' in page
    assert 'href="ledger.sqlite"' in page
    assert 'href="events.ndjson"' not in page
    assert 'href="failed.xlsx"' not in page


def test_reports_written_again_take_the_place_of_the_earlier_ones(tmp_path):
    write(tmp_path, result(2), failed(3))
    files = write(tmp_path, result(2), result(3))
    assert [file.name for file in files] == [name for name in ALL if "failed" not in name]
    assert names(tmp_path) == sorted(file.name for file in files)


def test_a_workbook_open_in_another_program_is_written_under_another_name(tmp_path, monkeypatch):
    write(tmp_path, result(2, RowStatus.PENDING))
    hold_open(monkeypatch, "results.xlsx")
    files = write(tmp_path, result(2))
    assert [file.name for file in files][:2] == ["results-2.xlsx", "results.csv"]
    assert values(tmp_path / "results.xlsx")[1][5] == "pending"
    assert values(tmp_path / "results-2.xlsx")[1][5] == "succeeded"
    assert "results.xlsx was open in another program." in (tmp_path / "report.html").read_text()
    assert "results-2.xlsx" in json.loads((tmp_path / "run.json").read_text())["files"]


def test_a_writer_that_fails_half_way_leaves_every_earlier_report_whole(tmp_path, monkeypatch):
    write(tmp_path, result(2), failed(3))
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    real = SheetWriter.row

    def full(self, values, **more):
        if "agent3" in (told := list(values)):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, told, **more)

    monkeypatch.setattr(SheetWriter, "row", full)
    report = written(PaperLedger([failed(2), failed(3)]), tmp_path)
    assert [file.name for file in report.files] == [
        name for name in ALL if not name.endswith(".xlsx")
    ]
    assert [said.partition(" ")[2] for said in report.unwritten] == [
        f"can't be written: {os.strerror(errno.ENOSPC)}"
    ] * 2
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {name: after[name] for name in after if name.endswith(".xlsx")} == {
        name: before[name] for name in before if name.endswith(".xlsx")
    }
    told = json.loads(after["run.json"])
    assert set(told["files"]) == {"results.csv", "failed.csv", "report.html"}


@pytest.mark.parametrize("name", ALL)
def test_a_folder_in_the_place_of_a_report_costs_that_one_alone(tmp_path, name):
    (tmp_path / name).mkdir()
    report = written(PaperLedger([result(2), failed(3)]), tmp_path)
    assert [file.name for file in report.files] == [each for each in ALL if each != name]
    assert [f"{name} can't be written, it is a folder" in said for said in report.unwritten] == [
        True
    ]
    (tmp_path / name).rmdir()
    assert [file.name for file in write(tmp_path, result(2), failed(3))] == ALL


def test_a_full_disk_leaves_the_page_and_the_manifest_to_be_noted_too(tmp_path, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bulkops.sheets.output.atomic_file.tempfile.mkstemp", full)
    report = written(PaperLedger([result(2), failed(3)]), tmp_path)
    assert report.files == ()
    assert len(report.unwritten) == len(ALL)
    assert names(tmp_path) == []


def test_what_killed_processes_left_of_reports_is_cleared_away_and_nothing_else(tmp_path):
    own = [".results-mine.csv", "results-abcd1234.csv", ".other-abcd1234.csv", ".results-abcd1234"]
    left = [".results-abcd1234.csv", ".failed-a_cd1234.xlsx", ".report-00000000.html"]
    for name in (*own, *left):
        (tmp_path / name).touch()
    write(tmp_path, result(2))
    assert set(names(tmp_path)) & {*own, *left} == set(own)


@pytest.mark.parametrize("name", ALL)
def test_no_report_is_written_through_a_link(tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("somebody's own")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    assert [file.name for file in write(folder, result(2), failed(3))] == ALL
    assert elsewhere.read_text() == "somebody's own"
    assert not (folder / name).is_symlink()


def test_a_ledger_that_fails_half_way_leaves_every_earlier_report_whole(tmp_path):
    write(tmp_path, result(2), failed(3))
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    class Torn(PaperLedger):
        async def results(self):
            yield failed(2)
            raise LookupError("torn")

    with pytest.raises(LookupError, match="torn"):
        now(write_reports(Torn([failed(2)]), tmp_path, facts=FACTS))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
