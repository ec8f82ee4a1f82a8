"""What one row has a step set: each value with its place in the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, assert_never

from bulkops.definition.job import (
    Arg,
    Col,
    Each,
    Find,
    Job,
    Saved,
    Step,
    Token,
    leaves,
    sets_values,
    verb,
)
from bulkops.definition.model.member_paths import EACH, holds_arn
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cells import Clear, Secret, Single, Value
from bulkops.planning.rows.clear_values import emptied

Path: TypeAlias = tuple[str, ...]
FindId: TypeAlias = Callable[[Find, str, bool], Any]
"""(what to find, name, whether its ARN is wanted) → id or ARN; None: it can't be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One value of a call. `value` None: the member is left out so as to empty it.

    `field` is the column that gives it, or the member's path for a constant. `finds` is the kind
    of thing whose id it is. `addresses`: it says which thing is meant and sets nothing of it.
    `default`: the cell is blank, the value is for something new.
    """

    path: Path
    value: Any
    field: str = ""
    finds: str = ""
    addresses: bool = False
    default: bool = False

    @property
    def dotted(self) -> str:
        """The path as the facts of an operation name it: `QueueConfigs[].Priority`."""
        return ".".join(self.path).replace(f".{EACH}", EACH)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentSource:
    """Where a row's values come from: its cells, the inventory, what earlier steps returned."""

    values: Mapping[str, Value]
    find: FindId
    defaulted: frozenset[str] = frozenset()
    known: Mapping[str, Any] = field(default_factory=dict)


def arguments_of(service: str, step: Step, source: ArgumentSource) -> list[Argument]:
    """Return what a row has a step set; cells that are blank set nothing."""
    return list(_Walk(service, step, source).structure(step.args, ()))


def params_of(
    arguments: Iterable[Argument], filled: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Build a request's params; `filled` are members that the target gives, such as InstanceId."""
    params: dict[str, Any] = dict(filled or {})
    for argument in arguments:
        if argument.value is not None:
            node = params
            for name in argument.path[:-1]:
                node = node.setdefault(name, {})
            node[argument.path[-1]] = argument.value
    return {name: _listed(value) for name, value in params.items()}


LATER = Placeholder(kind="found")
"""Stands for an id that is not looked up yet."""


def asks_for_nothing(job: Job, values: Mapping[str, Value], defaulted: frozenset[str]) -> bool:
    """Tell whether all that a row's steps would do is to set values, and all of these are blank."""
    source = ArgumentSource(
        values=values, defaulted=defaulted, find=lambda _find, _name, _arn: LATER
    )
    due = [step for step in job.steps if not step.when or values.get(step.when) is not None]
    return all(
        sets_values(step.operation)
        and sets_nothing(job, step, arguments_of(job.service, step, source))
        for step in due
    )


def sets_nothing(job: Job, step: Step, arguments: Iterable[Argument]) -> bool:
    """Tell whether a step sets values, and every cell that it would set one by is blank."""
    if not sets_values(step.operation):
        return False
    columns = {
        leaf.column
        for arg in step.args.values()
        for leaf in leaves(arg)
        if isinstance(leaf, Col | Find) and leaf != step.about
    }
    set_here = (each for each in arguments if not each.addresses and each.field not in job.key)
    return bool(columns - set(job.key)) and not any(set_here)


def _listed(value: Any) -> Any:  # noqa: ANN401  # whatever a request holds
    """Turn the element of a batch into a list of one."""
    if isinstance(value, dict) and value.keys() == {EACH}:
        return [value[EACH]]
    return value


@dataclass(frozen=True, slots=True)
class _Walk:
    service: str
    step: Step
    source: ArgumentSource

    def structure(self, args: Mapping[str, Arg], path: Path) -> Iterator[Argument]:
        for name, arg in args.items():
            yield from self.argument(arg, (*path, name))

    def argument(self, arg: Arg, path: Path) -> Iterator[Argument]:
        match arg:
            case Each():
                yield from self.argument(arg.item, (*path, EACH))
            case Mapping():
                yield from self.structure(arg, path)
            case Col():
                yield from self._cell(arg, path)
            case Find():
                yield from self._found(arg, path)
            case Saved():
                value = self.source.known.get(arg.name, Placeholder(kind="saved", name=arg.name))
                yield Argument(path=path, value=value, addresses=True)
            case Token():
                yield Argument(path=path, value=Placeholder(kind="token"), addresses=True)
            case str() | int():
                yield Argument(path=path, value=arg, field=".".join(path))
            case _ as never:
                assert_never(never)

    def _cell(self, arg: Col, path: Path) -> Iterator[Argument]:
        value = self.source.values.get(arg.name)
        if isinstance(value, Clear):
            yield from self._cleared(arg, path)
        elif value is not None:
            default = arg.name in self.source.defaulted
            yield Argument(path=path, value=_sent(arg, value), field=arg.name, default=default)

    def _found(self, arg: Find, path: Path) -> Iterator[Argument]:
        value = self.source.values.get(arg.by.name)
        if isinstance(value, Clear):
            yield from self._cleared(arg.by, path, arg.kind)
        elif value is not None:
            arn = holds_arn(path[-1])
            names = value if isinstance(value, tuple) else (value,)
            ids = [self.source.find(arg, str(name), arn) for name in names]
            if None not in ids:
                yield Argument(
                    path=path,
                    value=ids if isinstance(value, tuple) else ids[0],
                    field=arg.by.name,
                    finds=arg.kind,
                    addresses=arg == self.step.about,
                    default=arg.by.name in self.source.defaulted,
                )

    def _cleared(self, arg: Col, path: Path, finds: str = "") -> Iterator[Argument]:
        """Say how a member is emptied; of what is new there is nothing to empty."""
        argument = Argument(path=path, value=None, field=arg.name, finds=finds)
        if verb(self.step.operation) != "create":
            empty = emptied(self.service, self.step, argument.dotted)
            argument = replace(argument, value=empty.value if empty else None)
        yield argument


def _sent(arg: Col, value: Single | tuple[Single, ...] | Mapping[str, str] | Secret) -> Any:  # noqa: ANN401  # whatever a request holds
    """Return a cell's value as a request holds it; a secret is filled in when it is sent."""
    match value:
        case Secret():
            return Placeholder(kind="secret", name=arg.name)
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case str() | int():
            return value
        case _ as never:
            assert_never(never)
