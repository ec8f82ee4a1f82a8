"""Taking back what a run did: a plan and a run of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulkops import __version__
from bulkops.definition.catalogue import LoadedJob
from bulkops.definition.job import Job
from bulkops.definition.kinds import KINDS
from bulkops.definition.relations import RELATIONS
from bulkops.engine.ports import Broadcast, Listener, SheetSecrets, World
from bulkops.engine.reads.lookup import survey
from bulkops.engine.reads.reader import Reader, ReadError
from bulkops.engine.reads.search import described, entries
from bulkops.errors import ChangedError
from bulkops.ledger.interface import Ledger, RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState
from bulkops.planning.calls.inverse import Done, exploded
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.rows.headers import match_headers
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.undo.undo_history import Past, Pasts, Unseen, secretive, unseen, wants
from bulkops.planning.undo.undo_plan import Undoer
from bulkops.runs.execute import UNDOES, OpenRun, carry_out
from bulkops.runs.folder import find_run, new_draft, run_id
from bulkops.runs.inputs import Intake
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.plan import Proposal
from bulkops.runs.run import APPROVED_NOTE, TARGETS_NOTE, Asker, approved, begun, guard, planned
from bulkops.runs.secrets import CORRECTIONS_NOTE, NO_SECRETS, CellSecrets, recalled
from bulkops.runs.verify import same_job, same_targets
from bulkops.sheets.input.packed_rows import PackedRows
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import Anew, ConductChoice, Request, remembered, request_of

UNDONE_NOTE = "undone_by"
"""The note under which a run keeps the id of the one that took it back last."""
GONE = "ResourceNotFoundException"
_DOUBTFUL = (CallState.SENT, CallState.IN_DOUBT, CallState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """The run that is to be taken back, as its ledger has it."""

    ledger: SqliteLedger
    record: RunRecord
    notes: Mapping[str, Any]
    request: Request
    loaded: LoadedJob
    intake: Intake
    past: Pasts

    @property
    def order(self) -> Order:
        return self.intake.order


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
    ledger = SqliteLedger.open(find_run(anew.runs_dir, run_name))
    try:
        original = await _original(ledger, anew)
        tell = Broadcast(listener)
        async with connect(original.request, world=world, tell=tell) as connection:
            same_targets(original.notes[TARGETS_NOTE], connection.targets)
            targets = connection.targets.values()
            guard(original.loaded.job, targets, conduct.confirm_instance)
            secrets = await _secrets(original, accept_changed=conduct.accept_changed)
            begun_undo = await _begun(original, connection, asker)
            if begun_undo is None:
                return None
            folder, undoing = begun_undo
            try:
                opened = OpenRun(
                    folder=folder,
                    record=await undoing.run(),
                    ledger=undoing,
                    job=original.loaded.job,
                    secrets=secrets,
                    limits=conduct.limits,
                    tell=tell,
                    approve_rest=asker.canary,
                )
                return await carry_out(opened, connection)
            finally:
                await undoing.close()
    finally:
        await ledger.close()


async def _begun(
    original: _Original, connection: Connection, asker: Asker
) -> tuple[Path, SqliteLedger] | None:
    """Plan the undo, ask, and make it a run; None where the asker said no."""
    world = connection.world
    proposal = await _proposed(original, connection)
    runs_dir, job = original.request.runs_dir, f"undo-{original.record.job}"
    draft = new_draft(runs_dir, job, world.now(), world.chance)
    undoing = await planned(draft, _record(draft, original, world), proposal)
    if not await approved(asker, proposal, draft, undoing):
        return None
    folder, undoing = await begun(draft, undoing, _notes(original), world)
    await original.ledger.note(UNDONE_NOTE, folder.name)
    return folder, undoing


async def _original(ledger: SqliteLedger, anew: Anew) -> _Original:
    record, notes = await ledger.run(), await ledger.notes()
    if APPROVED_NOTE not in notes:
        raise ChangedError(f"{record.id} was planned but never approved: there is nothing to undo.")
    request = request_of(record.meta["request"], anew)
    loaded = same_job(request.job, record)
    table = await _table(ledger, record)
    headers = match_headers(loaded.job, table, request.sheet.mapping)
    order = Order(job=loaded.job, table=table, headers=headers, on_exists=request.on_exists)
    return _Original(
        ledger=ledger,
        record=record,
        notes=notes,
        request=request,
        loaded=loaded,
        intake=Intake(loaded=loaded, table=table, order=order),
        past=await _past(ledger, loaded.job),
    )


async def _table(ledger: Ledger, record: RunRecord) -> SheetTable:
    """Return a run's rows as the sheet that they came from; secrets are masked."""
    rows = PackedRows()
    async for row in ledger.results():
        rows.append(row.number, row.cells)
    return SheetTable(
        file=record.sheet,
        sha256=record.sheet_sha256,
        headers=record.headers,
        problems=(),
        kind="frame",
        notes=(f"This takes back what {record.id} did.",),
        rows=rows,
    )


async def _past(ledger: Ledger, job: Job) -> Pasts:
    """Return what was done for each row, a batch cut into its rows' own parts."""
    done: dict[int, list[Done]] = defaultdict(list)
    doubtful: set[int] = set()
    async for call in ledger.calls():
        if call.state in _DOUBTFUL:
            doubtful.update(call.rows)
        elif call.state is CallState.SUCCEEDED:
            parts = exploded(job, call.step, call.params, call.undo, len(call.rows))
            for row, (params, undo_params) in zip(call.rows, parts, strict=True):
                done[row].append(
                    Done(step=call.step, params=params, saved=call.saved, undo=undo_params)
                )
    return {
        row: Past(done=tuple(done.get(row, ())), doubtful=row in doubtful)
        for row in done.keys() | doubtful
    }


async def _secrets(original: _Original, *, accept_changed: bool) -> SheetSecrets:
    """Return the secrets that taking back needs: those of what it makes again."""
    rows = secretive(original.past)
    if not rows:
        return CellSecrets(None)
    return await recalled(
        original.ledger,
        original.record,
        original.loaded,
        original.request,
        accept_changed=accept_changed,
        rows=rows,
    )


async def _proposed(original: _Original, connection: Connection) -> Proposal:
    """Look at what is there of all that the run touched, and make ready to plan."""
    order, past, targets = original.order, original.past, connection.targets
    directories: dict[str, Inventory] = {}
    for name, wanted in wants(order, targets, past).items():
        directories[name] = await survey(connection.reader(name), wanted)
    for name, thing in list(unseen(order, targets, past, directories)):
        await _look_up(connection.reader(name), thing, directories[name])
    planner = Undoer(order, targets, directories, past)
    return Proposal(intake=original.intake, connection=connection, planner=planner, warnings=())


async def _look_up(reader: Reader, thing: Unseen, directory: Inventory) -> None:
    """Look for a thing by its id, and take it in under the name by which the run knew it."""
    kind = KINDS[thing.kind]
    try:
        found = await described(reader, kind, Thing(id=thing.id, name=thing.name))
    except ReadError as error:
        if error.fault.code != GONE:
            raise
        return
    directory.add(kind.name, [found])
    if thing.relation:
        relation = RELATIONS[thing.relation]
        directory.add_list(relation.name, thing.id, await entries(reader, relation, thing.id))


def _record(draft: Path, original: _Original, world: World) -> RunRecord:
    """Return the record of the undo: the same job and sheet, so that it is gone on with alike."""
    meta = {
        **original.record.meta,
        "request": remembered(original.request),
        UNDOES: original.record.id,
        NO_SECRETS: not secretive(original.past),
    }
    return replace(
        original.record, id=run_id(draft), version=__version__, created_at=world.stamp(), meta=meta
    )


def _notes(original: _Original) -> dict[str, object]:
    """Return what the undo must know of the run's beginning as well."""
    kept = (TARGETS_NOTE, CORRECTIONS_NOTE)
    return {name: original.notes[name] for name in kept if name in original.notes}
