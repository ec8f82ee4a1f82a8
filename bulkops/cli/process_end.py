"""How the process ends: the code that it exits with, and a last word where one is due."""

from __future__ import annotations

import io
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bulkops.cli.outlet import STDERR, STDOUT
from bulkops.errors import Exit
from bulkops.visible_text import visible

REPORT_TO = "https://github.com/bulkops/bulkops/issues"
TRACEBACK = "BULKOPS_TRACEBACK"
"""Environment variable that asks for a traceback: one may quote a cell, so that it is not usual."""


def run_to_exit(command: Callable[[], Any]) -> int:
    """Run a command and return its exit code; say in one line whatever else came of it.

    The command returns nothing, or the code that it ended with.
    """
    try:
        code = command()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except BaseExceptionGroup as group:
        interrupted, _ = group.split(KeyboardInterrupt)
        code = Exit.INTERRUPTED if interrupted else _at_fault(first_of(group))
    except Exception as error:  # noqa: BLE001  # the last place to end a fault with a sentence
        code = _misused(error) if hasattr(error, "format_message") else _at_fault(error)
    return _released(code)


def _released(code: int | None) -> int:
    """Let the streams go, and say where what was printed could not be written."""
    STDOUT.flush()
    if STDOUT.lost and not STDOUT.is_unread:
        _say(f"bulkops: standard output can't be written: {STDOUT.lost}")
        code = Exit.STOPPED if code is None else code  # a run's code says what became of its rows
    STDERR.flush()
    return int(code or Exit.DONE)


def _misused(error: Any) -> int:  # noqa: ANN401  # Typer keeps the class to itself
    """Say what is wrong with the command line, as Typer words it."""
    if isinstance(getattr(error, "message", None), str):
        error.message = visible(error.message)  # it may quote what was typed
    said = io.StringIO()
    error.show(file=said)
    for each in said.getvalue().splitlines():
        _say(each)
    return int(error.exit_code)


def _at_fault(error: BaseException) -> int:
    """Say that bulkops itself is to blame; the error's own text may quote a cell: left out."""
    if os.environ.get(TRACEBACK):
        for each in "".join(traceback.format_exception(error)).splitlines():
            _say(each)
    _say(
        f"bulkops: this is a fault of bulkops itself ({type(error).__name__}{_place(error)}). "
        f"Please report it at {REPORT_TO}; {TRACEBACK}=1 shows more of it, and may show what "
        "cells hold. A run that had begun can be gone on with: bulkops resume"
    )
    return Exit.FAULT


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "bulkops" in Path(frame.filename).parts]
    return f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""


def first_of(group: BaseExceptionGroup[Any]) -> Any:  # noqa: ANN401  # whatever the group holds
    """Return the error of a group that was raised first."""
    inner = group.exceptions[0]
    return first_of(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _say(text: str) -> None:
    """Print one line on stderr, without all that is loaded to draw tables."""
    STDERR.write(f"{visible(text)}\n")
