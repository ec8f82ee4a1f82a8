"""What a call did to the entries of a map of a thing's, such as its tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bulkops.definition.expressions import Arg, Entries, Keys
from bulkops.definition.job import Step
from bulkops.definition.model.operations import operation
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.inverse import Done, Inverse
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.map_entries import held_map
from bulkops.planning.diff.state import StateValue
from bulkops.planning.inventory import Thing
from bulkops.planning.undo.standing import UndoState, standing_of

_MOVES = frozenset({"associate", "disassociate"})


class EntryMove(NamedTuple):
    """The entries that a call moved: each key's value before and after, None where there is none.

    `member` is the map as a write or a state names it; `column` gave its entries.
    """

    member: str
    column: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def entry_move(service: str, step: Step, done: Done, inverse: Inverse) -> EntryMove | None:
    """Return what a call did to the entries of a map; None where it was about something else."""
    if verb(step.operation) not in _MOVES:
        return None
    given = next(_maps(service, step, inverse.step), None)
    if given is None:
        return None
    member, column = given
    after, before = (_entries(service, each) for each in _sent(step, done, inverse))
    keys = [*after, *before]
    return EntryMove(
        member=member,
        column=column,
        old={key: before.get(key) for key in keys},
        new={key: after.get(key) for key in keys},
    )


def _sent(step: Step, done: Done, inverse: Inverse) -> Iterator[tuple[Step, Mapping[str, Any]]]:
    yield step, done.params
    yield inverse.step, inverse.params


def _maps(service: str, *steps: Step) -> Iterator[tuple[str, str]]:
    """Yield (member, column) of the maps that steps set, as they name them."""
    for step in steps:
        for name, arg in step.args.items():
            column = _column(arg)
            if column and operation(service, step.operation).member(name).type == "map":
                yield name, column


def _column(arg: Arg) -> str:
    return str(getattr(arg, "column", ""))


def _entries(service: str, sent: tuple[Step, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the entries that a call's params leave there; those of keys alone it takes off."""
    step, params = sent
    members = operation(service, step.operation).members
    maps = [name for name in step.args if members[name].type == "map"]
    keys = [name for name, arg in step.args.items() if isinstance(arg, Entries | Keys)]
    given: Mapping[str, Any] = {}
    for name in [*keys, *maps]:
        value = params.get(name) or {}
        given = value if name in maps else dict.fromkeys(value)
    return given


def entries_state(thing: Thing, move: EntryMove) -> UndoState:
    """Look at the entries of a map that a call moved; others of it are none of its matter."""
    held = held_map(thing.state or {}, move.member)
    now = {key: held[key] for key in move.new if key in held}
    back, since = (
        Difference(
            Argument(path=(move.member,), value=_held(entries), field=move.column),
            StateValue(now),
        )
        for entries in (move.old, move.new)
    )
    standing = standing_of(as_set=now == _held(move.new), before=now == _held(move.old))
    return UndoState(standing=standing, thing=thing, back=(back,), since=(since,))


def _held(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None}
