"""From names to things: by the inventory, and what is wrong where it holds none or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.definition.kinds.found_things import said_address
from bulkops.definition.thing_kinds import KINDS, article
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.rows.cell_text import not_ascii
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.target import Target
from bulkops.planning.thing_ids import misfit
from bulkops.suggestions import Choices, Hint

UNKNOWN_NAME = "unknown-name"
"""The code of a name that nothing bears."""


def _which_one(kind: str) -> str:
    if KINDS[kind].sought is not None:
        return "Write the id of the one that is meant."
    return "Write the whole path." if KINDS[kind].has_paths else ""


_LATE = "What was made or changed a moment ago is found some seconds later."


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one instance. What was looked for in vain is remembered: sheets repeat it."""

    inventory: Inventory
    target: Target | None = None
    """The instance whose names they are: what an ARN is told by."""
    _missing: dict[tuple[str, str], Flaw] = field(default_factory=dict)
    _choices: dict[str, Choices] = field(default_factory=dict)
    _twins: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def things(self, kind: str, name: str) -> Sequence[Thing]:
        """Return the things that a name may mean; `/Sales` is the group at the top alone."""
        things = self.inventory.find(kind, name)
        if things or not (name.startswith("/") and KINDS[kind].has_paths):
            return things
        return self.at_path(kind, name.removeprefix("/"))

    def at_path(self, kind: str, path: str) -> Sequence[Thing]:
        """Return the thing whose whole path a text is: no other that bears its last name."""
        found = self.inventory.find(kind, path)
        return [thing for thing in found if self.inventory.name_of(kind, thing.id) == path]

    def one(self, kind: str, name: str, *, whole: bool = False) -> Thing | Flaw:
        """Return the thing that a name means, or what is wrong with it; `whole`: it is a path."""
        things = self.at_path(kind, name) if whole else self.things(kind, name)
        if len(things) == 1:
            return things[0]
        return self._ambiguous(kind, name, things) if things else self._unknown(kind, name)

    def absent(self, kind: str, name: str) -> Flaw:
        """Say that what a name means is not there, with the nearest name that is."""
        return Flaw(
            code="not-there",
            message=f'"{said_address(name)}" {_is_none(kind)}: nothing to do',
            found=name,
            hint=Hint(self._names_of(kind), name),
        )

    def twin(self, kind: str, name: str) -> Flaw | None:
        """Say which name of a kind differs from a new one by case alone, if any does."""
        if kind not in self._twins:
            known = self.inventory.names(kind)
            self._twins[kind] = {each.casefold(): each for each in known}
        other = self._twins[kind].get(name.casefold())
        if other is None or other == name:
            return None
        return Flaw(
            code="differs-by-case",
            message=f'"{name}" differs from the {KINDS[kind].noun} "{other}" by case alone',
            found=name,
            hint="Amazon Connect may take both for one name, and people will.",
        )

    def misfit(self, kind: str, name: str) -> str:
        """Return what an ARN is that can mean nothing of a kind here; empty for all else."""
        if self.target is None or KINDS[kind].address is not None:
            return ""
        return misfit(kind, name, self.target)

    def _names_of(self, kind: str) -> Choices:
        if kind not in self._choices:
            self._choices[kind] = Choices(self.inventory.names(kind))
        return self._choices[kind]

    def _unknown(self, kind: str, name: str) -> Flaw:
        if (kind, name) not in self._missing:
            said = said_address(name)
            strange, other = not_ascii(said), self.misfit(kind, name)
            late = KINDS[kind].sought is not None
            is_no = _is_none(kind)
            self._missing[kind, name] = Flaw(
                code=UNKNOWN_NAME,
                message=f'"{said}" {other or is_no}',
                found=said,
                hint=Hint(
                    self._names_of(kind),
                    name,
                    otherwise=f"It holds {strange}." if strange else _LATE if late else "",
                ),
            )
        return self._missing[kind, name]

    def _ambiguous(self, kind: str, name: str, things: Sequence[Thing]) -> Flaw:
        """Say what a name may mean: paths where they tell the things apart, else ids."""
        paths = sorted(self._path(kind, thing) for thing in things)
        if len(set(paths)) < len(paths):
            paths = sorted(thing.id for thing in things)
        noun = KINDS[kind].noun
        return Flaw(
            code="ambiguous-name",
            message=f'more than one {noun} is named "{name}": {", ".join(paths)}',
            found=name,
            allowed=", ".join(paths),
            hint=_which_one(kind),
        )

    def _path(self, kind: str, thing: Thing) -> str:
        path = self.inventory.name_of(kind, thing.id)
        return path if "/" in path or not KINDS[kind].has_paths else f"/{path}"


def _is_none(kind: str) -> str:
    found = KINDS[kind]
    if found.address is not None:
        return f"is no {found.noun} that {found.address.operation} finds"
    if kind.count(":") > 1:
        return f"is no {found.noun} that {found.listing.operation} lists"
    return f"is not {article(found.noun)} of this instance"
