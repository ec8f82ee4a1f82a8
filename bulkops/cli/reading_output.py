"""How far the reading of an instance is, as it is shown before there is a run to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Self

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.note_output import say_notes
from bulkops.cli.output import console, duration, say_beside
from bulkops.cli.progress_choice import chosen
from bulkops.engine.ports import Broadcast, Listener
from bulkops.visible_text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars

NARROW = 72
"""Columns below which there is no room for a bar beside what is said."""
LINES_EVERY = 10
"""Events between two plain lines; they come once a second."""


def reading_shown(progress: Progress, output: Output) -> AbstractContextManager[Listener]:
    """Show reading as asked, see `chosen`; notes are said with a bar and with lines."""
    return chosen(progress, output, bar=_bar_shown, lines=_lines_shown)


@contextmanager
def _bar_shown() -> Iterator[Listener]:
    with ReadingBar() as bar:
        yield Broadcast(say_notes, bar)


def _lines_shown() -> Listener:
    return Broadcast(say_notes, ReadingLines())


class ReadingBar:
    """A bar of the calls that reading takes, gone once they are made.

    Where Ctrl-C ends the reading, it says so: a bar that vanishes says nothing.
    """

    def __init__(self) -> None:
        self._bars: Bars | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        cut_off = self._bars is not None and _is_ctrl_c(error)
        self.stop()
        if cut_off:
            say_beside("bulkops: stopped by Ctrl-C while it read; nothing was sent")

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event != "reading":
            return
        if facts["done"] == facts["total"]:
            self.stop()
            return
        drawn_on = console(stderr=True)
        is_narrow = drawn_on.width < NARROW
        if self._bars is None:
            self._bars = _bars(drawn_on, is_narrow=is_narrow)
            self._bars.add_task("", said="")
        (task,) = self._bars.task_ids
        said = _said_shortly(facts) if is_narrow else visible(_said(facts))
        self._bars.update(task, completed=facts["done"], total=facts["total"], said=said)
        self._bars.start()

    def stop(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def _is_ctrl_c(error: BaseException | None) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return error.subgroup(KeyboardInterrupt) is not None
    return isinstance(error, KeyboardInterrupt)


def _bars(drawn_on: Console, *, is_narrow: bool) -> Bars:
    from rich.progress import (  # noqa: PLC0415  # most readings are over before a bar is needed
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    drawn = () if is_narrow else (BarColumn(bar_width=28), MofNCompleteColumn())
    return Progress(
        TextColumn("Reading "),
        *drawn,
        TextColumn("{task.fields[said]}", markup=False),
        console=drawn_on,
        transient=True,
        redirect_stdout=False,  # all that prints goes through this console already
        redirect_stderr=False,
    )


class ReadingLines:
    """A line now and then while reading goes on."""

    def __init__(self) -> None:
        self._seen = 0

    def __call__(self, event: str, /, **facts: Any) -> None:  # noqa: ANN401  # flat facts
        """Take one event."""
        if event != "reading":
            return
        if facts["done"] == facts["total"]:
            self._seen = 0
            return
        if self._seen % LINES_EVERY == 0:
            calls = f"{facts['done']:,}/{facts['total']:,} calls"
            say_beside(f"Reading  {calls} · {_said(facts)}")
        self._seen += 1


def _said(facts: dict[str, Any]) -> str:
    """Render which calls take longest, and how long they will."""
    _, _, operation = facts["operation"].rpartition(":")
    told = f"{operation} {facts['operation_done']:,} of {facts['operation_total']:,}"
    return f"{told}, about {duration(facts['seconds_left'])} left"


def _said_shortly(facts: dict[str, Any]) -> str:
    """Render how many calls are made, and the time left, for where there is no room for more."""
    return f"{facts['done']:,}/{facts['total']:,}, {duration(facts['seconds_left'])} left"
