"""Every way a command can end badly: one sentence on stderr and a documented exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bulkops.cli.flag_values import Output
from bulkops.cli.problem_output import print_problems
from bulkops.errors import BulkopsError
from bulkops.problems import ProblemsFoundError


@contextmanager
def documented_exits(output: Output = Output.TEXT) -> Iterator[None]:
    """Turn what the rooms raise into a message and an exit code; anything else is our fault."""
    try:
        yield
    except BulkopsError as error:
        raise _ended(error, output) from error
    except ExceptionGroup as group:
        ours, _ = group.split(BulkopsError)
        if ours is None:
            raise
        raise _ended(_first(ours), output) from group


def _first(group: ExceptionGroup[BulkopsError]) -> BulkopsError:
    """Return the error of a group that was raised first."""
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, ExceptionGroup) else inner


def _ended(error: BulkopsError, output: Output) -> typer.Exit:
    if isinstance(error, ProblemsFoundError):
        print_problems(error.problems, output)
    else:
        sys.stderr.write(f"bulkops: {error}\n")
    return typer.Exit(error.exit)
