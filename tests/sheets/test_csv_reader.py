from __future__ import annotations

import io
import tracemalloc
from contextlib import suppress
from encodings.aliases import aliases

import pytest

from bulkops.errors import SheetError
from bulkops.problems import Severity
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import text

KNOWN = ("username", "phone", "routing profile")
WANTED = [("ana", "+1555"), ("bob", "00123")]


def cells(table):
    return [record.cells for record in table.records()]


def refused(path, **options):
    with pytest.raises(SheetError) as caught:
        read_table(path, known_headers=KNOWN, **options)
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("username,phone\nana,+1555\nbob,00123\n", "separated by ,"),
        ("username;phone\r\nana;+1555\r\nbob;00123", "separated by ;"),
        ("username\tphone\rana\t+1555\rbob\t00123\r", "separated by tab"),
        ("username|phone\nana|+1555\nbob|00123\n", "separated by |"),
        ("sep=;\r\nusername;phone\r\nana;+1555\r\nbob;00123\r\n", "separated by ;"),
        ('"sep=^"\nusername^phone\nana^+1555\nbob^00123\n', "separated by ^"),
        ("\n\n,,\nusername,phone,,\nana,+1555,,\nbob,00123,\n , ,\n,,,\n", "separated by ,"),
        ('username,phone\nana,\'+1555\nbob,"=""00123"""\n', "separated by ,"),
    ],
)
def test_the_delimiter_is_found_by_the_headers(tmp_path, content, note):
    table = read_table(text(tmp_path / "a.csv", content), known_headers=KNOWN)
    assert table.headers == ("username", "phone")
    assert cells(table) == WANTED
    assert table.notes[0] == f"read as UTF-8, {note}"
    assert table.problems == ()
    assert (table.kind, table.sheet, table.file) == ("csv", "", "a.csv")


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        ("Username\nana\n", ("Username",)),
        ("Name;First, last\na;b, c\nd;e\n", ("Name", "First, last")),
        ("a,b\n1,2\n", ("a", "b")),
        ("nothing known\n", ("nothing known",)),
    ],
)
def test_without_known_headers_the_rows_alike_decide(tmp_path, content, headers):
    assert read_table(text(tmp_path / "a.csv", content)).headers == headers


def test_a_tsv_of_one_column_stays_one_column(tmp_path):
    table = read_table(text(tmp_path / "a.tsv", "value\na|b\n"))
    assert cells(table) == [("a|b",)]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_a_byte_order_mark_or_utf_8_decides_the_encoding(tmp_path, encoding, note):
    path = text(tmp_path / "a.csv", "username,phone\r\nJosé \U0001f600,1\r\n", encoding)
    table = read_table(path, known_headers=KNOWN)
    assert cells(table) == [("José \U0001f600", "1")]
    assert table.notes == (f"read as {note}, separated by ,",)
    assert [record.number for record in table.records()] == [2]


def test_big_endian_utf_16_is_read(tmp_path):
    path = text(tmp_path / "a.csv", "\ufeffusername,phone\njosé,1\n", "utf-16-be")
    assert cells(read_table(path, known_headers=KNOWN)) == [("josé", "1")]


def test_text_that_does_not_decode_is_refused_with_its_line_and_what_it_may_be(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\r\nana,1\r\nJosé,2\r\n", "cp1252")
    code, message = refused(path)
    assert code == "encoding"
    assert 'a.csv line 3 can\'t be read as UTF-8: byte 0xE9 is "é" in cp1252' in message
    assert "José" not in message


def test_the_bad_line_is_found_behind_a_byte_order_mark_and_at_the_very_end(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfusername\nana\n\xff\n")
    assert "line 3" in refused(path)[1]
    path.write_bytes(b"username\nana\nbob\xc3")
    assert "line 3" in refused(path)[1]
    path.write_bytes("\ufeffusername\nana".encode("utf-16-le") + b"\0")
    assert refused(path)[0] == "encoding"


def test_a_named_encoding_is_used(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\nJosé,2\n", "cp1252")
    table = read_table(path, known_headers=KNOWN, encoding="cp1252")
    assert cells(table) == [("José", "2")]
    assert table.notes == ("read as cp1252, separated by ,",)


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "rot13", "bad\0name", "idna"])
def test_an_encoding_that_is_none_is_refused(tmp_path, encoding):
    path = text(tmp_path / "a.csv", "username\nana\n")
    assert refused(path, encoding=encoding)[0] == "encoding"


@pytest.mark.parametrize("encoding", sorted({*aliases.values(), "idna", "punycode"}))
@pytest.mark.parametrize("data", [b"username\nana\n", b"\xff\xfe\x00\xd8\x81", b"x..y\xe9" * 70])
def test_every_encoding_of_python_reads_or_refuses(tmp_path, encoding, data):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a" + data)
    with suppress(SheetError):
        assert read_table(path, encoding=encoding).headers


def test_utf_16_without_a_mark_is_refused_as_nul_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("username,phone\nana,1\n".encode("utf-16-le"))
    assert refused(path)[0] == "nul"
    table = read_table(path, known_headers=KNOWN, encoding="utf-16-le")
    assert cells(table) == [("ana", "1")]


def test_a_nul_in_a_value_is_refused_with_its_line(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\nana,1\nb\0b,2\n")
    code, message = refused(path)
    assert code == "nul"
    assert "a.csv line 3" in message


def test_an_unclosed_quote_is_refused_with_the_line_where_it_opens(tmp_path):
    path = text(tmp_path / "a.csv", 'username,phone\nana,1\nbob,"2\ncy,3\n')
    assert refused(path) == (
        "unclosed-quote",
        "a.csv line 3: a quotation mark opens a value and is never closed",
    )


def test_an_unclosed_quote_before_much_text_is_the_same(tmp_path):
    path = text(tmp_path / "a.csv", 'username,phone\nbob,"2\n' + "cy,3\n" * 60_000)
    code, message = refused(path)
    assert code == "unclosed-quote"
    assert "line 2" in message


def test_text_behind_a_closing_quote_is_refused_with_its_line(tmp_path):
    path = text(tmp_path / "a.csv", 'username,phone\n"a\nna" x,1\n')
    code, message = refused(path)
    assert code == "malformed"
    assert "lines 2-3" in message
    path = text(tmp_path / "a.csv", 'username,phone\n"ana" x,1\n')
    assert "line 2:" in refused(path)[1]


def test_records_are_numbered_by_their_first_line(tmp_path):
    content = 'username,phone\n"a\r\nna",1\n\nbob,2\n"c\ny",3\ndee,4\n'
    table = read_table(text(tmp_path / "a.csv", content), known_headers=KNOWN)
    assert [(record.number, record.cells[0]) for record in table.records()] == [
        (2, "a\r\nna"),
        (5, "bob"),
        (6, "c\ny"),
        (8, "dee"),
    ]
    assert str(table.address(8, 2)) == 'line 8, column "phone"'
    assert str(table.address(8)) == "line 8"
    assert str(table.address(0)) == "a.csv"
    assert table.record(8).cells == ("dee", "4")


def test_the_line_sep_counts(tmp_path):
    table = read_table(text(tmp_path / "a.csv", "sep=,\nusername\nana\n"), known_headers=KNOWN)
    assert [record.number for record in table.records()] == [3]
    assert table.top == 2


def test_a_header_below_a_title_is_found(tmp_path):
    content = "Agents to onboard,,\n2026-11-01,,\nUser name,Username,Phone\nAna Li,ana,1\n"
    table = read_table(text(tmp_path / "a.csv", content), known_headers=KNOWN)
    assert table.headers == ("User name", "Username", "Phone")
    assert cells(table) == [("Ana Li", "ana", "1")]
    assert table.notes[-1] == "the headers are in line 3; what stands above is not used"


def test_a_header_deeper_than_twenty_rows_is_not_looked_for(tmp_path):
    content = "title,x\n" * 20 + "username,phone\nana,1\n"
    table = read_table(text(tmp_path / "a.csv", content), known_headers=KNOWN)
    assert table.headers == ("title", "x")


def test_a_value_too_many_is_a_problem_of_its_line(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\nLi, Ana,1\nbob,2,\n")
    table = read_table(path, known_headers=KNOWN)
    (problem,) = table.problems
    assert (problem.code, problem.address.row, problem.severity) == (
        "too-many-values",
        2,
        Severity.ERROR,
    )
    assert "3 values, the header 2" in problem.message
    assert cells(table) == [("Li", " Ana"), ("bob", "2")]


def test_values_too_few_are_padded_and_said_once(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone,x\nana\nbob,2\ncy,3,4\ndee,\n")
    table = read_table(path, known_headers=KNOWN)
    (problem,) = table.problems
    assert (problem.code, problem.severity) == ("too-few-values", Severity.WARNING)
    assert "2-3, 5" in problem.message
    assert cells(table) == [
        ("ana", "", ""),
        ("bob", "2", ""),
        ("cy", "3", "4"),
        ("dee", "", ""),
    ]


def test_values_under_no_header_are_said(tmp_path):
    path = text(tmp_path / "a.csv", ",username,phone\n0,ana,1\n1,bob,2\n")
    table = read_table(path, known_headers=KNOWN)
    assert table.headers == ("", "username", "phone")
    (problem,) = table.problems
    assert (problem.code, problem.address.row, problem.address.column) == (
        "value-without-header",
        2,
        1,
    )


def test_thousands_of_like_problems_are_counted(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\n" + "a,b,c\n" * 1500)
    problems = read_table(path, known_headers=KNOWN).problems
    assert len(problems) == 1001
    assert problems[-1].message == "and 500 more like these"
    assert problems[-1].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("username,phone,routing profile\nana,1,x\nbob;2;y\n", 3),
        ("username,phone;routing profile\nana,1,x\n", 1),
    ],
)
def test_two_delimiters_in_one_file_are_refused(tmp_path, content, line):
    code, message = refused(text(tmp_path / "a.csv", content))
    assert code == "mixed-delimiters"
    assert f"by ; in line {line}" in message


def test_the_header_of_aws_own_csv_is_read(tmp_path):
    aws = (
        "first name,last name,user login,routing profile name,"
        "security_profile_name_1|security_profile_name_2,phone type (soft/desk)"
    )
    path = text(tmp_path / "a.csv", f"{aws}\nAna,Li,ana,Basic,Agent|Admin,soft\n")
    table = read_table(path, known_headers=aws.split(","))
    assert table.headers == tuple(aws.split(","))
    assert cells(table) == [("Ana", "Li", "ana", "Basic", "Agent|Admin", "soft")]


def test_words_that_pandas_takes_for_missing_stay_words(tmp_path):
    words = ["NA", "N/A", "None", "null", "nan", "TRUE", "1E5", "0017", "3/4", "1,5"]
    content = "username,phone\n" + "".join(f'"{word}",x\n' for word in words)
    table = read_table(text(tmp_path / "a.csv", content), known_headers=KNOWN)
    assert [row[0] for row in cells(table)] == words


def test_text_named_xlsx_is_read_and_said(tmp_path):
    path = text(tmp_path / "a.xlsx", "username,phone\nana,1\n")
    table = read_table(path, known_headers=KNOWN)
    assert cells(table) == [("ana", "1")]
    assert table.notes[1] == "a.xlsx is text in spite of its name: it was read as CSV"


def test_duplicate_headers_stay_as_they_are(tmp_path):
    table = read_table(text(tmp_path / "a.csv", "username,e,e,E\na,1,2,3\n"), known_headers=KNOWN)
    assert table.headers == ("username", "e", "e", "E")


def test_no_break_and_zero_width_spaces_are_left_to_planning(tmp_path):
    path = text(tmp_path / "a.csv", "username,phone\n\u00a0ana\u200b,1\n\u00a0,\n")
    assert cells(read_table(path, known_headers=KNOWN)) == [("\u00a0ana\u200b", "1")]


def test_standard_input_is_read_like_a_file(tmp_path):
    data = b"username,phone\nana,+1555\nbob,00123\n"
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    piped = read_table(None, known_headers=KNOWN, stdin=io.BytesIO(data))
    assert (piped.file, cells(piped)) == ("stdin", WANTED)
    assert piped.sha256 == read_table(path, known_headers=KNOWN).sha256
    assert len(piped) == 2


def test_rows_can_be_walked_again_and_again(tmp_path):
    table = read_table(text(tmp_path / "a.csv", "username,phone\nana,1\nbob,2\n"))
    assert list(table.records()) == list(table.records())


def test_a_predicate_tells_known_headers_as_well(tmp_path):
    path = text(tmp_path / "a.csv", "title;x\nAAA;BBB\n1;2\n")
    table = read_table(path, known_headers=str.isupper)
    assert table.headers == ("AAA", "BBB")


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_where_decoding_fails_is_known_whatever_the_blocks(
    tmp_path, monkeypatch, size, line_break, codec
):
    monkeypatch.setattr("bulkops.sheets.input.encoding._BLOCK", size)
    good = line_break.join(["username", "ana é", "bob"]).encode(codec)
    bad = b"\xff" if codec != "utf-16" else b"\x00\xdc"  # half of a pair
    path = tmp_path / "a.csv"
    path.write_bytes(good + bad)
    assert "line 3 can't be read as UTF-" in refused(path)[1]
    path.write_bytes(good + "\0".encode(codec.removesuffix("-sig"))[-2:])
    assert "line 3 holds a NUL" in refused(path)[1]
    path.write_bytes(good)
    assert len(read_table(path, known_headers=KNOWN)) == 2


def blanks(path, line, count, head=b"username,phone\nana,1\n"):
    path.write_bytes(head + line * count)
    return path


def test_blank_lines_are_not_kept_and_cost_no_memory(tmp_path):
    path = blanks(tmp_path / "a.csv", b" " * 1023 + b"\n", 16 * 1024)
    tracemalloc.start()
    try:
        table = read_table(path, known_headers=KNOWN)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(table) == 1
    assert most < 12 * 2**20  # the file has 16 MB; a block of it and its text are held at a time


@pytest.mark.parametrize(
    ("line", "count", "said"),
    [
        (b",", 5 * 2**20, "line 3: a row is longer than 4,194,304 characters"),
        (b'"\n",', 2**20, "a row is longer than 4,194,304 characters"),
    ],
)
def test_a_row_without_end_is_refused(tmp_path, line, count, said):
    code, message = refused(blanks(tmp_path / "a.csv", line, count))
    assert code == "too-large"
    assert said in message


def test_lines_without_end_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("bulkops.sheets.input.csv_reader.MOST_LINES", 50)
    assert len(read_table(blanks(tmp_path / "a.csv", b"\n", 48), known_headers=KNOWN)) == 1
    code, message = refused(blanks(tmp_path / "a.csv", b"\n", 49))
    assert code == "too-large"
    assert "more than 50 lines" in message
