"""The values that a call set, beside what was there before and what is there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from bulkops.definition.expressions import (
    Amended,
    Empty,
    Entries,
    Held,
    JsonText,
    Keys,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.homes import member_filled
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Addressed, Col, Find
from bulkops.definition.model.member_paths import dotted, key_at
from bulkops.definition.model.operations import MemberFacts, operation
from bulkops.definition.model.replacing_operations import merges
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.calls.argument_places import places
from bulkops.planning.calls.elements import Elements
from bulkops.planning.calls.keyed_elements import elements_by, holds_changes, keyed_by
from bulkops.planning.described_columns import described_args
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.state import StateValue, amended, kept, state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Placeholder


def _origin(origins: Mapping[Path, tuple[str, str]], path: Path) -> tuple[str, str]:
    """Return what fed a value, or the structure that it is in; else its own path."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return origins[path[:length]]
    return ".".join(path), ""


def _origins_kept(step: Step) -> dict[Path, tuple[str, str]]:
    return {
        tuple(was.path.split(".")): (KINDS[was.finds].noun if was.finds else was.path, was.finds)
        for was in step.kept
    }


@dataclass(frozen=True, slots=True)
class SetValue:
    """One value that a call set: `new` in place of `old`, and what is there `now`.

    `each` is the form of its elements, where rows have made a list together.
    """

    path: Path
    origin: tuple[str, str]
    each: Elements | None
    new: Any
    old: Any
    now: StateValue

    @property
    def back(self) -> Difference:
        """How what is there differs from what was before."""
        return self._difference(self.old)

    @property
    def since(self) -> Difference:
        """How what is there differs from what was set."""
        return self._difference(self.new)

    def _difference(self, value: Any) -> Difference:  # noqa: ANN401  # JSON
        field, kind = self.origin
        argument = Argument(path=self.path, value=value, field=field, finds=kind, each=self.each)
        return Difference(argument, self.now)


def set_values(
    service: str,
    step: Step,
    sent: tuple[Mapping[str, Any], Mapping[str, Any]],
    subject: Find,
    thing: Thing,
) -> Iterator[SetValue]:
    """Yield the values that a call set, as far as the thing's state tells of them.

    `sent` are what the call sent and what would take it back. Of a structure, which is replaced as
    a whole, also what is in it now.
    """
    kind, state = KINDS[subject.kind], thing.state or {}
    known = operation(service, step.operation).members
    told = (subject, *(subject.parts if isinstance(subject, Addressed) else ()))
    passed = {n for n, arg in step.args.items() if arg in told or isinstance(arg, Held)}
    passed.add(member_filled(service, step.operation, step.args))
    new = _leaves(step, sent[0], known, passed)
    own = {name for name in sent[1] if step.makes and name not in known}
    others = passed | own
    old = _leaves(step, sent[1], known, others)
    parts = merges(service, step.operation)
    fed = dict(origins(step)) | _origins_kept(step)
    lists = {
        path: Elements(arg) for path, arg in places(step.args, ()) if isinstance(arg, Together)
    }
    described = thing.described or bool(described_args(step))
    inside = () if parts else _held_inside(step, state, known, (new, old))
    for path in sorted({*new, *old, *inside}):
        now = state_value(state, path, kind, described=described)
        now = amended(now, kind, path, new.get(path, old.get(path)))
        if now.known and not isinstance(new.get(path), Placeholder):
            origin = _origin(fed, path)
            if parts and isinstance(new.get(path), Mapping):
                yield _part(path, origin, new[path], old.get(path) or {}, now.value or {})
                continue
            yield SetValue(path, origin, lists.get(path), new.get(path), old.get(path), now)


def _held_inside(
    step: Step,
    state: Mapping[str, Any],
    known: Mapping[str, MemberFacts],
    sent: tuple[Mapping[Path, Any], Mapping[Path, Any]],
) -> Iterator[Path]:
    """Yield the paths that a state holds inside the structures that a call replaces.

    `sent` are the values by path of the call, and of what would take it back.
    """
    new, old = sent
    members = {path[0] for path in (*new, *old) if len(path) > 1}
    for member in {each for each in members if not holds_changes(step, each)}:
        for path in kept(state, member, known, keyed_by(step, member)):
            # what the service added of itself to an element that was sent is nobody's change
            if not (key_at(path[1]) and any(path[:2] == each[:2] for each in new)):
                yield path


def _part(
    path: Path,
    origin: tuple[str, str],
    new: Mapping[str, Any],
    old: Mapping[str, Any],
    now: Mapping[str, Any],
) -> SetValue:
    """Return the entries of a map that a call set, of which the others are no concern of its."""
    there = {key: now[key] for key in new if key in now}
    before, after = ({k: v for k, v in each.items() if v != ""} for each in (old, new))
    return SetValue(path, origin, None, after, before, StateValue(there))


def _leaves(
    step: Step, params: Mapping[str, Any], known: Mapping[str, Any], passed: set[str]
) -> dict[Path, Any]:
    """Return the values of params by path, and not those of the members passed over.

    Structures are gone into, and lists that the step tells element by element; maps are values.
    """
    found: dict[Path, Any] = {}
    for name, value in params.items():
        by = keyed_by(step, name)
        if name not in passed:
            found |= _inside(elements_by(value, by) if by else value, (name,), known)
    return found


def _inside(value: Any, path: Path, known: Mapping[str, Any]) -> dict[Path, Any]:  # noqa: ANN401  # JSON
    if not isinstance(value, Mapping) or known[dotted(path)].type == "map":
        return {path: value}
    found: dict[Path, Any] = {}
    for name, inner in value.items():
        found |= _inside(inner, (*path, name), known)
    return found


def origins(step: Step) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield (path, (column, kind of what it finds)) of what a step's columns feed."""
    for path, arg in places(step.args, ()):
        inner = arg.item if isinstance(arg, Amended) else arg
        match inner:
            case Col() | Entries() | Keys():
                yield path, (inner.column, "")
            case Find():
                yield path, (inner.column, inner.kind)
            case JsonText():
                yield path, (inner.leaves[0].column, "")
            case Together():
                yield path, (Elements(inner).field, "")
            case Saved() | Was() | WasList() | Held() | Token() | Empty() | str() | int():
                continue
            case _ as never:
                assert_never(never)
