"""A job as a person is shown it: its columns, its calls, and whether they can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bulkops.definition.batch_limits import batch_size
from bulkops.definition.column_facts import ColumnFacts, facts_of
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.file_uploads import Upload
from bulkops.definition.job import Column, Identity, Job, Polling, Step, takes_back
from bulkops.definition.lost_answers import after_lost_answer
from bulkops.definition.model.operations import shape_at
from bulkops.definition.model.value_forms import json_form
from bulkops.definition.thing_kinds import KINDS, article
from bulkops.definition.verbs import Verb, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDescription:
    """One column: the word of the job, the facts of the model, and both in plain words."""

    column: Column
    facts: ColumnFacts
    needed: str
    """When a value must be given: "always", "no", "never" (it is refused), or the case."""
    allowed: str
    """What a cell may hold; empty where anything may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDescription:
    """One operation of a job. `address` is that of `Job.addresses`; `rows` share a call at most."""

    address: str
    operation: str
    verb: Verb
    rows: int
    when: str
    reversible: bool
    undo: str
    """How it is taken back, or why it can't be."""
    lost: str
    """What is done about a call whose answer is lost."""
    accepted: str = ""
    """How the end of work is found out that is only accepted; empty where there is none."""
    uploads: str = ""
    """What is put somewhere before it; empty where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDescription:
    """All that a person is told about a job. `reversible`: every step can be taken back."""

    name: str
    summary: str
    service: str
    key: tuple[str, ...]
    columns: tuple[ColumnDescription, ...]
    operations: tuple[OperationDescription, ...]
    reversible: bool


def describe(job: Job, identity: Identity | None = None) -> JobDescription:
    """Describe a job, with the limits of an identity management type where it is known."""
    operations = tuple(
        _operation(job, address, step)
        for address, step in job.addresses()
        if not takes_back(address)
    )
    return JobDescription(
        name=job.name,
        summary=job.summary,
        service=job.service,
        key=job.key,
        columns=tuple(_column(job, column, identity) for column in job.columns),
        operations=operations,
        reversible=all(operation.reversible for operation in operations),
    )


def _operation(job: Job, address: str, step: Step) -> OperationDescription:
    if step.undo is not None:
        undo = f"undone by {_UNSET * step.unset_by_undo}{step.undo.operation}"
        undo += _made_again(step) * step.remakes
    else:
        undo = step.irreversible or "undone by putting back the values from before"
    return OperationDescription(
        address=address,
        operation=step.operation,
        verb=verb(step.operation),
        rows=batch_size(job.service, step),
        when=_when(address, step),
        reversible=not step.irreversible,
        undo=undo,
        lost=after_lost_answer(job.service, step),
        accepted=_accepted(step.accepted),
        uploads="; ".join(map(_put, step.uploads.values())),
    )


def _put(upload: Upload) -> str:
    """Say what is put somewhere before a call."""
    return (
        f"before it, {upload.operation} is asked for a place, and {upload.file.name} is put there:"
        f" {upload.most:,} bytes at the most"
    )


def _made_again(step: Step) -> str:
    """Say how much comes back of what was deleted."""
    address = KINDS[step.about.kind].address if step.about is not None else None
    if address is None:
        return ", as it was but for its id"
    return f", as far as {address.operation} tells of it: what it held is gone"


_UNSET = "putting back the value from before, or where there was none by "


def _accepted(polling: Polling | None) -> str:
    """Say how the end of accepted work is found out."""
    if polling is None:
        return ""
    ends = [f"says {' or '.join(polling.done)}"] if polling.done else []
    ends += ["finds nothing any more"] if polling.gone else []
    return (
        f"accepted first: {polling.operation} is asked until it {' or '.join(ends)},"
        f" for {polling.most // 60} min at the most; a resumed run asks on"
    )


def alike(operations: Iterable[OperationDescription]) -> list[OperationDescription]:
    """Return operations with those as one that are the same but for when they are sent."""
    found: dict[OperationDescription, list[str]] = {}
    for each in operations:
        found.setdefault(replace(each, address="", when=""), []).append(each.when)
    return [replace(each, when=_one_of(cases)) for each, cases in found.items()]


def _one_of(cases: Sequence[str]) -> str:
    """Say cases as one: where a column is this, that or the other."""
    heads = {case.rpartition(" is ")[0] for case in cases}
    if len(heads) > 1 or "" in heads:
        return "; or ".join(filter(None, dict.fromkeys(cases)))
    return f"{heads.pop()} is {', '.join(case.rpartition(' is ')[2] for case in cases)}"


def _when(address: str, step: Step) -> str:
    """Say when a step is sent; empty where for every row."""
    reasons = []
    if "." in address:
        reasons.append("where it is already there but different")
    if step.of_new:
        reasons.append("where the row makes it")
    if step.fills:
        reasons.append("once what it names is made too")
    if step.if_there:
        reasons.append("where it is there")
    if step.when:
        reasons.append(f"where {step.when} has a value")
    if step.expects:
        said = ", ".join(expected.column for expected in step.expects.values())
        reasons.append(f"where it is still as the row says ({said})")
    if step.leads_to:
        reasons.append(f"where it is not so already ({', '.join(map(_last, step.leads_to))})")
    if step.only_from is not None:
        path, values = step.only_from
        reasons.append(f"where its {path} is {' or '.join(values)}")
    if step.only_if is not None:
        column, value = step.only_if
        reasons.append(f"where {column} is {value}")
    return ", ".join(reasons)


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _column(job: Job, column: Column, identity: Identity | None) -> ColumnDescription:
    facts = facts_of(job, column.name, identity)
    return ColumnDescription(
        column=column, facts=facts, needed=_needed(column, identity), allowed=allowed(facts)
    )


def _needed(column: Column, identity: Identity | None) -> str:
    if column.required or identity in column.required_for:
        return "always"
    if identity in column.refused_for:
        return "never"
    cases = [f"on {name} instances" for name in column.required_for if identity is None]
    if column.required_if is not None:
        other, value = column.required_if
        cases.append(f"where {other} is {value}")
    return " or ".join(cases) or "no"


def allowed(facts: ColumnFacts) -> str:
    """Return what a cell of a column may hold, in plain words; empty where anything may."""
    held = _held(facts)
    return f"{held or 'text'}; or @ and the path of a file that holds it" if facts.file else held


def _held(facts: ColumnFacts) -> str:
    keys = f"keys: {facts.key.says}" if facts.key.says else ""
    if facts.kind == "json":
        return _form(facts)
    parts = (_value(facts), facts.items.range(COLUMN_KINDS[facts.kind].items), keys)
    return "; ".join(part for part in parts if part)


def _value(facts: ColumnFacts) -> str:
    kind = COLUMN_KINDS[facts.kind]
    if facts.unit:
        says = f"a duration in {facts.unit}, or such as 90s, 15 min, 1h30, 00:15:00"
        return f"{says}: {facts.value.range(facts.unit)}".removesuffix(": ")
    if kind.says:
        return kind.says
    found = {feed.finds: None for feed in facts.feeds}
    if found and "" not in found:
        return f"the name of {' or '.join(article(KINDS[kind].noun) for kind in found)}"
    if facts.value.one_of:
        return ", ".join(facts.value.one_of)
    return facts.value.says or facts.value.range(kind.unit)


def _form(facts: ColumnFacts) -> str:
    """Tell the form of the JSON that a cell holds; `*` after what must be given."""
    for feed in facts.feeds:
        shape, _ = shape_at(facts.service, feed.operation, feed.path)
        return f"JSON: {json_form(shape)}".removesuffix(": ")
    return COLUMN_KINDS[facts.kind].says
