"""Members of an operation's request whose ids are found by names in a sheet's cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.derived_listings import listings_of, stem_of
from bulkops.definition.kinds.found_things import Addressed, Col, Find
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.operations import operation
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import sets_values
from bulkops.errors import JobError
from bulkops.suggestions import nearest_hint


def proposals(job: Job) -> dict[str, str]:
    """Return member → kind of what could be found by name, as `--find MEMBER` would find it."""
    (step,) = job.steps
    members = [name for name, arg in step.args.items() if isinstance(arg, Col)]
    found = {name: finder(job.service, name) for name in members}
    return {name: kind for name, kind in found.items() if kind}


def finder(service: str, member: str) -> str:
    """Return the kind of the things whose ids a member takes; empty where nothing tells.

    A kind of the catalogue comes before what a list of the service shows.
    """
    stem = stem_of(member).casefold()
    for kind in KINDS.values():
        alone = kind.service == service and not kind.within and kind.sought is None
        if alone and stem and kind.name.replace("-", "") == stem:
            return kind.name
    return next(iter(listings_of(service, member)), "")


def found_by_name(job: Job, unseen: Job, finds: Iterable[str]) -> Job:
    """Return a derived job whose cells hold names in place of some members' ids.

    `finds` are members, each with its kind where one is said: `GroupId`, `GroupId=queue`. What the
    job would look at by an id that is a name now, it does not look at: then it is as `unseen` is,
    but for what the catalogue's kinds tell of. Raises JobError where an operation has no such
    member, or nothing lists its names.
    """
    (step,) = job.steps
    found: dict[Col, Find] = {}
    for each in finds:
        member, _, said = each.partition("=")
        arg = step.args.get(member)
        if not isinstance(arg, Col):
            hint = nearest_hint(member, proposals(job))
            raise JobError(f"{step.operation} takes no {member} that a cell gives. {hint}".rstrip())
        found[arg] = Find(_kind(job, member, said), arg)
    subject = step.subject
    if isinstance(subject, Addressed) and any(part in found for part in subject.parts):
        return _about_found(unseen, subject, found)
    return replace(job, steps=(_with(step, found),))


def _about_found(unseen: Job, subject: Addressed, found: Mapping[Col, Find]) -> Job:
    """Return a job that is about what a name finds: looked at where a kind says how."""
    (step,) = unseen.steps
    about = found.get(subject.by)
    alone = about if len(subject.parts) == 1 and sets_values(step.operation) else None
    if alone is not None and held_by(KINDS[alone.kind], step):
        step = replace(step, subject=alone, irreversible="")
    return replace(unseen, steps=(_with(step, found),))


def held_by(kind: ThingKind, step: Step) -> bool:
    """Tell whether a kind's states hold something that a step sets."""
    if kind.describe is None:
        return False
    output = operation(kind.service, kind.describe.operation).output
    return any(f"{kind.describe.item}.{name}" in output for name in step.args)


def _with(step: Step, found: Mapping[Col, Find]) -> Step:
    """Return a step, with those that go with it, that finds what a cell names."""
    args = {
        name: found.get(arg, arg) if isinstance(arg, Col) else arg
        for name, arg in step.args.items()
    }
    undo = None if step.undo is None else _with(step.undo, found)
    others = tuple(_with(each, found) for each in step.otherwise)
    return replace(step, args=args, undo=undo, otherwise=others)


def _kind(job: Job, member: str, said: str) -> str:
    meant = said or finder(job.service, member)
    if meant in KINDS and KINDS[meant].address is None:
        return meant
    one = member.removesuffix("s")
    for end in (one, one[len(stem_of(member)) :]):
        if f"{meant}:{end}" in KINDS:
            return f"{meant}:{end}"
    known = ", ".join(each.rpartition(":")[0] for each in listings_of(job.service, member)[:3])
    raise JobError(
        f"Nothing lists names for {member}{f' as {said}' if said else ''}. Say it as"
        f" --find {member}={job.service}:ListThings:Items.Name."
        f" {f'Lists that may: {known}.' if known else ''}".rstrip()
    )
