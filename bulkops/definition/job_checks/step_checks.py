"""What can be wrong with a job's steps."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.definition.batch_limits import batch_size, batched_member, held_in_entry, is_shared
from bulkops.definition.column_facts import held_in
from bulkops.definition.expressions import (
    WAYS,
    Each,
    Keyed,
    Saved,
    Together,
    Token,
    Was,
    kept_before,
    leaves,
    lists_before,
)
from bulkops.definition.gathered_rows import gathers, lists_of
from bulkops.definition.job import Job, Step, takes_back
from bulkops.definition.job_checks.argument_checks import misfits
from bulkops.definition.job_checks.polling_checks import polling_faults
from bulkops.definition.kinds.found_things import Find, Leaf, Member
from bulkops.definition.model.operations import OperationFacts, has_operation, operation
from bulkops.definition.relations import RELATIONS
from bulkops.definition.settling_ways import ByToken, Look
from bulkops.definition.thing_kinds import KINDS, article
from bulkops.definition.verbs import verb
from bulkops.errors import JobError
from bulkops.suggestions import nearest_hint


def step_faults(job: Job) -> Iterator[str]:
    """Yield what is wrong with the steps: operations, arguments, order, undo, settling."""
    checks = (
        _operations, _saved, _undo, _batches, _gathered, _settling, _expecting, _among,
        _coming_from, _defined, polling_faults,
    )  # fmt: skip
    for check in checks:
        yield from check(job)


def _operations(job: Job) -> Iterator[str]:
    for address, step in job.addresses():
        try:
            yield from misfits(job, address, step)
        except JobError as error:
            yield from (f"step {address}: {fault}" for fault in error.faults)


def _known(job: Job, step: Step) -> OperationFacts | None:
    """Return a step's operation; None where there is none such, which `_operations` says."""
    if not has_operation(job.service, step.operation):
        return None
    return operation(job.service, step.operation)


def _where(address: str, step: Step) -> str:
    return f"step {address} ({step.operation})"


def _saved(job: Job) -> Iterator[str]:
    """Yield what is used before it is saved; an undo step knows what its own step saved."""
    known: list[str] = []
    for number, step in enumerate(job.steps):
        for other, alternative in enumerate(step.otherwise):
            yield from _unsaved(alternative, f"{number}.{other}", known)
        yield from _unsaved(step, str(number), known)
        known += step.save
        if step.undo is not None:
            yield from _unsaved(step.undo, f"{number}.undo", known)
            for place, further in enumerate(step.undo.also):
                made = [*known, *step.undo.save]
                yield from _unsaved(further, f"{number}.undo.also{place}", made)
    for address, step in job.addresses():
        yield from _unanswered(job, address, step)


def _unsaved(step: Step, address: str, known: list[str]) -> Iterator[str]:
    for arg in step.args.values():
        for leaf in leaves(arg):
            if isinstance(leaf, Saved) and leaf.name not in known:
                hint = nearest_hint(leaf.name, known)
                fault = f"{_where(address, step)}: nothing before it saves {leaf.name}. {hint}"
                yield fault.rstrip()


def _unanswered(job: Job, address: str, step: Step) -> Iterator[str]:
    facts = _known(job, step)
    if facts is None:
        return
    for member in (*step.save.values(), *step.shows.values()):
        if member not in facts.output:
            hint = nearest_hint(member, facts.output)
            yield f"step {address}: {step.operation} answers no {member}. {hint}".rstrip()


def _undo(job: Job) -> Iterator[str]:
    for address, step in job.addresses():
        was = [*kept_before(step.args), *lists_before(step.args)]
        if was and not takes_back(address):
            yield f"{_where(address, step)} sends what was before: only an undo step does."
        if takes_back(address):
            continue
        where = _where(address, step)
        if step.begins_as and verb(step.operation) != "create":
            yield f"{where} says how what it makes begins, and makes nothing."
        if step.undo is not None and step.irreversible:
            yield f"{where} has an undo step and says that it can't be undone."
        restorable = verb(step.operation) == "update" and step.subject is not None
        if step.undo is None and not step.irreversible and not restorable:
            yield f"{where} needs an undo step, or a word on why it can't be undone."


def _batches(job: Job) -> Iterator[str]:
    for address, step in job.addresses():
        where = _where(address, step)
        lists = [name for name, arg in step.args.items() if isinstance(arg, Each)]
        if len(lists) > 1:
            yield f"{where} sends several lists of rows: {', '.join(lists)}."
        if is_shared(step) and not _is_alone(job):
            yield f"{where} serves several rows in one call: it must be the only step of each row."
        facts = _known(job, step)
        if lists and facts is not None and lists[0] in facts.members:
            try:
                batch_size(job.service, step)
            except JobError as error:
                yield from error.faults


def _is_alone(job: Job) -> bool:
    """Tell whether a row goes through one step only, since each is for rows of another sort."""
    cases = {step.only_if for step in job.steps}
    return len(job.steps) == 1 or (len(cases) == len(job.steps) and None not in cases)


def _gathered(job: Job) -> Iterator[str]:
    """Yield what keeps rows from being gathered: all that they need must be one thing's calls."""
    if not gathers(job):
        return
    if len(job.steps) > 1:
        yield "rows that make a list together have one step, and this job has several."
    for address, step in job.addresses():
        where = _where(address, step)
        if not isinstance(step.subject, Find) or step.subject != job.steps[0].subject:
            yield f"{where} must be about the thing whose list the rows make together."
        if batched_member(step):
            yield f"{where} sends a list in parts, and one that is only sent whole."
        for each in lists_of(step.args):
            yield from _list_words(job, where, each)


def _list_words(job: Job, where: str, each: Together) -> Iterator[str]:
    column = each.how and next((one for one in job.columns if one.name == each.how.name), None)
    if column and not set(column.spellings) <= set(WAYS):
        yield f"{where}: column {column.name} can say {', '.join(WAYS)} only."
    if column and column.default not in WAYS:
        yield f"{where}: column {column.name} needs one of them as its default."


def _settling(job: Job) -> Iterator[str]:
    for address, step in job.addresses():
        where = _where(address, step)
        sent = (leaf for arg in step.args.values() for leaf in leaves(arg))
        tokens = [leaf for leaf in sent if isinstance(leaf, Token)]
        if isinstance(step.settle, ByToken) and not tokens:
            yield f"{where} settles by its client token, but sends none."
        if isinstance(step.settle, Look):
            yield from _looking(job, where, step, step.settle)
        if any(held_in_entry(step)) and not isinstance(step.subject, Member):
            yield f"{where} sends what an entry holds, but is about none."
        match step.subject:
            case Member() as member:
                yield from _list(where, step, member)
            case Find(kind=kind) if kind not in KINDS:
                yield f'{where}: there is no kind "{kind}". {nearest_hint(kind, KINDS)}'.rstrip()


def _looking(job: Job, where: str, step: Step, look: Look) -> Iterator[str]:
    if step.subject is None:
        yield f"{where} settles by looking, but does not say at what: it needs a subject."
    elif isinstance(step.subject, Find):
        named = (step.subject, step.subject.by, Leaf(step.subject.column))
        kind = KINDS.get(step.subject.kind)
        borne = kind is not None and kind.sought is not None  # it is told by what it bears
        told = [*step.args.values()]
        if kind is not None and "." in kind.listing.name:  # its name stands inside a structure
            told += [leaf for arg in told for leaf in leaves(arg)]
        if not borne and not any(arg in named or isinstance(arg, Saved | Was) for arg in told):
            yield f"{where} settles by looking, but none of its arguments is its subject."
    facts = _known(job, step)
    if look.duplicate and facts is not None and look.duplicate not in facts.errors:
        hint = nearest_hint(look.duplicate, facts.errors)
        yield f"{where} does not answer {look.duplicate}. {hint}".rstrip()


def _defined(job: Job) -> Iterator[str]:
    """Yield why no target can add columns to a job that says so."""
    words = job.defined
    if words is None:
        return
    kind = KINDS.get(words.kind)
    if kind is None or kind.defines is None:
        yield f'nothing of kind "{words.kind}" defines values, so a target adds no columns.'
    if not isinstance(job.steps[0].args.get(words.argument), Keyed):
        yield f"{words.argument} must be Keyed: a target adds elements to it."


def _expecting(job: Job) -> Iterator[str]:
    """Yield what is expected of a subject that has no such member, or that is no thing."""
    for address, step in job.addresses():
        where = _where(address, step)
        if (step.expects or step.leads_to or step.entails) and not isinstance(step.subject, Find):
            yield f"{where} expects something of its subject, which is no thing."
        elif isinstance(step.subject, Find) and step.subject.kind in KINDS:
            kind = KINDS[step.subject.kind]
            wanted = (*step.expects, *step.leads_to, *step.entails)
            unknown = (path for path in wanted if held_in(kind, path) is None)
            yield from (f"{where}: {article(kind.noun)} has no {path}." for path in unknown)


def _coming_from(job: Job) -> Iterator[str]:
    """Yield what is wrong with the states that steps lead out of."""
    for address, step in job.addresses():
        if step.only_from is None:
            continue
        where, (path, values) = _where(address, step), step.only_from
        kind = KINDS.get(step.subject.kind) if isinstance(step.subject, Find) else None
        facts = None if kind is None else held_in(kind, path)
        if facts is None:
            yield f"{where} is for things of a state that its subject has not: {path}."
            continue
        known = facts.limits.one_of
        wrong = [value for value in values if known and value not in known]
        yield from (f"{where}: {each} is not one of {', '.join(known)}." for each in wrong)


def _among(job: Job) -> Iterator[str]:
    """Yield the lists of values that no thing of their kind has."""
    for address, step in job.addresses():
        for among in step.among.values():
            kind = KINDS[among.of.kind]
            if held_in(kind, among.path) is None:
                yield f"{_where(address, step)}: {article(kind.noun)} has no {among.path}."


def _list(where: str, step: Step, member: Member) -> Iterator[str]:
    relation = RELATIONS.get(member.relation)
    if relation is None:
        hint = nearest_hint(member.relation, RELATIONS)
        yield f'{where}: there is no relation "{member.relation}". {hint}'.rstrip()
        return
    if member.of.kind != relation.of:
        yield f"{where}: a {relation.noun} belongs to a {relation.of}, not a {member.of.kind}."
    owner = member.of in step.args.values() or any(
        isinstance(arg, Saved) for arg in step.args.values()
    )
    if not owner or not batched_member(step):
        yield f"{where} needs the {relation.of} and an Each at the top of its arguments."
