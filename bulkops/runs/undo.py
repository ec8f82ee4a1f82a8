"""Taking back what a run did: a plan and a run of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulkops import __version__
from bulkops.definition.job import Job
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.engine.reads.search import described, entries
from bulkops.ledger.interface import RunRecord
from bulkops.ledger.states import CallState
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.planning.calls.inverse import Done, exploded
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.undo.recorded_names import RecordedNames
from bulkops.planning.undo.undo_history import RowHistory, Unseen, secretive, unseen, wants
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.problems import Address
from bulkops.runs.approval import approved_run
from bulkops.runs.asker import Asker
from bulkops.runs.earlier_run import EarlierRun, earlier_run
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.proposal import Proposal
from bulkops.runs.run_folders import open_run
from bulkops.runs.secrets import CellSecrets, recalled
from bulkops.targets.connect import Connection
from bulkops.targets.request import Anew, ConductChoice, remembered

_DOUBTFUL = (CallState.SENT, CallState.IN_DOUBT, CallState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """The run that is to be taken back, and what it did for each of its rows."""

    run: EarlierRun
    rows: Sequence[RowHistory]

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

    An undo is a run: it can be resumed, and undone. Raises UnknownRunError, LedgerBusyError
    where the run is being worked on, and ChangedError where the job is another one by now.
    """
    tell = Broadcast(listener)
    async with earlier_run(run_name, anew) as run:
        original = _Original(run=run, rows=await _rows(run))
        async with run.connected(conduct, tell=tell, world=world) as connection:
            secrets = await _secrets(original, accept_changed=conduct.accept_changed)
            folder = await approved_run(
                await _proposed(original, connection),
                _record(original, world),
                _notes(run),
                runs_dir=run.request.runs_dir,
                named=f"undo-{run.record.job}",
                asker=asker,
            )
            if folder is None:
                return None
            await run.ledger.note(Note.UNDONE_BY, folder.name)
            async with open_run(folder) as ledger:
                record, notes = await ledger.run(), await ledger.notes()
                taking_back = replace(run, folder=folder, ledger=ledger, record=record, notes=notes)
                return await taking_back.carry_on(
                    connection, secrets, conduct, asker=asker, tell=tell
                )


def _record(original: _Original, world: World) -> RunRecord:
    """Return the record of the undo: the same job and sheet, so that it is gone on with alike."""
    run = original.run
    meta = {
        **run.record.meta,
        Meta.REQUEST: remembered(run.request),
        Meta.UNDOES: run.record.id,
        Meta.NO_SECRETS: not secretive(original.rows),
    }
    meta.pop(Meta.NAME, None)
    return replace(run.record, version=__version__, created_at=world.stamp(), meta=meta)


def _notes(run: EarlierRun) -> dict[str, object]:
    """Return what the undo must know of the run's beginning as well."""
    kept = (Note.TARGETS, Note.CORRECTIONS)
    return {name: run.notes[name] for name in kept if name in run.notes}


async def _secrets(original: _Original, *, accept_changed: bool) -> SheetSecrets:
    """Return the secrets that taking back needs: those of what it makes again."""
    rows = secretive(original.rows)
    if not rows:
        return CellSecrets(None)
    return await recalled(original.run, accept_changed=accept_changed, rows=rows)


async def _rows(run: EarlierRun) -> list[RowHistory]:
    """Return what was done for each row, a batch cut into its rows' own parts."""
    job, record = run.loaded.job, run.record
    done: dict[int, list[Done]] = defaultdict(list)
    doubtful: set[int] = set()
    async for call in run.ledger.calls():
        if call.state in _DOUBTFUL:
            doubtful.update(call.rows)
        elif call.state is CallState.SUCCEEDED:
            parts = exploded(job, call.step, call.params, call.undo, len(call.rows))
            for row, (params, undo_params) in zip(call.rows, parts, strict=True):
                done[row].append(
                    Done(step=call.step, params=params, saved=call.saved, undo=undo_params)
                )
    names = RecordedNames(job, record.headers, record.meta[Meta.MAPPING])
    return [
        RowHistory(
            number=row.number,
            key=row.key,
            target=row.target,
            cells=row.cells,
            address=Address(file=record.sheet, row=row.number),
            names=names.read(row.cells),
            done=tuple(done.get(row.number, ())),
            doubtful=row.number in doubtful,
        )
        async for row in run.ledger.results()
    ]


async def _proposed(original: _Original, connection: Connection) -> Proposal:
    """Look at what is there of all that the run touched, and make ready to plan."""
    job, rows, targets = original.job, original.rows, connection.targets
    inventories: dict[str, Inventory] = {}
    for name, wanted in wants(job, rows).items():
        inventories[name] = await look_up(connection.reader(name), wanted)
    for name, thing in list(unseen(job, rows, inventories)):
        await _look_up(connection.reader(name), thing, inventories[name])
    return Proposal(
        job=job,
        connection=connection,
        planner=undo_plan(job, rows, targets, inventories),
        warnings=(),
        notes=(f"This takes back what {original.run.record.id} did.",),
    )


async def _look_up(reader: Reader, thing: Unseen, inventory: Inventory) -> None:
    """Look for a thing by its id, and take it in under the name by which the run knew it."""
    kind = KINDS[thing.kind]
    try:
        found = await described(reader, kind, Thing(id=thing.id, name=thing.name))
    except ReadError as error:
        if error.fault.code != RESOURCE_NOT_FOUND:
            raise
        return
    inventory.add(kind.name, [found])
    if thing.relation:
        relation = RELATIONS[thing.relation]
        inventory.add_list(relation.name, thing.id, await entries(reader, relation, thing.id))
