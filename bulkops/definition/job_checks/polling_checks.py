"""What can be wrong with how a step finds out the end of accepted work."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.definition.batch_limits import is_shared
from bulkops.definition.expressions import Saved
from bulkops.definition.homes import member_filled
from bulkops.definition.job import Job, Polling, Step
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.model.operations import OperationFacts, has_operation, operation, operations
from bulkops.definition.verbs import only_reads
from bulkops.suggestions import nearest_hint


def polling_faults(job: Job) -> Iterator[str]:
    """Yield what is wrong with the polling of any step of a job."""
    for address, step in job.addresses():
        polling = step.accepted
        if polling is None:
            continue
        where = f"step {address} ({step.operation})"
        if is_shared(step):
            yield f"{where} serves several rows in one call, of which one poll tells nothing."
        if not has_operation(job.service, polling.operation):
            hint = nearest_hint(polling.operation, operations(job.service))
            yield f"{where} polls {polling.operation}, which {job.service} has not. {hint}".rstrip()
            continue
        facts = operation(job.service, polling.operation)
        for check in (_reading, _arguments, _answer):
            for fault in check(step, polling, facts):
                yield f"{where} polls {polling.operation}: {fault}"


def _reading(_step: Step, polling: Polling, facts: OperationFacts) -> Iterator[str]:
    if not only_reads(facts.name):
        yield "it does not only read."
    if not polling.done and not polling.gone:
        yield "it says neither in which states the work is done, nor that gone is done."


def _arguments(step: Step, polling: Polling, facts: OperationFacts) -> Iterator[str]:
    for name, arg in polling.args.items():
        if name not in facts.members:
            yield f"there is no member {name}. {nearest_hint(name, facts.members)}".rstrip()
        if isinstance(arg, Saved) and arg.name not in step.save:
            yield f"the step saves no {arg.name}."
        if isinstance(arg, Find) and arg not in step.args.values():
            yield f"{name} is not among the step's own arguments."
    given = {*polling.args, member_filled(facts.service, facts.name, polling.args)}
    for name, member in facts.members.items():
        if member.required and "." not in name and name not in given:
            yield f"{name} must be given."


def _answer(_step: Step, polling: Polling, facts: OperationFacts) -> Iterator[str]:
    for path in filter(None, (polling.path, polling.message)):
        if path not in facts.output:
            yield f"it answers no {path}. {nearest_hint(path, facts.output)}".rstrip()
    state = facts.output.get(polling.path)
    choices = state.limits.one_of if state is not None else ()
    for word in (*polling.done, *polling.failed):
        if choices and word not in choices:
            yield f"{word} is not one of {', '.join(choices)}."
