"""What a row of its own says is to be done with it, in the column `action`."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job
from bulkops.definition.verbs import Verb, verb
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.cells import Flaw
from bulkops.suggestions import nearest_hint

RowVerb: TypeAlias = Literal["", "none", "skip"] | Verb
"""Blank: as the flags say. `skip`: made where it is not there, and else left as it is."""

_ON_EXISTS: dict[RowVerb, OnExists] = {"create": "fail", "update": "update", "skip": "skip"}


def allowed_verbs(job: Job) -> tuple[RowVerb, ...]:
    """Return what a row of a job may say: what the job does, or that nothing is to be done.

    Rows that are sent together say nothing of their own. In a workbook, what is put on a list may
    be said to be created or updated, as the rows of other sheets are.
    """
    first = job.steps[0]
    does = verb(first.operation)
    if gathers(job):
        return ()
    if does == "associate" and job.prefix:
        return (does, "create", "update", "none")
    if does != "create":
        return (does, "none")
    return ("create", *(("update",) if first.otherwise else ()), "skip", "none")


def read_verb(text: str, job: Job) -> RowVerb | Flaw:
    """Return what a cell of the column says, whatever its case, or what is wrong with it."""
    word = text.strip().casefold()
    if not word:
        return ""  # what most cells are
    allowed = allowed_verbs(job)
    for each in allowed:
        if word == each:
            return each
    said = ", ".join(allowed)
    if not allowed:
        return Flaw(
            code="not-allowed",
            message=f'"{text.strip()}" is no action of {job.name}: its rows are sent together',
            found=text.strip(),
            hint="Leave it blank, or let all rows about one thing say delete.",
        )
    others = [each for each in get_args(Verb) if each == word]
    return Flaw(
        code="not-allowed",
        message=f'"{text.strip()}" is no action of {job.name}; allowed: {said}',
        found=text.strip(),
        allowed=said,
        hint=f"Another job does that: put such rows on a sheet of their own, to {others[0]}."
        if others
        else nearest_hint(word, allowed),
    )


def on_exists_of(row_verb: RowVerb, otherwise: OnExists) -> OnExists:
    """Return what is done where a row's thing is there: by its own word, or else the flag's."""
    return _ON_EXISTS.get(row_verb, otherwise)
