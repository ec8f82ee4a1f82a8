from __future__ import annotations

import gc
import stat
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.ledger.records import RowResult
from bulkops.ledger.states import RowStatus
from bulkops.reports.causes import FAULTY
from bulkops.reports.results import UNKNOWN_KEPT, write_results
from bulkops.reports.row_sheets import TINTS
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.output.styles import FILLS
from bulkops.sheets.safe_text import CUT, csv_plain
from tests.reports.paper import (
    FACTS,
    HOSTILE,
    OURS,
    RUN,
    PaperLedger,
    colour,
    csv_rows,
    failed,
    now,
    result,
    sheet_rows,
    values,
)

ORIGINAL = ["Login", "First name", "Password"]


def write(folder, *rows, run=RUN):
    return now(write_results(PaperLedger(rows, run=run), folder, FACTS))


def test_the_original_columns_come_first_and_ours_follow_in_their_order(tmp_path):
    write(
        tmp_path,
        failed(
            7,
            id="u-1",
            arn="arn:aws:connect:u-1",
            changes="acw: 5 → 10",
            hint="Leave it out.",
            http_status=409,
            request_id="r-1",
            attempts=2,
            started_at="2026-11-22T18:04:06.000Z",
            finished_at="2026-11-22T18:04:07.000Z",
        ),
    )
    row = [
        "agent7", "Ana", "***", 7, "agent7", "failed", "create", "u-1", "arn:aws:connect:u-1",
        "acw: 5 → 10", "DuplicateResourceException", 'User "a" already exists', "Leave it out.",
        409, "r-1", 2, "2026-11-22T18:04:06.000Z", "2026-11-22T18:04:07.000Z", RUN.id,
    ]  # fmt: skip
    for name in ("results", "failed"):
        assert csv_rows(tmp_path / f"{name}.csv") == [ORIGINAL + OURS, list(map(str, row))]
    assert values(tmp_path / "results.xlsx") == [ORIGINAL + OURS, row]
    assert values(tmp_path / "failed.xlsx", "Failed") == [ORIGINAL + OURS, row]


def test_no_http_status_is_an_empty_cell(tmp_path):
    write(tmp_path, result(2))
    header, row = csv_rows(tmp_path / "results.csv")
    assert row[header.index("bulkops_http_status")] == ""


def test_columns_of_an_earlier_report_that_was_fed_back_do_not_stand_twice(tmp_path):
    headers = ("bulkops_row", "Login", " Bulkops_Error ", "Team", "bulkops_run")
    run = replace(RUN, headers=headers)
    write(tmp_path, result(2, cells=("17", "ana", "old error", "Sales", "old")), run=run)
    header, row = csv_rows(tmp_path / "results.csv")
    assert header == ["Login", "Team", *OURS]
    assert row[:3] == ["ana", "Sales", "2"]


def test_two_original_columns_of_the_same_name_both_stay(tmp_path):
    write(tmp_path, result(2, cells=("a", "b")), run=replace(RUN, headers=("Name", "Name")))
    assert [row[:2] for row in csv_rows(tmp_path / "results.csv")] == [["Name", "Name"], ["a", "b"]]


def test_a_row_shorter_than_the_headers_is_filled_up(tmp_path):
    write(tmp_path, result(2, cells=("ana",)))
    assert csv_rows(tmp_path / "results.csv")[1][:4] == ["ana", "", "", "2"]


def test_rows_to_fix_are_failed_invalid_and_unknown_ones(tmp_path):
    walk = write(
        tmp_path, *(result(number, status) for number, status in enumerate(RowStatus, start=2))
    )
    at = OURS.index("bulkops_status") + len(ORIGINAL)
    every = [row[at] for row in csv_rows(tmp_path / "results.csv")[1:]]
    assert every == [status.value for status in RowStatus]
    for rows in (csv_rows(tmp_path / "failed.csv"), values(tmp_path / "failed.xlsx", "Failed")):
        assert [row[at] for row in rows[1:]] == ["failed", "invalid", "unknown"]
    assert [row.status for row in walk.unknown] == [RowStatus.UNKNOWN]
    assert sorted(file.name for file in walk.files) == [
        "failed.csv",
        "failed.xlsx",
        "results.csv",
        "results.xlsx",
    ]


def test_failed_files_of_before_are_removed_when_nothing_failed(tmp_path):
    write(tmp_path, failed(2))
    assert (tmp_path / "failed.xlsx").exists()
    (tmp_path / "failed-2.xlsx").write_text("a person's own copy")
    walk = write(tmp_path, result(2))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "failed-2.xlsx",
        "results.csv",
        "results.xlsx",
    ]
    assert sorted(file.name for file in walk.files) == ["results.csv", "results.xlsx"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_failed_rows_read_back_are_the_original_cells(tmp_path, ending):
    cells = [("=cmd|'/c calc'!A1", "00123", "+15551234567"), ("'-1", "1E5", "TRUE")]
    write(tmp_path, failed(4, cells=cells[0]), result(5), failed(6, cells=cells[1]))
    table = read_table(tmp_path / f"failed{ending}", known_headers=["Login"])
    assert table.headers[:3] == tuple(ORIGINAL)
    assert [record.cells[:3] for record in table.records()] == cells
    assert not table.problems


def test_hostile_texts_are_harmless_in_csv_and_read_back_unchanged(tmp_path):
    write(tmp_path, *(result(number, cells=(text,)) for number, text in enumerate(HOSTILE, 2)))
    _, *rows = csv_rows(tmp_path / "results.csv")
    for text, row in zip(HOSTILE, rows, strict=True):
        assert csv_plain(row[0]) == text.replace("\0", "␀").replace("\ud800", "\ufffd")
        formula = row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
        assert not formula or row[0] == "+15551234567"


def test_hostile_texts_stay_text_in_a_workbook(tmp_path):
    write(tmp_path, *(result(number, cells=(text,)) for number, text in enumerate(HOSTILE, 2)))
    for row in sheet_rows(tmp_path / "results.xlsx")[1:]:
        assert row[0].data_type in ("s", "inlineStr")
        assert (row[0].number_format, row[0].quotePrefix) == ("@", True)
        assert row[0].hyperlink is None
    table = read_table(tmp_path / "results.xlsx", known_headers=["Login"])
    read = [record.cells[0] for record in table.records()]
    pictures = str.maketrans({0: "␀", 7: "␇", 27: "␛", 0xD800: "\ufffd", 0xFFFF: "\ufffd"})
    for text, back in zip(HOSTILE, read, strict=True):
        if len(text) < 20_000:
            assert back == text.translate(pictures)
        else:
            assert back.endswith(CUT)
            assert len(back.encode("utf-16-le")) // 2 in (32_766, 32_767)


def test_our_columns_are_coloured_by_status_and_the_persons_own_tinted_for_a_look(tmp_path):
    write(tmp_path, result(2), failed(3), result(4, RowStatus.UNKNOWN))
    _, *rows = sheet_rows(tmp_path / "results.xlsx")
    assert _colours(rows) == [
        ({""}, {FILLS["succeeded"]}),
        ({FILLS["failed row"]}, {FILLS["failed"]}),
        ({FILLS["unknown row"]}, {FILLS["unknown"]}),
    ]


def test_the_cells_to_fix_are_left_plain(tmp_path):
    write(tmp_path, failed(3))
    _, row = sheet_rows(tmp_path / "failed.xlsx", "Failed")
    assert _colours([row]) == [({""}, {FILLS["failed"]})]


def _colours(rows):
    """Return the colours of the person's own cells and of ours, row by row."""
    at = len(ORIGINAL)
    return [({colour(c) for c in row[:at]}, {colour(c) for c in row[at:]}) for row in rows]


def test_every_status_has_a_colour_and_every_one_to_fix_a_tint():
    assert {status.value for status in RowStatus} <= set(FILLS)
    assert set(TINTS) == FAULTY
    assert set(TINTS.values()) <= set(FILLS)


def test_columns_are_as_wide_as_what_stands_in_them_and_ids_are_narrow(tmp_path):
    write(tmp_path, failed(2, "x" * 40, id="i" * 36, cells=("a" * 30, "b", "***")))
    (cell, *_), *_ = sheet_rows(tmp_path / "failed.xlsx", "Failed")
    widths = cell.parent.column_dimensions
    shown = {name: widths[column].width for name, column in (("Login", "A"), ("id", "H"))}
    assert shown == {"Login": 32, "id": 16}
    assert widths["L"].width == 42


def test_the_headers_are_frozen_and_filtered(tmp_path):
    write(tmp_path, failed(2), result(3))
    for name, title, last in (("results", "Results", 3), ("failed", "Failed", 2)):
        sheet = sheet_rows(tmp_path / f"{name}.xlsx", title)[0][0].parent
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:S{last}"


def test_the_summary_stands_after_the_rows(tmp_path):
    write(tmp_path, result(2), failed(3), failed(9, 'User "b" already exists'))
    book = sheet_rows(tmp_path / "results.xlsx", "Summary")[0][0].parent.parent
    assert book.sheetnames == ["Results", "Summary"]
    assert book.active.title == "Results"
    told = _summary(tmp_path)
    assert told[0] == ["1 succeeded, 2 failed, 0 unchanged, 0 unknown, 0 pending, 3 total"]
    assert ["Run by", "arn:aws:sts::123456789012:assumed-role/Admin/maria"] in told
    assert ["Instance", "acme-emea 5f1c2b7e, 123456789012, eu-central-1"] in told
    assert ["failed", 2] in told
    assert ["total", 3] in told
    assert told[-1] == [
        "failed", 2, "DuplicateResourceException", "User … already exists", "3, 9",
    ]  # fmt: skip


def test_the_summary_says_why_a_run_stopped_and_nothing_where_nothing_is_to_do(tmp_path):
    stopped = replace(FACTS, reason="--max-fail 5 was reached.", next_command="")
    now(write_results(PaperLedger([result(2)]), tmp_path, stopped))
    told = _summary(tmp_path)
    assert ["Stopped", "--max-fail 5 was reached."] in told
    assert "Next" not in [row[0] for row in told if row]


def _summary(folder):
    rows = values(folder / "results.xlsx", "Summary")
    return [[cell for cell in row if cell is not None] for row in rows]


def test_files_are_for_their_owner_alone(tmp_path):
    write(tmp_path, failed(2))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_an_empty_run_leaves_headers_alone(tmp_path):
    write(tmp_path)
    assert csv_rows(tmp_path / "results.csv") == [ORIGINAL + OURS]
    assert values(tmp_path / "results.xlsx") == [ORIGINAL + OURS]


def test_only_so_many_unknown_rows_are_kept(tmp_path):
    rows = [result(number, RowStatus.UNKNOWN) for number in range(2, UNKNOWN_KEPT + 5)]
    walk = write(tmp_path, *rows)
    assert walk.unknown == rows[:UNKNOWN_KEPT]
    assert len(csv_rows(tmp_path / "failed.csv")) == UNKNOWN_KEPT + 4


def test_rows_are_written_as_they_come_and_not_gathered(tmp_path):
    alive = []

    class Watched(PaperLedger):
        async def counts(self):
            return {RowStatus.SUCCEEDED: 600}

        async def results(self, *_):
            for number in range(600):
                if number % 100 == 99:
                    alive.append(sum(isinstance(each, RowResult) for each in gc.get_objects()))
                yield result(number)

    now(write_results(Watched(), tmp_path, FACTS))
    assert max(alive) - min(alive) <= 1
    assert len(csv_rows(tmp_path / "results.csv")) == 601


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(RowStatus), st.lists(st.text(), min_size=2, max_size=2)),
        max_size=8,
    )
)
def test_rows_out_are_rows_in_in_their_order(rows):
    run = replace(RUN, headers=("A", "B"))
    given_rows = [
        result(number, status, cells=tuple(cells))
        for number, (status, cells) in enumerate(rows, start=2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), *given_rows, run=run)
        _, *plain = csv_rows(Path(folder) / "results.csv")
        _, *typed = values(Path(folder) / "results.xlsx")
    wanted = [(*row.cells, row.number, row.status.value) for row in given_rows]
    assert [(csv_plain(row[0]), csv_plain(row[1]), int(row[2]), row[4]) for row in plain] == [
        tuple(_storable(each) for each in row) for row in wanted
    ]
    assert [(row[2], row[4]) for row in typed] == [row[2:] for row in wanted]


def _storable(value):
    return value.replace("\0", "␀") if isinstance(value, str) else value


def test_what_a_service_said_is_shown_in_our_columns_and_the_persons_own_cells_stay(tmp_path):
    evil = "a\x1b[31m\u202eb\nc"
    write(tmp_path, failed(3, cells=(evil,), key=evil, error=evil, changes=evil))
    headers, row = csv_rows(tmp_path / "failed.csv")
    said = dict(zip(headers, row, strict=True))
    assert row[0] == evil
    for column in ("bulkops_key", "bulkops_error", "bulkops_changes"):
        assert said[column] == "a\\u001b[31m\\u202eb\\u000ac"
