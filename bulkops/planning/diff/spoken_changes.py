"""Differences in the words of the sheet: names in place of ids, long texts shortened, no secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bulkops.definition.column_kinds import written
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.placeholders import with_stand_ins
from bulkops.planning.calls.uploaded_files import said_of
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.flow_texts import told_changes
from bulkops.planning.diff.list_amendments import removed
from bulkops.planning.diff.long_texts import LONG, shortened
from bulkops.planning.diff.state import StateValue
from bulkops.planning.diff.text_parts import parts, parts_changed
from bulkops.planning.inventory import Inventory
from bulkops.planning.plan import Change, ListChange, Placeholder
from bulkops.planning.rows.cells import MASK

NOT_KNOWN = "(not known)"


def changes(found: Iterable[Difference], inventory: Inventory) -> tuple[Change, ...]:
    """Return differences in the words of the sheet: names in place of ids, no secret.

    Of a flow they are those of its blocks.
    """
    return tuple(
        [
            change
            for argument, old in _told_apart(found)
            for change in _changes_of(argument, old, inventory)
        ]
    )


def _changes_of(argument: Argument, old: StateValue, inventory: Inventory) -> tuple[Change, ...]:
    told = told_changes(
        argument.field, old.value, with_stand_ins(argument.value), inventory.name_of
    )
    if told:
        return told
    less, more = _said_parts(argument, old)
    before = _said(argument, less, inventory) if old.known else NOT_KNOWN
    return (_change(argument.field, before, _said(argument, more, inventory)),)


def _told_apart(found: Iterable[Difference]) -> Iterator[Difference]:
    for argument, old in found:
        text = argument.text
        told = None if text is None else parts_changed(argument, text, old.value)
        if told is None:
            yield Difference(argument, old)
        else:
            yield from (Difference(part, StateValue(before)) for part, before in told)


def list_changes(found: Iterable[Difference], inventory: Inventory) -> tuple[ListChange, ...]:
    """Return of the lists that rows make together what is added and removed, in words."""
    return tuple(
        ListChange(
            argument.field,
            added=tuple(argument.each.said(each, inventory.name_of) for each in more),
            removed=tuple(argument.each.said(each, inventory.name_of) for each in less),
        )
        for argument, old in found
        if argument.each is not None
        for less, more in (_said_parts(argument, old),)
    )


def changes_to_new(arguments: Iterable[Argument], inventory: Inventory) -> tuple[Change, ...]:
    """Return what something new is made with in the words of the sheet, as changes from nothing."""
    return tuple(
        [_change(each.field, "", _said(each, each.value, inventory)) for each in parts(arguments)]
    )


def _change(field: str, old: str, new: str) -> Change:
    if len(old) > LONG or len(new) > LONG:
        old, new = shortened(old, new)
    return Change(field=field, old=old, new=new)


def _said_parts(argument: Argument, old: StateValue) -> tuple[Any, Any]:
    """Return what is told of an old value and a new one: of long lists, what differs."""
    if argument.each is None or not old.known:
        return old.value, argument.value
    there, new = old.value or [], argument.value or []
    return removed(there, new), removed(new, there)


def _said(argument: Argument, value: Any, inventory: Inventory) -> str:  # noqa: ANN401  # JSON
    value = with_stand_ins(value)
    match value:
        case str():
            return inventory.name_of(argument.finds, value) if argument.finds else value
        case list() if argument.each is not None:
            return "; ".join(argument.each.said(each, inventory.name_of) for each in value)
        case None | Placeholder():
            return _hidden(value)
        case list() | tuple():
            return "; ".join(_said(argument, each, inventory) for each in value)
        case float():
            # As the service answers it, 3.0: the digests of saved plans stand on these texts.
            return str(value)
    text = written(value)
    return inventory.name_of(argument.finds, text) if argument.finds else text


def _hidden(value: Placeholder | None) -> str:
    """Return what is said of a value that is not known yet: a name, or what tells files apart."""
    if value is None or value.said:
        return "" if value is None else value.said
    return MASK if value.holds is None else said_of(value.holds)
