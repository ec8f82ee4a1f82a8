"""What is decided about a thing that a row names: make it, change it, remove it, or leave it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bulkops.definition.expressions import entries_of
from bulkops.definition.kinds.found_things import Addressed, Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import replaces_whole, sets_values
from bulkops.planning.calls.argument import Argument
from bulkops.planning.coming.coming_things import Coming
from bulkops.planning.compared_members import looks_at_values
from bulkops.planning.decisions.borne_names import bearing_its_name
from bulkops.planning.decisions.decision import NOTHING, Decision, Existing
from bulkops.planning.decisions.deeds import deed
from bulkops.planning.decisions.guards import came_to_nothing, out_of_place, unexpected
from bulkops.planning.decisions.kept_state import back_of_update, removed
from bulkops.planning.decisions.lying_in import CANT_MOVE, goes, moves, to_go_before, too_deep
from bulkops.planning.decisions.map_steps import about_added, entries_taken
from bulkops.planning.decisions.misnamed_objects import note_misnamed
from bulkops.planning.decisions.new_things import about_coming, about_made, from_nothing
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.decisions.thing_differences import amended_in_whole, entailed, is_whole, unmet
from bulkops.planning.decisions.thing_flaws import already_there, not_visible, note_sortless
from bulkops.planning.described_columns import has_any
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.led_states import with_held_state
from bulkops.planning.diff.merge import completed
from bulkops.planning.diff.spoken_changes import changes, list_changes
from bulkops.planning.diff.state import StateValue
from bulkops.planning.diff.unknown_members import levelled, lost
from bulkops.planning.inventory import Thing
from bulkops.planning.needed_values import lacking
from bulkops.planning.plan import Action
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.requirements import missing_for_new
from bulkops.planning.usage import in_use


def about_thing(case: StepCase, subject: Find) -> Decision | Existing:
    """Decide a step whose subject is a thing."""
    made = case.found.made
    if made and subject in made:
        is_whole_already = case.step.fills and not case.is_hollow
        return NOTHING if is_whole_already else about_made(case, made[subject])
    if case.step.of_new:
        return NOTHING
    if not all(_is_owned(case, each) for each in (subject.within, subject.sort) if each):
        case.arguments()  # what else the row names is looked up all the same
        return NOTHING
    if case.step.makes:
        note_misnamed(case, subject)
    things, name = case.things(subject), case.name_of(subject)
    absent = None if things else _about_absent(case, subject)
    if absent is not None:
        return absent
    found = case.unless_gone(subject, things[0]) if len(things) == 1 else case.named(subject, name)
    return _about_found(case, subject, found)


def _about_found(
    case: StepCase, subject: Find, found: Thing | Coming | Flaw
) -> Decision | Existing:
    match found:
        case Thing():
            case.remember(found)
            return _about_present(case, subject, found)
        case Coming():
            return about_coming(case)
        case Flaw():
            case.found.add(subject.by.name, found)
            case.arguments()  # what else the row names is looked up all the same
            return NOTHING
        case _ as never:
            assert_never(never)


def _about_absent(case: StepCase, subject: Find) -> Decision | None:
    """Decide about a thing that is not there; None where that is a problem of its cell."""
    names, name = case.context.names, case.name_of(subject)
    if case.does == "create" or _puts_anew(case):
        return _made_new(case, subject)
    if case.step.makes:
        given = case.arguments()
        sent = case.send(given, changes=from_nothing(case, given))
        return sent._replace(action=Action.CREATE)
    if (_removes(case) or case.step.if_there) and not names.misfit(subject.kind, name):
        # gone already or never there: nothing is to be sent, but it may be a slip
        case.found.warn(subject.by.name, names.absent(subject.kind, name))
        return NOTHING
    return None


def _puts_anew(case: StepCase) -> bool:
    """Tell whether a step that is no Create makes what it addresses where it is not there."""
    addressed = isinstance(case.step.subject, Addressed)
    return addressed and (case.does == "associate" or replaces_whole(case.step.operation))


def _removes(case: StepCase) -> bool:
    """Tell whether a step takes away what it is about, so that nothing is to do without it."""
    addressed = isinstance(case.step.subject, Addressed)
    return case.does == "delete" or (addressed and case.does == "disassociate")


def _is_owned(case: StepCase, within: Find) -> bool:
    """Tell whether the thing is there in which the step's own lies; note what is wrong with it."""
    owner = case.named(within, case.name_of(within))
    if isinstance(owner, Flaw):
        case.found.add(within.by.name, owner)
    return not isinstance(owner, Flaw)


def _made_new(case: StepCase, subject: Find) -> Decision:
    """Send what makes a thing that is not there, and say which name comes too near to its own."""
    identity = case.context.target.identity
    for column, flaw in missing_for_new(case.context.job, case.row.values, identity):
        case.found.add(column, flaw)
    arguments = list(bearing_its_name(case, subject, case.arguments()))
    made = [Difference(each, StateValue()) for each in arguments if each.each is not None]
    lists = list_changes(made, case.context.names.inventory)
    decision = case.send(arguments, changes=from_nothing(case, arguments), lists=lists)
    deep = too_deep(case, subject)
    if deep is not None:
        case.found.add(subject.by.name, deep)
    twin = case.context.names.twin(subject.kind, case.name_of(subject))
    if twin is not None:
        case.found.warnings.append((subject.by.name, twin))
    case.found.made[subject] = case.step
    return decision._replace(action=Action.CREATE) if case.does == "update" else decision


def _about_present(case: StepCase, subject: Find, thing: Thing) -> Decision | Existing:
    guards = [said.column for said in case.step.expects.values()]
    is_guarded = has_any(case.row.values, guards) or case.step.only_from is not None
    looks = looks_at_values(case.step) or is_guarded or case.step.remakes
    if thing.state is None and looks:
        case.found.add(subject.by.name, not_visible(subject, thing))
        return NOTHING
    conflict = unexpected(case, subject, thing, described=is_whole(case, thing))
    if conflict is not None:
        return conflict
    match case.does:
        case "create":
            return _about_existing(case, subject, thing)
        case "update" | "associate":
            return _about_different(case, subject, thing)
        case "delete" | "disassociate":
            return _about_removed(case, subject, thing)
        case _ as never:
            assert_never(never)


def _is_used(case: StepCase, subject: Find, thing: Thing) -> bool:
    """Note what uses a thing to be deleted; what goes with it in the same plan does not count."""
    if case.does != "delete":
        return False
    usages = case.context.names.inventory.usages(subject.kind, thing.id)
    left = [each for each in usages if not goes(case, each)]
    if left:
        hint = "Take it out of these first, or take the row out."
        case.found.add(subject.by.name, in_use(subject.kind, thing.name, left, hint))
    return bool(left)


def _about_removed(case: StepCase, subject: Find, thing: Thing) -> Decision:
    """Remove a thing that nothing uses, or what a thing has."""
    misplaced = out_of_place(case, subject, thing)
    if misplaced is not None:
        return misplaced
    if _is_used(case, subject, thing):
        return NOTHING
    if any(entries_of(case.step.args)):
        return entries_taken(case, thing)
    decision = removed(case, subject, thing, described=is_whole(case, thing))
    return decision.after(to_go_before(case, subject, thing))


def _about_existing(case: StepCase, subject: Find, thing: Thing) -> Decision | Existing:
    """Decide about a thing that a step would make, and that is there."""
    conflict = came_to_nothing(case, subject, thing)
    if conflict is not None:
        return conflict
    given = amended_in_whole(case, subject, thing, case.arguments())
    found = [*unmet(case, subject, thing, given), *_unmet_by_others(case, subject, thing, given)]
    if not found:
        return NOTHING
    shown = changes(found, case.context.names.inventory)
    return Existing(changes=shown, flaw=already_there(case, subject, shown))


def _unmet_by_others(
    case: StepCase, subject: Find, thing: Thing, given: Sequence[Argument]
) -> list[Difference]:
    """Return what a row asks of a thing that is there and only alternatives of its step set."""
    mine = {each.field for each in given}
    return [
        each
        for other in case.otherwise()
        if other.step.subject == subject
        for each in unmet(other, subject, thing, other.arguments())
        if each.argument.field not in mine and not each.argument.is_constant
    ]


def _about_different(case: StepCase, subject: Find, thing: Thing) -> Decision:
    """Send what differs from a thing that is there, and keep what would put it back."""
    given = amended_in_whole(case, subject, thing, case.arguments())
    if case.is_blank or case.found.flaws:
        return NOTHING
    _note_taken(case, subject, thing)
    if case.does == "update" and not sets_values(case.step.operation):
        done = deed(case, subject, thing, given, described=is_whole(case, thing))
        return done if done == NOTHING else out_of_place(case, subject, thing) or done
    given = with_held_state(case.step, given, thing.state or {})
    found = [*unmet(case, subject, thing, given), *entailed(case, subject, thing)]
    if not found:
        # only what was compared was seen to be so
        seen = any(not each.addresses for each in given) or _puts_anew(case)
        return NOTHING if seen else case.send(given)
    return out_of_place(case, subject, thing) or _changed(case, subject, thing, given, found)


def _changed(
    case: StepCase,
    subject: Find,
    thing: Thing,
    given: Sequence[Argument],
    found: Sequence[Difference],
) -> Decision:
    """Send what differs, with what must go with it, and keep what would put it back."""
    shown = changes(found, case.context.names.inventory)
    if case.does == "associate":
        is_map = not isinstance(subject, Addressed)
        return about_added(case, thing, given, found) if is_map else case.send(given, changes=shown)
    service, state = case.context.job.service, thing.state or {}
    arguments = completed(service, case.step, given, state, case.args.rivals)
    note_sortless(case, arguments)
    _note_unknown(case, subject, thing, arguments)
    needed = case.context.needed.get(case.address, ())
    for column, flaw in lacking(needed, arguments, case.row.values) if needed else ():
        case.found.add(column, flaw)
    described = is_whole(case, thing)
    undo = back_of_update(case, subject, thing, arguments, described=described)
    lists = list_changes(found, case.context.names.inventory)
    return case.send(arguments, undo=undo, changes=shown, lists=lists)


def _note_unknown(
    case: StepCase, subject: Find, thing: Thing, arguments: Sequence[Argument]
) -> None:
    """Note what the step would erase, and warn of what it would set alike."""
    for field, flaw in lost(case.context.job.service, case.step, subject, thing, arguments):
        case.found.add(field if field in case.row.values else subject.by.name, flaw)
    for flaw in levelled(case.step, subject, thing):
        case.found.warnings.append((subject.by.name, flaw))


def _note_taken(case: StepCase, subject: Find, thing: Thing) -> None:
    """Note that another thing bears the name that a row gives a thing."""
    name, names = case.new_name_of(subject), case.context.names
    is_path = KINDS[subject.kind].has_paths
    if is_path and subject.renamed is not None and moves(case, subject.renamed):
        case.found.add(subject.renamed.name, CANT_MOVE)
        return
    find = names.at_path if is_path else names.things
    others = find(subject.kind, name) if name else ()
    if subject.renamed is not None and any(other.id != thing.id for other in others):
        message = f'another {KINDS[subject.kind].noun} is named "{name}" already'
        flaw = Flaw(
            code="name-taken",
            message=message,
            found=name,
            hint="Give that one another name first, in a run of its own, or choose another here.",
        )
        case.found.add(subject.renamed.name, flaw)
    elif subject.renamed is not None and name and not is_path:
        twin = names.twin(subject.kind, name)
        if twin is not None and name.casefold() != thing.name.casefold():
            case.found.warnings.append((subject.renamed.name, twin))
