"""The sheet of a copy that lists its problems, as XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from bulkops.problems import Problem, letters
from bulkops.sheets.output.problem_list import HEADERS, WIDTHS, listed
from bulkops.sheets.safe_text import cell_text, escaped

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
    ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
)


def problem_sheet(
    problems: Sequence[Problem], *, heading_style: int, text_style: int
) -> Iterator[bytes]:
    """Yield the sheet: a heading that stays in sight and filters, and a row a problem."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS, 1)
    )
    yield f"{_BEGIN}<cols>{columns}</cols><sheetData>".encode()
    yield _row(1, HEADERS, heading_style)
    for number, problem in enumerate(problems, 2):
        yield _row(number, listed(problem), text_style)
    yield f'</sheetData><autoFilter ref="{filter_range(problems)}"/></worksheet>'.encode()


def filter_range(problems: Sequence[Problem], mark: str = "") -> str:
    """Return the range that the heading filters; `mark` stands before letters and numbers."""
    last = f"{mark}{letters(len(HEADERS))}{mark}{len(problems) + 1}"
    return f"{mark}A{mark}1:{last}"


def _row(number: int, texts: Sequence[str], style: int) -> bytes:
    cells = "".join(
        _cell(f"{letters(at)}{number}", text, style) for at, text in enumerate(texts, 1)
    )
    return f'<row r="{number}">{cells}</row>'.encode()


def _cell(place: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    said = escape(escaped(cell_text(text)))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    )
