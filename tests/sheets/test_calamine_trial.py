from __future__ import annotations

import io

import pytest

from bulkops.errors import SheetError
from bulkops.sheets.input.calamine_trial import lay_out, try_out
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import USERS, ods, ods_table, sprawling_xls, xls, xlsb


@pytest.mark.process
def test_a_workbook_that_asks_for_more_memory_than_there_is_is_refused(tmp_path):
    path = sprawling_xls(tmp_path / "a.xls")
    with pytest.raises(SheetError, match="damaged or reaches too far") as caught:
        read_table(path, known_headers=["username"])
    assert caught.value.code == "too-large"


@pytest.mark.process
@pytest.mark.parametrize("build", [xls, xlsb, lambda path: ods(path, ods_table("Users", USERS))])
def test_a_sound_workbook_passes_and_time_is_bounded(tmp_path, build):
    with build(tmp_path / "a").open("rb") as stream:
        try_out(stream, "a")
        with pytest.raises(SheetError, match=r"or 0 seconds"):
            try_out(stream, "a", seconds=0)


@pytest.mark.process
def test_where_no_process_can_be_had_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    with pytest.raises(SheetError, match=r"in a process of its own: No such file.*as \.xlsx"):
        read_table(xls(tmp_path / "a.xls"), known_headers=["username"])


@pytest.mark.process
def test_what_calamine_refuses_in_words_is_left_to_the_true_reading():
    try_out(io.BytesIO(b"no workbook"), "a")


def test_every_sheet_is_laid_out(tmp_path):
    assert len(lay_out(xls(tmp_path / "a.xls").read_bytes())) == 2
