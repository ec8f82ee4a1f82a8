"""What an undo would delete, so that what uses it by now is looked for first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bulkops.definition.job import Job, is_further
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.model.member_paths import id_in_arn
from bulkops.definition.uses import USES
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.inventory import Inventory
from bulkops.planning.undo.named_texts import texts_named
from bulkops.planning.undo.undo_history import RowHistory
from bulkops.planning.undo.undo_state import thing_of


def deleted_by_undo(
    job: Job, rows: Iterable[RowHistory], inventories: Mapping[str, Inventory]
) -> Mapping[str, Mapping[str, set[str]]]:
    """Return target → kind → ids of what taking rows back deletes, and that may be in use."""
    made = {address: find for address, step in job.addresses() if (find := _made(job, address))}
    found = defaultdict[str, dict[str, set[str]]](dict)
    for row in rows if made else ():
        for done in row.done:
            find = made.get(done.step)
            if find is None:
                continue
            inventory = inventories[row.target]
            thing = thing_of(job.step(done.step), done, find, row.name_of(find), inventory)
            if thing is not None:
                found[row.target].setdefault(find.kind, set()).add(thing.id)
    return found


def given_up_by_undo(
    job: Job, rows: Iterable[RowHistory], deleted: Mapping[str, Mapping[str, set[str]]]
) -> Mapping[str, set[tuple[str, str]]]:
    """Return by target the ids of (what is used, what uses it) where taking rows back ends that.

    `deleted` is what the same undo deletes, by target and kind: nothing else is asked for.
    """
    ids = {name: frozenset[str]().union(*kinds.values()) for name, kinds in deleted.items()}
    found = defaultdict[str, set[tuple[str, str]]](set)
    for row in rows if ids else ():
        for done in row.done:
            user = subject_id(job.step(done.step), done.sent, done.saved)
            for each in texts_named(done):
                if id_in_arn(each) in ids.get(row.target, ()):
                    found[row.target].add((id_in_arn(each), user))
    return found


def _made(job: Job, address: str) -> Find | None:
    """Return what a step makes and its inverse deletes, where others may use it; else None."""
    back = None if is_further(address) else inverse_address(job, address)
    subject = job.step(address).subject
    if back is None or not isinstance(subject, Find) or subject.kind not in USES:
        return None
    return subject if verb(job.step(back).operation) == "delete" else None
