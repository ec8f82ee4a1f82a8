"""The catalogue's jobs as earlier versions had them, for runs that these began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bulkops.definition.job import Column, Job, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class GainedSince:
    """What a job has got since: it did without.

    `help` is by column what was said of it, where that is another text now.
    """

    columns: tuple[str, ...] = ()
    operations: tuple[str, ...] = ("TagResource",)
    help: Mapping[str, str] = field(default_factory=dict)


def _tags_of(what: str) -> Mapping[str, str]:
    return {"tags": f"Tags of {what} as key=value, separated by ; or |."}


GAINED: Mapping[str, GainedSince] = {
    "claim-phone-numbers": GainedSince(),
    "create-agent-statuses": GainedSince(help=_tags_of("a new agent status")),
    "create-evaluation-forms": GainedSince(operations=("UpdateEvaluationForm",)),
    "create-hierarchy-groups": GainedSince(help=_tags_of("a new group")),
    "create-hours-of-operation": GainedSince(help=_tags_of("new hours")),
    "create-prompts": GainedSince(help=_tags_of("a new prompt")),
    "create-queues": GainedSince(
        columns=("status",),
        operations=("TagResource", "UpdateQueueStatus"),
        help=_tags_of("a new queue"),
    ),
    "create-quick-connects": GainedSince(help=_tags_of("a new quick connect")),
    "create-routing-profiles": GainedSince(help=_tags_of("a new routing profile")),
    "create-security-profiles": GainedSince(help=_tags_of("a new security profile")),
    "create-task-templates": GainedSince(operations=("UpdateTaskTemplate",)),
    "create-users": GainedSince(help=_tags_of("a new user")),
}
"""Job → what it has got since the first version that had it."""


def earlier_form(job: Job) -> Job | None:
    """Return a job as it was at first; None where it is the same still."""
    added = GAINED.get(job.name)
    if added is None:
        return None
    columns = tuple(_said(each, added) for each in job.columns if each.name not in added.columns)
    steps = tuple(
        _step(each, added) for each in job.steps if each.operation not in added.operations
    )
    return replace(job, columns=columns, steps=steps)


def _said(column: Column, added: GainedSince) -> Column:
    return replace(column, help=added.help.get(column.name, column.help))


def _step(step: Step, added: GainedSince) -> Step:
    others = tuple(each for each in step.otherwise if each.operation not in added.operations)
    return replace(step, otherwise=others, begins_as={})
