"""What is different between an element of a write and the entries of the list that it goes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulkops.definition.model.member_paths import EACH, value_at_dotted
from bulkops.definition.relations import RelationKind
from bulkops.planning.calls.argument import Argument
from bulkops.planning.diff.alike import met
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.state import StateValue
from bulkops.planning.indexed_entries import IndexedEntries


def entry_of(
    relation: RelationKind,
    element: Any,  # noqa: ANN401  # a structure or an id
    there: Sequence[Mapping[str, Any]],
) -> Mapping[str, Any] | None:
    """Return the entry of a list that an element of a write is about, None where there is none."""
    mine = {theirs: _named(element, path) for path, theirs in relation.identity.items()}
    for item in there.alike(mine) if isinstance(there, IndexedEntries) else there:
        if all(_is_same(value_at_dotted(item, theirs), value) for theirs, value in mine.items()):
            return item
    return None


def _is_same(there: Any, wanted: Any) -> bool:  # noqa: ANN401  # JSON values
    return bool(there == wanted) or (isinstance(there, list) and met(wanted, there))


def entry_differences(
    relation: RelationKind, arguments: Iterable[Argument], entry: Mapping[str, Any]
) -> list[Difference]:
    """Return the arguments of a batch's element that an entry of the list does not meet.

    What the list does not tell is a difference: it was not seen to be so.
    """
    found: list[Difference] = []
    if not relation.values:
        return found  # where it stands is all that there is of it
    for argument in arguments:
        if EACH not in argument.path or argument.default or argument.addresses:
            continue
        mine = ".".join(argument.path[argument.path.index(EACH) + 1 :])
        if any(path == mine or path.endswith(f".{mine}") for path in relation.identity):
            continue
        theirs = relation.values.get(mine)
        old = (
            StateValue(known=False)
            if theirs is None
            else StateValue(value_at_dotted(entry, theirs))
        )
        if not old.known or not met(argument.value, old.value):
            found.append(Difference(argument, old))
    return found


def entry_as_sent(
    relation: RelationKind,
    element: Any,  # noqa: ANN401  # a structure or an id
    there: Sequence[Mapping[str, Any]],
) -> bool:
    """Tell whether a list holds an element as it was sent; what was not sent is not compared."""
    entry = entry_of(relation, element, there)
    if entry is None:
        return False
    sent = (
        (value_at_dotted(element, mine), value_at_dotted(entry, theirs))
        for mine, theirs in relation.values.items()
    )
    return all(mine is None or met(mine, theirs) for mine, theirs in sent)


def _named(element: Any, path: str) -> Any:  # noqa: ANN401  # JSON values
    """Return what tells an element from others; a removal may name it without what is around it.

    `QueueReference.QueueId` of a queue to be added is the plain `QueueId` of one to be removed.
    """
    while value_at_dotted(element, path) is None and "." in path:
        path = path.partition(".")[2]
    return value_at_dotted(element, path)
