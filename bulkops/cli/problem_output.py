"""What is wrong with a sheet as it is shown: all of it, grouped by what mends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bulkops.cli.flag_values import Output
from bulkops.cli.output import count, print_json, say
from bulkops.problems import Problem, Severity

SHOWN_OF_A_KIND = 25
"""Problems of one kind that are listed; people mend a kind, not a thousand lines."""


def print_problems(
    problems: Sequence[Problem], output: Output, *, all_are: str = "with --output json"
) -> None:
    """Print problems, errors first, in the order of the sheet within a kind.

    `all_are` says where those are that are too many to be listed.
    """
    if output is Output.JSON:
        print_json({"problems": [as_json(each) for each in problems]})
        return
    errors = [each for each in problems if each.severity is Severity.ERROR]
    warnings = [each for each in problems if each.severity is Severity.WARNING]
    if errors:
        say((count(len(errors), "problem"), "bold red"), "; nothing was sent.")
        _print_kinds(errors, all_are)
    if warnings:
        say((count(len(warnings), "warning"), "bold yellow"))
        _print_kinds(warnings, all_are)


def _print_kinds(problems: Sequence[Problem], all_are: str) -> None:
    kinds: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.code, problem.address.header].append(problem)
    for alike in kinds.values():
        for problem in alike[:SHOWN_OF_A_KIND]:
            say(f"  {problem}")
        more = len(alike) - SHOWN_OF_A_KIND
        if more > 0:
            say(f"  … and {more:,} more of this kind (all {all_are})")


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem as a flat object for scripts."""
    address = problem.address
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "address": str(address),
        "file": address.file,
        "sheet": address.sheet,
        "row": address.row,
        "column": address.column,
        "header": address.header,
        "message": problem.message,
        "found": problem.found,
        "allowed": problem.allowed,
        "hint": problem.hint,
    }
