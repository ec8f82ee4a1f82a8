"""A run's progress as it is shown: a live bar, plain lines, or events for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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

from bulkops.cli.flag_values import Progress
from bulkops.cli.output import console
from bulkops.engine.ports import Broadcast, Listener

PLAIN_SECONDS = 10
"""Plain progress prints every so many seconds: enough for a log."""


@contextmanager
def shown(progress: Progress) -> Iterator[Listener]:
    """Yield a listener that shows progress as asked, on stderr; events go to stdout."""
    if progress is Progress.AUTO:
        progress = Progress.BAR if sys.stderr.isatty() else Progress.PLAIN
    if progress is Progress.BAR:
        bars = _bars()
        try:
            yield BarListener(bars)
        finally:
            bars.stop()
    elif progress is Progress.PLAIN:
        yield PlainListener()
    elif progress is Progress.NDJSON:
        yield print_event
    else:
        yield Broadcast()


def _bars() -> Bars:
    return Bars(
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console(stderr=True),
    )


class BarListener:
    """A live bar with counts; failed rows are printed above it as they happen.

    It comes with the first progress and goes while a person is asked something.
    """

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None
        self._throttles = 0

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event == "throttled":
            self._throttles += 1
        elif event == "row" and facts["status"] in ("failed", "unknown"):
            line = f"row {facts['row']} {facts['key']}: {facts['status']} {facts['code']}"
            self._bars.console.print(line, markup=False, style="red")
        elif event == "canary":
            self._bars.stop()
        elif event == "progress":
            self._show(facts)

    def _show(self, facts: dict[str, Any]) -> None:
        if self._task is None:
            self._task = self._bars.add_task("", total=facts["total"], said="")
        self._bars.start()
        self._bars.update(self._task, completed=facts["done"], said=_said(facts, self._throttles))


class PlainListener:
    """A line now and then, and one for each failed row: for logs and pipes."""

    def __init__(self) -> None:
        self._seen = 0
        self._throttles = 0

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event == "throttled":
            self._throttles += 1
        elif event == "row" and facts["status"] in ("failed", "unknown"):
            line = f"row {facts['row']} {facts['key']}: {facts['status']} {facts['code']}\n"
            sys.stderr.write(line)
        elif event == "progress":
            if self._seen % PLAIN_SECONDS == 0:
                said = _said(facts, self._throttles)
                sys.stderr.write(f"{facts['done']:,}/{facts['total']:,} rows · {said}\n")
            self._seen += 1


def _said(facts: dict[str, Any], throttles: int) -> str:
    parts = [
        f"{facts[status]:,} {status}"
        for status in ("succeeded", "unchanged", "failed", "unknown")
        if facts[status]
    ]
    if throttles:
        parts.append(f"{throttles:,} throttled")
    return ", ".join(parts)


def print_event(event: str, /, **facts: object) -> None:
    """Print one event as a flat JSON object on a line."""
    sys.stdout.write(json.dumps({"event": event, **facts}, default=str) + "\n")
    sys.stdout.flush()
