"""The problems of a sheet as its marked copy shows them: beside their cells, and in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulkops.problems import Problem, Severity

HEADERS = ("Place", "Severity", "Column", "Value", "Problem", "Allowed", "What to do", "Code")
WIDTHS = (24, 10, 24, 30, 60, 40, 50, 24)
RECALCULATED = "formulas are kept, and calculated when the copy is opened in Excel"
"""What is said of a copy without the values that its formulas had."""

Marks = Mapping[tuple[str, int, int], Sequence[Problem]]
"""The problems of single cells by sheet, row and column."""


def marks_of(problems: Iterable[Problem], most: int) -> Marks:
    """Return the problems of the first so many cells; one of a whole row goes to its first cell."""
    marks: dict[tuple[str, int, int], list[Problem]] = {}
    for problem in problems:
        place = (problem.address.sheet, problem.address.row, max(problem.address.column, 1))
        if problem.address.row and (place in marks or len(marks) < most):
            marks.setdefault(place, []).append(problem)
    return marks


def severity_of(problems: Iterable[Problem]) -> str:
    """Return the name of the colour that a cell with these problems gets."""
    errors = any(problem.severity is Severity.ERROR for problem in problems)
    return "error" if errors else "warning"


def said(problems: Iterable[Problem]) -> str:
    """Return the text of a note: a line a problem."""
    return "\n".join(problem.text for problem in problems)


def listed(problem: Problem) -> tuple[str, ...]:
    """Return a problem's row of the list."""
    return (
        str(problem.address),
        str(problem.severity),
        problem.address.header,
        problem.found,
        problem.message,
        problem.allowed,
        problem.hint,
        problem.code,
    )
