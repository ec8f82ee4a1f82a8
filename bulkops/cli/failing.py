"""Every way a command can end badly: one sentence on stderr and a documented exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bulkops.api.ending import (
    ChangedError,
    Exit,
    ProblemsFoundError,
    RefusedError,
    UnknownRunError,
)
from bulkops.cli.options import Output
from bulkops.cli.problems import print_problems
from bulkops.definition.errors import JobError


@contextmanager
def documented_exits(output: Output = Output.TEXT) -> Iterator[None]:
    """Turn what the rooms raise into a message and an exit code; anything else is our fault."""
    try:
        yield
    except ProblemsFoundError as error:
        print_problems(error.problems, output)
        raise typer.Exit(Exit.PROBLEMS) from error
    except JobError as error:
        raise _ended(str(error), Exit.PROBLEMS) from error
    except (RefusedError, ChangedError, UnknownRunError) as error:
        raise _ended(str(error), _CODES[type(error)]) from error
    except Exception as error:
        ending = _of_lower_rooms(error)
        if ending is None:
            raise
        raise ending from error


_CODES = {
    RefusedError: Exit.REFUSED,
    ChangedError: Exit.CHANGED,
    UnknownRunError: Exit.USAGE,
}


def _of_lower_rooms(error: Exception) -> typer.Exit | None:
    """Return the exit for errors whose modules are heavy: they are loaded if one was raised."""
    from bulkops.aws.errors import TargetError  # noqa: PLC0415  # as the docstring says
    from bulkops.engine.reading import ReadError  # noqa: PLC0415  # as above
    from bulkops.ledger.port import LedgerBusyError, LedgerError  # noqa: PLC0415  # as above
    from bulkops.planning.selecting import SelectionError  # noqa: PLC0415  # as above
    from bulkops.reports.landing import ReportError  # noqa: PLC0415  # as above
    from bulkops.sheets.errors import SheetError  # noqa: PLC0415  # as above

    codes: tuple[tuple[type[Exception], Exit], ...] = (
        (SelectionError, Exit.USAGE),
        (SheetError, Exit.PROBLEMS),
        (TargetError, Exit.REFUSED),
        (ReadError, Exit.REFUSED),
        (LedgerBusyError, Exit.USAGE),
        (LedgerError, Exit.STOPPED),
        (ReportError, Exit.STOPPED),
    )
    for leaf in _leaves(error):
        for kind, code in codes:
            if isinstance(leaf, kind):
                return _ended(str(leaf), code)
    return None


def _leaves(error: Exception) -> Iterator[Exception]:
    """Yield the errors of a group, or the one that there is."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _ended(message: str, code: Exit) -> typer.Exit:
    sys.stderr.write(f"bulkops: {message}\n")
    return typer.Exit(code)
