"""What an instance may have that no sheet of a workbook holds, with what carries it instead."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.definition.catalogue import listed
from bulkops.definition.job import Job
from bulkops.definition.job_groups import group_of
from bulkops.definition.verbs import verb
from bulkops.planning.export_scope import owner_kind, owner_of
from bulkops.planning.left_out import ALL, LeftOut

_OF_NO_JOB = (
    ("the instance", "its attributes, storage, approved origins and security keys"),
    ("the instance", "its Lambda functions, Lex bots and other integrations"),
    ("views", ALL),
    ("flows and modules", "versions, aliases, and drafts of what is published"),
    ("email addresses", ALL),
    ("traffic distribution groups", ALL),
    ("authentication profiles", ALL),
    ("contacts, recordings, metrics and reports", ALL),
)
"""What bulkops has no job for, or is no setting of a centre."""


_PARTLY = frozenset({"rule"})
"""Kinds of which a sheet holds some sorts alone: rules that assign a category, and no others."""


def unheld(held: Iterable[Job]) -> list[tuple[str, LeftOut]]:
    """Return (sheet, what is left out) of all that the jobs of a workbook's sheets do not hold.

    What a job of its own makes is named with that job.
    """
    names = {job.name for job in held}
    kinds = {owner_kind(job).name for job in held} - _PARTLY
    found: list[tuple[str, LeftOut]] = []
    for job in listed():
        if verb(job.steps[0].operation) != "create" or job.steps[0].subject is None:
            continue
        if job.name not in names and owner_of(job).kind not in kinds:
            why = f"no sheet holds them: bulkops export {job.name}"
            found.append(("", LeftOut(group_of(job), ALL, why)))
    for thing, what in _OF_NO_JOB:
        found.append(("", LeftOut(thing, what, "no sheet holds them")))
    return found
