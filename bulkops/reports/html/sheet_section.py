"""The page's part about the sheets of a workbook: how many rows of each came to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.ledger.states import RowStatus
from bulkops.reports.html.markup import Html, el, scrolling


def sheets(counts: Mapping[str, Mapping[RowStatus, int]]) -> Html:
    """Return a table with a line for each sheet; nothing for a run of a single one."""
    if not counts:
        return Html()
    shown = [status for status in RowStatus if any(here.get(status) for here in counts.values())]
    heads = ("Sheet", "Rows", *(status.value for status in shown))
    return el(
        "section",
        el("h2", "The sheets"),
        scrolling(
            "Rows of each sheet by what became of them",
            el("thead", el("tr", *_heads(heads))),
            el("tbody", *(_line(name, here, shown) for name, here in counts.items())),
        ),
    )


def _heads(heads: tuple[str, ...]) -> Iterator[Html]:
    for head in heads:
        yield el("th", head, scope="col", class_="number" if head != heads[0] else None)


def _line(name: str, here: Mapping[RowStatus, int], shown: list[RowStatus]) -> Html:
    numbers = (sum(here.values()), *(here.get(status, 0) for status in shown))
    cells = (el("td", f"{number:,}" if number else "", class_="number") for number in numbers)
    return el("tr", el("td", name), *cells)
