"""Every way a command can end badly: one sentence on stderr and a documented exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bulkops.cli.flag_values import Output
from bulkops.cli.output import print_json, say_beside
from bulkops.cli.problem_output import print_problems
from bulkops.cli.process_end import first_of
from bulkops.errors import BulkopsError, Exit, JobError
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
            _print_failure(group, "a fault of bulkops itself", Exit.FAULT, output)
            raise
        raise _ended(first_of(ours), output) from group
    except typer.Exit:
        raise
    except Exception as error:
        usage = getattr(error, "format_message", None)  # what Typer raises of wrong flags
        said = usage() if usage else "a fault of bulkops itself"
        _print_failure(error, said, Exit.USAGE if usage else Exit.FAULT, output)
        raise


def _ended(error: BulkopsError, output: Output) -> typer.Exit:
    if isinstance(error, ProblemsFoundError):
        print_problems(error.problems, output)
        return typer.Exit(error.exit)
    first, *more = error.faults if isinstance(error, JobError) else (str(error),)
    say_beside(f"bulkops: {first}")
    for fault in more:
        say_beside(fault)
    _print_failure(error, str(error), error.exit, output)
    return typer.Exit(error.exit)


def _print_failure(error: BaseException, reason: str, code: Exit, output: Output) -> None:
    """Print for a script why there is nothing of what it asked for."""
    if output is Output.JSON:
        print_json({"exit": int(code), "error": type(error).__name__, "reason": reason})
