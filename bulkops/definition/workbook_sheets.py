"""The sheets of a workbook that holds a whole centre: which kind of thing, and by which jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSheet:
    """One sheet: its name, the job that makes and changes its rows, and what else it is called.

    `deletes` is the job for rows whose action is delete; empty: there is none.
    """

    name: str
    job: str
    deletes: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that it may be called by: its name first."""
        return (self.name, *self.aliases, self.job)


SHEETS: tuple[WorkbookSheet, ...] = (
    WorkbookSheet(
        name="Hours",
        job="create-hours-of-operation",
        deletes="delete-hours-of-operation",
        aliases=("Hours of operation",),
    ),
    WorkbookSheet(
        name="Holidays",
        job="create-hours-of-operation-overrides",
        deletes="delete-hours-of-operation-overrides",
        aliases=("Hours of operation overrides", "Overrides"),
    ),
    WorkbookSheet(name="Agent statuses", job="create-agent-statuses"),
    WorkbookSheet(
        name="Hierarchy groups",
        job="create-hierarchy-groups",
        deletes="delete-hierarchy-groups",
        aliases=("Hierarchy",),
    ),
    WorkbookSheet(
        name="Predefined attributes",
        job="create-predefined-attributes",
        deletes="delete-predefined-attributes",
        aliases=("Attribute values",),
    ),
    WorkbookSheet(name="Prompts", job="create-prompts", deletes="delete-prompts"),
    WorkbookSheet(name="Queues", job="create-queues", deletes="delete-queues"),
    WorkbookSheet(
        name="Quick connects", job="create-quick-connects", deletes="delete-quick-connects"
    ),
    WorkbookSheet(
        name="Queue quick connects",
        job="associate-queue-quick-connects",
        deletes="disassociate-queue-quick-connects",
    ),
    WorkbookSheet(
        name="Routing profiles", job="create-routing-profiles", deletes="delete-routing-profiles"
    ),
    WorkbookSheet(
        name="Routing profile queues",
        job="associate-routing-profile-queues",
        deletes="disassociate-routing-profile-queues",
    ),
    WorkbookSheet(
        name="Manual assignment queues",
        job="associate-routing-profile-manual-queues",
        deletes="disassociate-routing-profile-manual-queues",
        aliases=("Routing profile manual queues",),
    ),
    WorkbookSheet(
        name="Security profiles",
        job="create-security-profiles",
        deletes="delete-security-profiles",
    ),
    WorkbookSheet(name="Users", job="create-users", deletes="delete-users", aliases=("Agents",)),
    WorkbookSheet(
        name="Proficiencies",
        job="associate-user-proficiencies",
        deletes="disassociate-user-proficiencies",
        aliases=("User proficiencies",),
    ),
    WorkbookSheet(
        name="Modules",
        job="create-contact-flow-modules",
        deletes="delete-contact-flow-modules",
        aliases=("Flow modules",),
    ),
    WorkbookSheet(
        name="Flows",
        job="create-contact-flows",
        deletes="delete-contact-flows",
        aliases=("Contact flows",),
    ),
    WorkbookSheet(
        name="Numbers",
        job="set-up-phone-numbers",
        deletes="release-phone-numbers",
        aliases=("Phone numbers",),
    ),
    WorkbookSheet(name="Vocabularies", job="create-vocabularies", deletes="delete-vocabularies"),
    WorkbookSheet(name="Data tables", job="create-data-tables", deletes="delete-data-tables"),
    WorkbookSheet(
        name="Data table attributes",
        job="create-data-table-attributes",
        deletes="delete-data-table-attributes",
    ),
    WorkbookSheet(
        name="Data table values",
        job="create-data-table-values",
        deletes="delete-data-table-values",
    ),
    WorkbookSheet(
        name="Task templates", job="create-task-templates", deletes="delete-task-templates"
    ),
    WorkbookSheet(
        name="Evaluation forms", job="create-evaluation-forms", deletes="delete-evaluation-forms"
    ),
    WorkbookSheet(name="Contact categories", job="create-contact-categories"),
)
"""In the order in which they are shown and exported; rows are sent by what they need."""

_BESIDE = re.compile(r"[\s_-]+")


def folded(name: str) -> str:
    """Return a sheet's name as it is compared: whatever its case, spaces and hyphens."""
    return _BESIDE.sub(" ", name).strip().casefold()


def sheet_named(name: str, sheets: Iterable[WorkbookSheet] = SHEETS) -> WorkbookSheet | None:
    """Return the sheet that is called so, in any spelling; None: it is none of these."""
    word = folded(name)
    return next((each for each in sheets if word in map(folded, each.words)), None)
