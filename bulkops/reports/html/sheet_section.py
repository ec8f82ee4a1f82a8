"""The page's part about the sheets of a workbook: how many rows of each came to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkops.ledger.states import RowStatus
from bulkops.reports.html.markup import Html, el, scrolling
from bulkops.reports.row_counts import RowCounts

WAITING = "waiting for a failed row"


def sheets(counts: RowCounts) -> Html:
    """Return a table with a line for each sheet; nothing for a run of a single one."""
    by_sheet = counts.by_sheet
    if not by_sheet:
        return Html()
    shown = [status for status in RowStatus if any(here.get(status) for here in by_sheet.values())]
    heads = ["Sheet", "Rows", *(status.value for status in shown)]
    heads += [WAITING] if any(counts.waiting.values()) else []
    return el(
        "section",
        el("h2", "The sheets"),
        scrolling(
            "Rows of each sheet by what became of them",
            el("thead", el("tr", *_heads(heads))),
            el("tbody", *(_line(name, counts, shown) for name in by_sheet)),
        ),
    )


def _heads(heads: Sequence[str]) -> Iterator[Html]:
    for head in heads:
        yield el("th", head, scope="col", class_="number" if head != heads[0] else None)


def _line(name: str, counts: RowCounts, shown: Sequence[RowStatus]) -> Html:
    here = counts.by_sheet[name]
    numbers = [sum(here.values()), *(here.get(status, 0) for status in shown)]
    numbers += [counts.waiting.get(name, 0)] if any(counts.waiting.values()) else []
    cells = (el("td", f"{number:,}" if number else "", class_="number") for number in numbers)
    return el("tr", el("td", name), *cells)
