"""What is decided about a place in another thing's list, such as a queue of a routing profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.expressions import Was, WasList
from bulkops.definition.kinds.found_things import Member
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import puts
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.call_params import params_of
from bulkops.planning.calls.held_values import as_held
from bulkops.planning.calls.inverse import params_before
from bulkops.planning.coming.coming_things import Coming
from bulkops.planning.decisions.decision import NOTHING, Decision, Existing
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.diff.entry_comparison import entry_differences, entry_of
from bulkops.planning.diff.merge import completed_entry, entry_values
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Change
from bulkops.planning.rows.cells import Flaw

Entries: TypeAlias = Sequence[Mapping[str, Any]]


def about_entry(case: StepCase, member: Member) -> Decision | Existing:
    """Decide a step whose subject is a place in a list."""
    owner = case.named(member.of, case.name_of(member.of))
    if isinstance(owner, Flaw):
        case.found.add(member.of.by.name, owner)
    arguments = case.arguments()
    if isinstance(owner, Flaw) or case.found.flaws:
        return NOTHING
    _await_keys(case)
    relation = RELATIONS[member.relation]
    there: Entries = ()  # of what another row makes
    if isinstance(owner, Thing):
        there = case.context.names.inventory.entries(relation.name, owner.id)
    element = relation.elements_in(params_of(arguments), batched_member(case.step))[0]
    entry = entry_of(relation, element, there)
    if entry is None:
        return _about_absent(case, relation, owner, arguments, len(there))
    if case.does == "disassociate":
        return _given_up(case, arguments, entry)
    return _about_present(case, relation, arguments, entry)


def _await_keys(case: StepCase) -> None:
    """Note the calls that make what the keys of a row's maps name."""
    coming, values = case.context.coming, case.row.values
    if coming is None:
        return
    for column, find in case.step.keyed.items():
        held = values.get(column)
        for key in held if isinstance(held, Mapping) else ():
            thing = coming.of(find.kind, find.name_in({**values, find.by.name: key}))
            if thing is not None:
                case.found.need(case.address, thing.need)


def _given_up(case: StepCase, arguments: Sequence[Argument], entry: Mapping[str, Any]) -> Decision:
    """Send what takes an entry out of its list, with what it held where its undo step puts it."""
    sent = case.send(as_held(case.step, arguments, entry))
    was: dict[Was | WasList, Any] = {each: entry.get(each.path) for each in case.step.kept}
    if not was:
        return sent
    job, places = case.context.job, case.context.target.places
    return sent.kept(params_before(job, case.address, sent.calls[0].params, was, places))


def _about_absent(
    case: StepCase,
    relation: RelationKind,
    owner: Thing | Coming,
    arguments: Sequence[Argument],
    there: int,
) -> Decision:
    if puts(case.step.operation):
        # what is new is taken back by the operation that puts back what was there, so in one call
        sent, context = case.send(arguments), case.context
        params = sent.calls[0].params
        back = params_before(context.job, case.address, params, {}, context.target.places)
        return sent.kept(back)
    if case.does == "associate":
        _note_full(case, relation, owner, there)
        return case.send(arguments)
    if case.does == "update":
        key = case.row.key
        flaw = Flaw(code="not-there", message=f'there is no {relation.noun} "{key}"', found=key)
        case.found.add("", flaw)
    # A place that is to be given up and is not there needs nothing.
    return NOTHING


def _note_full(case: StepCase, relation: RelationKind, owner: Thing | Coming, there: int) -> None:
    """Say that a thing's list would be longer than it may be, with what other rows add to it."""
    key = (relation.name, owner.id if isinstance(owner, Thing) else owner.name)
    context = case.context
    context.added[key] += 1
    whole = there + context.added[key]
    if relation.most is None or whole <= relation.most:
        return
    flaw = Flaw(
        code="too-many",
        message=f'with this row "{owner.name}" would have {whole}, {there} of them now;'
        f" allowed: at most {relation.most} for each {KINDS[relation.of].noun}",
        found=owner.name,
        allowed=f"at most {relation.most}",
        hint="Take some away first, or take the row out.",
    )
    case.found.add("", flaw)


def _about_present(
    case: StepCase,
    relation: RelationKind,
    arguments: Sequence[Argument],
    entry: Mapping[str, Any],
) -> Decision | Existing:
    """Decide about an entry that is there: equal, or with other values than the row's."""
    found = entry_differences(relation, arguments, entry)
    if not found:
        return NOTHING
    shown = changes(found, case.context.names.inventory)
    if case.does == "update":
        return _changed(case, relation, arguments, entry, shown)
    flaw = Flaw(
        code="already-exists",
        message=f"the {relation.noun} is there and differs: {'; '.join(map(str, shown))}",
        found=case.row.key,
        hint="--on-exists skip leaves it as it is.",
    )
    return Existing(changes=shown, flaw=flaw)


def _changed(
    case: StepCase,
    relation: RelationKind,
    arguments: Sequence[Argument],
    entry: Mapping[str, Any],
    shown: tuple[Change, ...],
) -> Decision:
    """Send an entry's new values, with the old ones to put back."""
    sent = completed_entry(case.context.job.service, case.step, arguments, relation, entry)
    sent = as_held(case.step, sent, entry)
    undo = None
    if case.step.undo is None or puts(case.step.operation):
        old = dict(entry_values(case.step, relation, entry))
        undo = [each._replace(value=old.get(each.path, each.value)) for each in sent]
    return case.send(sent, undo=undo, changes=shown)
