"""What differs between two instances as it is shown, and as one object for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bulkops.cli.output import Piece, console, count, say
from bulkops.cli.plan_output import print_target
from bulkops.planning.diff.long_texts import first_difference
from bulkops.planning.left_out import ALL
from bulkops.planning.promotion.compared_instances import BOTH, InstanceDiff
from bulkops.planning.promotion.instance_differences import (
    FieldDifference,
    SheetDifferences,
    Side,
    ThingDifference,
)
from bulkops.planning.target import Target

SHOWN = 40
"""Fields on the screen that differ; of more, all are in the file."""
NAMED = 12
"""Things of a sheet that are named where one side alone has them."""
NOTHING = "∅"
_BEFORE = 12
"""Characters shown before the place where two long values begin to differ."""
_NARROWEST = 24


def print_diff(found: InstanceDiff, path: Path | None, *, simulated: bool) -> None:
    """Print what differs, sheet by sheet, and what was not compared."""
    for target in (found.here, found.there):
        print_target(target, simulated=simulated)
    for note in found.notes:
        say(f"Note     {note}")
    here, there = found.labels
    if not found.is_empty:
        say(f"Shown    {here} → {there}")
    shown = _Shown(here, there)
    for each in found.sheets:
        shown.sheet(each)
    _print_same(found.sheets)
    shown.rest(path)
    _print_left_out(found)
    if path is not None:
        say(f"Written  {path}")


def _print_same(sheets: Sequence[SheetDifferences]) -> None:
    """Say how much is the same of the sheets on which nothing differs."""
    equal = [each for each in sheets if not each.found]
    same = count(sum(each.same for each in equal), "thing")
    if equal:
        say(f"The same {same} on {count(len(equal), 'sheet')}")
    for each in equal:
        if each.not_known:
            say(f"Not read {each.sheet}: {count(each.not_known, 'thing')}")


class _Shown:
    """Prints what differs of one sheet after another, as many fields as there is room for."""

    def __init__(self, here: str, there: str) -> None:
        self._here, self._there = here, there
        self.fields = 0
        """How many fields there were."""

    def sheet(self, sheet: SheetDifferences) -> None:
        """Print the counts of a sheet, and what differs of it."""
        if not sheet.found:
            return
        say(f"Differs  {sheet.sheet}: {', '.join(self._counts(sheet))}")
        for side, where in ((Side.HERE, self._here), (Side.THERE, self._there)):
            names = [each.key for each in sheet.found if each.side is side]
            if names:
                more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
                say(f"  only in {where}: {', '.join(names[:NAMED])}{more}")
        for each in sheet.found:
            if each.side is Side.BOTH:
                self._thing(each)

    def _counts(self, sheet: SheetDifferences) -> Iterator[str]:
        counts = sheet.counts()
        said = (
            (Side.BOTH, "differs" if counts.get(Side.BOTH) == 1 else "differ"),
            (Side.HERE, f"only in {self._here}"),
            (Side.THERE, f"only in {self._there}"),
        )
        yield from (f"{counts[side]:,} {words}" for side, words in said if counts.get(side))
        yield f"{sheet.same:,} the same"
        if sheet.not_known:
            yield f"{sheet.not_known:,} not compared"

    def _thing(self, thing: ThingDifference) -> None:
        if self.fields < SHOWN:
            say("  ", (thing.key, "bold"))
        for each in thing.fields:
            if self.fields < SHOWN:
                for line in self._field(each):
                    say(*line)
            self.fields += 1

    def _field(self, field: FieldDifference) -> Iterator[Sequence[Piece]]:
        """Yield a field on one line where that is wide enough, else what each side has on its own.

        Long values are cut to what stands around the place where they begin to differ.
        """
        width = console().width
        here, there = field.here or NOTHING, field.there or NOTHING
        line = f"    {field.field}: {here} → {there}"
        if len(line) <= width and "\n" not in line:
            yield (f"    {field.field}: ", (here, "red"), " → ", (there, "green"))
            return
        yield (f"    {field.field}",)
        indent = max(len(self._here), len(self._there)) + 1
        room = max(width - indent - 7, _NARROWEST)
        mine, theirs = cut(here, there, room)
        yield (f"      {f'{self._here}:':<{indent}} ", (mine, "red"))
        yield (f"      {f'{self._there}:':<{indent}} ", (theirs, "green"))

    def rest(self, path: Path | None) -> None:
        """Say where the fields are for which there was no room."""
        if self.fields > SHOWN:
            where = f"in {path}" if path else "with -o diff.xlsx or --output json"
            say(f"… and {count(self.fields - SHOWN, 'field')} more: all are {where}")


def cut(one: str, other: str, room: int) -> tuple[str, str]:
    """Return two texts on one line each, cut to `room` characters where they begin to differ."""
    one, other = (" ".join(each.split()) for each in (one, other))
    if max(len(one), len(other)) <= room:
        return one, other
    begin = max(first_difference(one, other) - _BEFORE, 0)
    return _part(one, begin, room), _part(other, begin, room)


def _part(text: str, begin: int, room: int) -> str:
    if len(text) <= room:
        return text
    head = "…" if begin else ""
    rest = text[begin:]
    room -= len(head)
    return head + (rest if len(rest) <= room else f"{rest[: room - 1]}…")


def _print_left_out(found: InstanceDiff) -> None:
    """Say what was not compared: of whole sheets by column, of single things how many."""
    whole = [each for each in found.left_out if each.thing == ALL]
    for sheet, rows in groupby(whole, lambda each: each.sheet):
        columns = ", ".join(
            each.what if each.where == BOTH else f"{each.what} (of {each.where})" for each in rows
        )
        say(f"Not read {sheet}: {columns}")
    rest = len(found.left_out) - len(whole)
    if rest:
        said = count(rest, "part") + " of single things"
        say(f'Not seen {said}: -o diff.xlsx has them on "Left out"')


def diff_as_json(found: InstanceDiff) -> dict[str, object]:
    """Return what differs as one object for scripts, a field each in `differences`."""
    return {
        **{
            side: _target_as_json(target, name)
            for side, target, name in zip(
                ("here", "there"), (found.here, found.there), found.labels, strict=True
            )
        },
        "differs": not found.is_empty,
        "sheets": {
            each.sheet: {
                **{side.value: each.counts().get(side, 0) for side in Side},
                "same": each.same,
                "not_known": each.not_known,
            }
            for each in found.sheets
        },
        "differences": [
            {"sheet": each.sheet, "thing": each.key, "side": each.side.value, **field}
            for sheet in found.sheets
            for each in sheet.found
            for field in _fields_as_json(each)
        ],
        "left_out": [each._asdict() for each in found.left_out],
        "calls": found.calls,
        "notes": found.notes,
    }


def _fields_as_json(thing: ThingDifference) -> Iterator[dict[str, str | None]]:
    for each in thing.fields:
        yield {"field": each.field, "here": each.here, "there": each.there}
    if not thing.fields:
        yield {"field": None, "here": None, "there": None}


def _target_as_json(target: Target, name: str) -> dict[str, str]:
    return {
        "name": name,
        "account": target.account,
        "region": target.region,
        "instance_id": target.instance_id,
        "alias": target.alias,
    }
