"""Taking back what a run did: a plan and a run of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bulkops import __version__
from bulkops.definition.job import Job
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.inventory_reader import add_known_entries, look_up
from bulkops.engine.reads.search import described, entries
from bulkops.engine.reads.usage_reader import add_usages
from bulkops.errors import Exit
from bulkops.ledger.records import RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.undo.undo_history import Survey, Unseen, survey, unseen
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.planning.undo.undo_usages import deleted_by_undo, given_up_by_undo
from bulkops.reports.formats import rows_named
from bulkops.runs.approval import approved_run
from bulkops.runs.asker import Asker
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.proposal import Proposal
from bulkops.runs.run_folders import DRAFT, open_run
from bulkops.runs.run_histories import RunHistories
from bulkops.runs.secrets import CellSecrets, recalled
from bulkops.runs.taken_back import Original, undos_named
from bulkops.runs.undo_choice import begun_undo, chosen, why_nothing
from bulkops.sheets.name_lists import ranges
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice, remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """The run that is to be taken back, and what it did for each of its rows."""

    run: EarlierRun
    rows: RunHistories
    found: Survey
    call_tags: bool
    """Whether what the undo makes is tagged: not where the run itself was to do without."""

    @property
    def job(self) -> Job:
        return self.run.loaded.job


async def undo(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    asker: Asker,
    listener: Listener,
    world: World,
) -> RunOutcome | None:
    """Plan what takes a run back, ask, and carry it out; None where the asker said no.

    Without a name, the last run that is neither an undo nor undone. An undo that was begun of the
    run is gone on with; one that is done is only said to be. An undo is a run: it can be resumed,
    and undone. Raises UnknownRunError, LedgerBusyError where the run is being worked on, and
    ChangedError where the job is another one by now.
    """
    tell = Broadcast(listener)
    folder = await chosen(anew.runs_dir, run_name)
    begun = await begun_undo(folder)
    if begun is not None:
        tell("note", text=f"{begun.name} has begun to take {folder.name} back: going on with it")
        return await _go_on(begun, anew, conduct, asker=asker, tell=tell, world=world)
    async with earlier_run(str(folder), anew) as run:
        if not await run.ledger.standing():
            return await run.as_it_is(await why_nothing(run), Exit.DONE)
        tagging = conduct.call_tags and bool(run.record.meta.get(Meta.CALL_TAGS, True))
        rows = RunHistories(run)
        found = survey(run.loaded.job, rows)
        original = _Original(run=run, rows=rows, found=found, call_tags=tagging)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            return await _taken_back(original, connection, conduct, asker=asker, tell=tell)


async def _go_on(
    begun: Path,
    anew: Anew,
    conduct: ConductChoice,
    *,
    asker: Asker,
    tell: Broadcast,
    world: World,
) -> RunOutcome:
    """Go on with an undo that was begun: its plan was agreed to."""
    async with earlier_run(str(begun), anew) as run:
        secrets = await recalled(run, accept_changed=conduct.accept_changed)
        async with run.connected(conduct, tell=tell, world=world) as connection:
            return await run.carry_on(connection, secrets, conduct, asker=asker, tell=tell)


async def _taken_back(
    original: _Original,
    connection: Connection,
    conduct: ConductChoice,
    *,
    asker: Asker,
    tell: Broadcast,
) -> RunOutcome | None:
    run = original.run
    secrets = await _secrets(original, accept_changed=conduct.accept_changed)
    folder = await approved_run(
        await _proposed(original, connection),
        _record(original, connection.world),
        _notes(original),
        runs_dir=run.request.runs_dir,
        named=f"undo-{run.record.job}",
        asker=asker,
        prepare=partial(_promise, run),
    )
    if folder is None:
        return None
    async with open_run(folder) as ledger:
        taking_back = replace(
            run,
            folder=folder,
            ledger=ledger,
            record=await ledger.run(),
            notes=await ledger.notes(),
            original=Original(folder=run.folder, ledger=run.ledger),
            undos=(),
        )
        return await taking_back.carry_on(connection, secrets, conduct, asker=asker, tell=tell)


async def _promise(run: EarlierRun, draft: Path) -> None:
    """Note in a run by which one it is taken back, before that one can do anything."""
    by = draft.name.removeprefix(DRAFT)
    await run.ledger.note(Note.UNDONE_BY, [*undos_named(run.notes), by])


def _record(original: _Original, world: World) -> RunRecord:
    """Return the record of the undo: the same job and sheet, so that it is gone on with alike."""
    run = original.run
    meta = {
        **run.record.meta,
        Meta.REQUEST: remembered(run.request),
        Meta.UNDOES: run.record.id,
        Meta.CALL_TAGS: original.call_tags,
        Meta.NO_SECRETS: not original.found.secretive,
    }
    meta.pop(Meta.NAME, None)
    return replace(run.record, version=__version__, created_at=world.stamp(), meta=meta)


def _notes(original: _Original) -> dict[str, object]:
    """Return what the undo must know of the run's beginning as well, and which rows it covers."""
    notes = original.run.notes
    kept = (Note.TARGETS, Note.CORRECTIONS)
    covers = ranges(original.found.acted)
    return {**{name: notes[name] for name in kept if name in notes}, Note.COVERS: covers}


async def _secrets(original: _Original, *, accept_changed: bool) -> SheetSecrets:
    """Return the secrets that taking back needs: those of what it makes again."""
    rows = original.found.secretive
    if not rows:
        return CellSecrets(None)
    return await recalled(original.run, accept_changed=accept_changed, rows=rows)


async def _proposed(original: _Original, connection: Connection) -> Proposal:
    """Look at what is there of all that the run touched, and make ready to plan."""
    job, rows, targets = original.job, original.rows, connection.targets
    inventories: dict[str, Inventory] = {}
    wants = original.found.wants
    for name in list(wants):
        # the names of all rows are not to be held while they are sent
        inventories[name] = await look_up(connection.reader(name), wants.pop(name))
    for name, thing in list(unseen(job, rows, inventories)):
        await _look_up(connection.reader(name), thing, inventories[name])
    deleted = deleted_by_undo(job, rows, inventories)
    given_up = given_up_by_undo(job, rows, deleted)
    for name, removed in deleted.items():
        inventories[name].going.update(*removed.values())
        inventories[name].given_up.update(given_up.get(name, ()))
        await add_usages(connection.reader(name), inventories[name], removed)
    return Proposal(
        job=job,
        connection=connection,
        planner=undo_plan(job, rows, targets, inventories, needing=original.found.needing),
        warnings=(),
        notes=await _what_it_covers(original.run),
        names=original.run.record.names,
    )


async def _what_it_covers(run: EarlierRun) -> tuple[str, ...]:
    """Return what to know of a run before it is taken back, a sentence each."""
    counts = await run.ledger.counts()
    undone, pending = counts.get(RowStatus.UNDONE, 0), counts.get(RowStatus.PENDING, 0)
    notes = [f"This takes back what {run.record.id} did."]
    if undone:
        notes.append(f"{rows_named(undone)} of it {_were(undone)} taken back before.")
    if pending:
        notes.append(f"{rows_named(pending)} of it {_were(pending)} not done to the end.")
    return tuple(notes)


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


async def _look_up(reader: Reader, thing: Unseen, inventory: Inventory) -> None:
    """Look for a thing by its id, and take it in under the name by which the run knew it."""
    kind = KINDS[thing.kind]
    try:
        found = await described(
            reader, kind, Thing(id=thing.id, name=thing.name, within=thing.within)
        )
    except ReadError as error:
        if error.fault.code != RESOURCE_NOT_FOUND:
            raise
        return
    inventory.add(kind.name, [found])
    if thing.relation:
        relation = RELATIONS[thing.relation]
        if relation.by_name:
            add_known_entries(relation, [found], inventory)
            return
        inventory.add_list(relation.name, thing.id, await entries(reader, relation, thing.id))
