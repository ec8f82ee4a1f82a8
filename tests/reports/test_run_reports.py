from __future__ import annotations

import errno
import hashlib
import json

import pytest

from bulkops.errors import ReportError
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
    with pytest.raises(ReportError, match=r"results\.xlsx can't be written: No space left"):
        write(tmp_path, failed(2), failed(3))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


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
