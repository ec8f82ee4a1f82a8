"""A run's progress as it is shown: a live bar, plain lines, or events for a program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import console, say_beside
from bulkops.cli.progress_choice import chosen
from bulkops.cli.reading_output import NARROW, ReadingBar, ReadingLines
from bulkops.engine.ports import Listener
from bulkops.reports.causes import summary_line
from bulkops.visible_text import visible

ROOMY = 100
"""Columns from which the bar has its full width."""
WIDEST_BAR = 28
SHOWN_ROWS = 25
"""Rows of which it is said as it happens that they failed or were left."""
MORE_ROWS = "… more rows: they are counted from here on, and all are in the reports"
PLAIN_SECONDS = 10
"""Plain progress prints every so many seconds: enough for a log."""


def shown(progress: Progress, output: Output) -> AbstractContextManager[Listener]:
    """Show a run's progress as asked; see `chosen`."""
    return chosen(progress, output, bar=_bar_shown, lines=PlainListener)


@contextmanager
def _bar_shown() -> Iterator[Listener]:
    bars = _bars()
    try:
        with ReadingBar() as reading:
            yield BarListener(bars, reading)
    finally:
        bars.stop()


def _bars() -> Bars:
    drawn_on = console(stderr=True)
    is_narrow = drawn_on.width < NARROW
    return Bars(
        *(() if is_narrow else (BarColumn(bar_width=_bar_width(drawn_on.width)),)),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        *(() if is_narrow else (TimeElapsedColumn(),)),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=drawn_on,
        redirect_stdout=False,  # all that prints goes through this console already
        redirect_stderr=False,
    )


def _bar_width(width: int) -> int:
    return WIDEST_BAR if width >= ROOMY else WIDEST_BAR // 3


def _fitting(said: str, total: int, width: int) -> str:
    """Cut a text to what is left beside bar, counts and times: else these would be cut."""
    bar = 0 if width < NARROW else _bar_width(width) + len(" 0:00:00 ")
    room = width - bar - len(f"{total}/{total}  left 00:00:00")
    return said if len(said) <= room else f"{said[: max(room - 1, 0)]}…"


class BarListener:
    """A live bar with counts; failed rows are printed above it as they happen.

    It comes with the first progress and goes while a person is asked something. What is read
    before has a bar of its own.
    """

    def __init__(self, bars: Bars, reading: ReadingBar) -> None:
        self._bars = bars
        self._reading = reading
        self._task: TaskID | None = None
        self._throttles = 0
        self._happened = Happened()

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event == "throttled":
            self._throttles += 1
        elif event == "canary":
            self._bars.stop()
        elif event == "reading":
            self._reading(event, **facts)
        elif event == "progress":
            self._show(facts)
        elif said := self._happened(event, facts):
            say_beside((said, "red"))

    def _show(self, facts: dict[str, Any]) -> None:
        if self._task is None:
            self._task = self._bars.add_task("", total=facts["total"], said="")
        self._bars.start()
        said = visible(_said(facts, self._throttles))
        said = _fitting(said, facts["total"], self._bars.console.width)
        self._bars.update(self._task, completed=facts["done"], said=said)


class PlainListener:
    """A line now and then, and one for each failed row: for logs and pipes."""

    def __init__(self) -> None:
        self._seen = 0
        self._throttles = 0
        self._happened = Happened()
        self._reading = ReadingLines()

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event == "throttled":
            self._throttles += 1
        elif event == "reading":
            self._reading(event, **facts)
        elif event == "progress":
            if self._seen % PLAIN_SECONDS == 0:
                rows = f"{facts['done']:,}/{facts['total']:,} rows"
                said = _said(facts, self._throttles)
                say_beside(f"{rows} · {said}" if said else rows)
            self._seen += 1
        elif said := self._happened(event, facts):
            say_beside(said)


class Happened:
    """What a person should see at once of a run; of rows no more than anybody reads."""

    def __init__(self) -> None:
        self._rows = 0

    def __call__(self, event: str, facts: dict[str, Any]) -> str:
        """Return what is to be said of an event; empty for most."""
        if said := _of_row(event, facts):
            self._rows += 1
            if self._rows > SHOWN_ROWS:
                return MORE_ROWS if self._rows == SHOWN_ROWS + 1 else ""
            return said
        return _of_run(event, facts)


def _of_row(event: str, facts: dict[str, Any]) -> str:
    if event == "row" and facts["status"] in ("failed", "unknown"):
        return f"{_named(facts)}: {facts['status']} {facts['code']}"
    if event == "left":
        return f"{_named(facts)}: left, {facts['why']}"
    return ""


def _named(facts: dict[str, Any]) -> str:
    sheet = f"{facts['sheet']} " if "sheet" in facts else ""
    return f"{sheet}row {facts['row']} {facts['key']}"


def _of_run(event: str, facts: dict[str, Any]) -> str:
    if event == "run.stopped":
        return f"Stopped  {summary_line(facts['cumulative'])}; the reports are being written"
    if event == "listener.lost":
        return f"Note     {facts['text']}"
    return ""


def _said(facts: dict[str, Any], throttles: int) -> str:
    parts = [
        f"{facts[status]:,} {status}"
        for status in ("succeeded", "unchanged", "failed", "unknown")
        if facts[status]
    ]
    if throttles:
        parts.append(f"{throttles:,} throttled")
    if facts.get("accepted"):
        parts.append(f"{facts['accepted']:,} accepted")
    if facts.get("waiting"):
        reason = f": {facts['waits_for']}" if facts.get("waits_for") else ""
        parts.append(f"{facts['waiting']:,} waiting{reason}")
    return ", ".join(parts)
