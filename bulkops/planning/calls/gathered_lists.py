"""Lists that the rows about one thing make together, as the argument of their one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.definition.expressions import Together
from bulkops.definition.model.operations import MemberFacts
from bulkops.planning.calls.argument import Argument, ArgumentRead, ArgumentSource, Path
from bulkops.planning.calls.elements import Elements
from bulkops.planning.diff.list_amendments import Amendment, added


def lists_inside(members: Mapping[str, MemberFacts], path: Path, arg: Together) -> frozenset[Path]:
    """Return the paths inside an element, which stands at `path`, where the model has a list."""
    inside = (each for each, _ in Elements(arg).places)
    return frozenset(
        each for each in inside if members[Argument((*path, *each), None).dotted].type == "list"
    )


def gathered_read(
    elements: Elements, reads: Sequence[ArgumentRead], path: Path, *, needed: bool
) -> ArgumentRead:
    """Return what reads a list from rows; `reads` read what stands in an element of one row.

    Where no row says anything there is no argument, unless the list is `needed`, be it empty.
    """

    def read(source: ArgumentSource) -> Argument | None:
        said: list[tuple[str, list[Any]]] = []
        for values, defaulted in source.rows or ((source.values, source.defaulted),):
            row = source._replace(values=values, defaulted=defaulted)
            found = [each(row) for each in reads]
            cells = [each for each in found if each is not None and each.value is not None]
            if any(each.field in values and not each.default for each in cells):
                made = elements.made([(each.path[len(path) + 1 :], each.value) for each in cells])
                how = "replace" if elements.how is None else str(values.get(elements.how.name))
                said.append((how, made))
        return _made_together(path, elements, said) if said or needed else None

    return read


def _made_together(path: Path, elements: Elements, said: list[tuple[str, list[Any]]]) -> Argument:
    """Return the list that rows make; of a thing that is there, they may be less than the whole."""
    kept, gone = (
        tuple(added((), [each for how, made in said if (how == "remove") is away for each in made]))
        for away in (False, True)
    )
    whole = all(how == "replace" for how, _ in said)
    amends = None if whole else Amendment(add=kept, remove=gone)
    return Argument(path, list(kept), elements.field, each=elements, amends=amends)
