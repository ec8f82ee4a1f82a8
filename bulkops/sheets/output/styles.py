"""The looks that every workbook of bulkops shares. Fonts are named: else they turn serif."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from bulkops.sheets.output.colours import FILLS, HEADER

FACE = "Calibri"
TEXT_FORMAT = "@"

PLAIN = Font(name=FACE, size=11)
HEADING = Font(name=FACE, size=14, bold=True)
WHITE = Font(name=FACE, size=11, bold=True, color="FFFFFF")
DARK = PatternFill("solid", fgColor=HEADER)
BLUE = PatternFill("solid", fgColor="2F75B5")
GREY = PatternFill("solid", fgColor="7F7F7F")
HEADERS: Mapping[str, PatternFill] = {"header": DARK, "added": GREY, "sometimes": BLUE}
"""Name of a kind of header → its fill; `added` ones are not the person's own, or may be blank."""
MISSING = PatternFill("solid", bgColor="FF9999")  # conditional formats use the background
GRID = Border(*(Side(style="thin", color="D9D9D9"),) * 4)
"""What Excel's own grid lines look like: a fill hides those."""
LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
UPPER = Alignment(vertical="top")
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)  # else it touches what is beside
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)


def fill(name: str) -> PatternFill:
    """Return the fill of a state; KeyError for a name that `FILLS` lacks."""
    return PatternFill("solid", fgColor=FILLS[name])
