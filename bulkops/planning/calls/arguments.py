"""What one row has a step set: each value with its place in the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from bulkops.definition.gathered_rows import element_columns
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Addressed, Col, Find, Leaf, Parent
from bulkops.definition.model.member_paths import EACH, holds_arn
from bulkops.definition.model.operations import operation
from bulkops.definition.model.pairs import pair_at
from bulkops.definition.verbs import sets_values, verb
from bulkops.planning.calls.argument import LATER, Argument, ArgumentRead, ArgumentSource, Path
from bulkops.planning.calls.argument_places import PlacedArg, constants_beside, places
from bulkops.planning.calls.elements import Elements
from bulkops.planning.calls.gathered_lists import gathered_read, lists_inside
from bulkops.planning.calls.json_texts import json_text
from bulkops.planning.calls.rival_members import own_members, rival_members
from bulkops.planning.calls.sent_values import sent_value
from bulkops.planning.calls.uploaded_files import upload_reads
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cells import Clear, LaterText, Secret, Value
from bulkops.planning.rows.clear_values import emptied
from bulkops.planning.rows.conditions import holds
from bulkops.planning.rows.paths import leaf_of, parent_of


class StepArguments:
    """A step's arguments, each with its place found once, to be filled by one row after another.

    `address` is the step's in `Job.addresses`.
    """

    def __init__(self, job: Job, address: str, step: Step) -> None:
        self.address = address
        self.step = step
        self.does = verb(step.operation)
        self.rivals, self.own = rival_members(job, step), own_members(job, step)
        self.service = job.service
        about = step.about
        self._addresses = () if about is None else (about, about.within, *_parts(about))
        self.flows = frozenset(column.name for column in job.columns if column.kind == "flow")
        self._members = operation(job.service, step.operation).members
        placed = list(places(step.args, ()))
        self._reads = [self._read(arg, path) for path, arg in placed] + [*upload_reads(step)]
        self._beside = constants_beside(placed)
        cells = [arg for _, arg in placed if isinstance(arg, Col | Find | Amended | Entries | Keys)]
        cells += [leaf for _, arg in placed if isinstance(arg, JsonText) for leaf in arg.leaves]
        fed = {arg.column for arg in cells if arg not in self._addresses}
        self._set_by = (fed - set(job.key)) | set(element_columns(step))
        constants = {at for at, arg in placed if isinstance(arg, str | int | Empty)}
        keyed = {at[:-1] for at, arg in placed if _column_of(arg) in job.key}  # always sent
        fixed = {".".join(at) for at in constants if at[:-1] in keyed or at not in self._beside}
        sets = sets_values(step.operation) and bool(self._set_by)
        self._may_be_blank = sets and fixed <= set(job.key)
        self.by_path = any(isinstance(arg, Parent) and arg.by == _named(step) for _, arg in placed)
        """Whether the thing that the step makes is named by its path, so that no other is meant."""

    def is_due(self, values: Mapping[str, Value]) -> bool:
        """Tell whether a row has a value, or the value, in the column that the step waits for."""
        step = self.step
        if step.only_if is not None and not holds(step.only_if, values):
            return False
        return not step.when or values.get(step.when) is not None

    def is_blank(self, values: Mapping[str, Value]) -> bool:
        """Tell whether the step sets values, and every cell that it would set one by is blank."""
        return self._may_be_blank and self._set_by.isdisjoint(values)

    def of(self, source: ArgumentSource) -> list[Argument]:
        """Return what a row has the step set; cells that are blank set nothing."""
        found = [argument for read in self._reads if (argument := read(source)) is not None]
        if not self._beside:
            return found
        said = (each for each in found if each.value is not None)
        given = {each.path[:-1] for each in said if each.path not in self._beside}
        return [each for each in found if each.path not in self._beside or each.path[:-1] in given]

    def _read(self, arg: PlacedArg, path: Path) -> ArgumentRead:  # noqa: C901, PLR0911, PLR0912  # a word each
        match arg:
            case Leaf():
                return self._leaf(arg, path)
            case Parent():
                return self._parent(arg, path)
            case Col():
                return self._cell(arg, path)
            case Find():
                return self._found(arg, path)
            case Amended():
                return self._amended(arg, path)
            case Entries():
                return self._entries(arg, path)
            case Keys():
                return self._keys(arg, path)
            case Saved(name):
                saved = Placeholder(kind="saved", name=name)
                return lambda source: Argument(path, source.known.get(name, saved), addresses=True)
            case Together():
                return self._list(arg, path)
            case JsonText():
                return self._json(arg, path)
            case Token():
                token = Argument(path, Placeholder(kind="token"), addresses=True)
                return lambda _: token
            case Held():
                later = Argument(path, LATER, addresses=True)
                return lambda _: later
            case Was() | WasList():
                return lambda _: None  # the plan keeps it, and only taking back sends it
            case str() | int() | Empty():
                fixed = Argument(path, {} if isinstance(arg, Empty) else arg, ".".join(path))
                return lambda _: fixed
            case _ as never:
                assert_never(never)

    def _flow(self, name: str, path: Path) -> ArgumentRead:
        def read(source: ArgumentSource) -> Argument | None:
            flow = source.values.get(name)
            if not isinstance(flow, str | LaterText):
                return None  # a blank cell
            return Argument(path, source.flow(name, flow), name)

        return read

    def _cell(self, arg: Col, path: Path) -> ArgumentRead:
        name = arg.name
        if name in self.flows:
            return self._flow(name, path)
        member = self._members.get(Argument(path, None).dotted)
        sent_to = member.type if member is not None else ""
        pair = pair_at(self._members, member.path) if sent_to == "list" and member else None
        secret, addresses = Placeholder(kind="secret", name=name), arg in self._addresses

        def read(source: ArgumentSource) -> Argument | None:
            value = source.values.get(name)
            if value is None:
                return None
            sent: Any = value
            if type(value) is not str:  # what most values are
                if isinstance(value, Clear):
                    return self._cleared(arg, path)
                # a secret is filled in when it is sent
                sent = secret if isinstance(value, Secret) else sent_value(value, sent_to, pair)
            return Argument(path, sent, name, "", addresses, name in source.defaulted)

        return read

    def _found(self, arg: Find, path: Path) -> ArgumentRead:
        name, arn = arg.column, arg.arn or holds_arn(path[-1])
        addresses = arg in self._addresses

        def read(source: ArgumentSource) -> Argument | None:
            value = source.values.get(name)
            if value is None:
                return None
            if type(value) is str:  # what most values are
                sent = source.find(arg, value, arn)
                default = name in source.defaulted
                if sent is None:
                    return None
                return Argument(path, sent, name, arg.kind, addresses, default)
            if isinstance(value, Clear):
                return self._cleared(arg.by, path, arg.kind)
            named = value if isinstance(value, tuple) else (value,)
            ids = [source.find(arg, str(each), arn) for each in named]
            if None in ids:
                return None
            sent = ids if isinstance(value, tuple) else ids[0]
            return Argument(path, sent, name, arg.kind, addresses, name in source.defaulted)

        return read

    def _leaf(self, arg: Leaf, path: Path) -> ArgumentRead:
        given = self._cell(arg, path)

        def read(source: ArgumentSource) -> Argument | None:
            found = given(source)
            return found and found._replace(value=found.value and leaf_of(found.value))

        return read

    def _parent(self, arg: Parent, path: Path) -> ArgumentRead:
        name, arn = arg.column, arg.arn or holds_arn(path[-1])

        def read(source: ArgumentSource) -> Argument | None:
            above = parent_of(str(source.values.get(name, "")))
            sent = source.find(arg, above, arn) if above else None
            return None if sent is None else Argument(path, sent, name, arg.kind)

        return read

    def _amended(self, arg: Amended, path: Path) -> ArgumentRead:
        named, by = self._read(arg.item, path), arg.by.name

        def read(source: ArgumentSource) -> Argument | None:
            found = named(source)
            return found and found._replace(way=str(source.values.get(by, "")))

        return read

    def _entries(self, arg: Entries, path: Path) -> ArgumentRead:
        given = self._cell(arg.keys, path)

        def read(source: ArgumentSource) -> Argument | None:
            found = given(source)
            return found and found._replace(held=arg.path)

        return read

    def _keys(self, arg: Keys, path: Path) -> ArgumentRead:
        if isinstance(arg.of, Entries):
            return self._entries(arg.of, path)
        given = self._cell(arg.of, path)

        def read(source: ArgumentSource) -> Argument | None:
            found = given(source)
            return found and found._replace(value=list(found.value or ()))

        return read

    def _list(self, arg: Together, path: Path) -> ArgumentRead:
        elements = Elements(arg, lists_inside(self._members, (*path, EACH), arg))
        reads = [self._read(each, (*path, EACH, *inside)) for inside, each in elements.places]
        return gathered_read(elements, reads, path, needed=self._is_needed(path))

    def _json(self, arg: JsonText, path: Path) -> ArgumentRead:
        reads = [(leaf, self._read(leaf, path)) for leaf in dict.fromkeys(arg.leaves)]

        def read(source: ArgumentSource) -> Argument | None:
            found = [(leaf, each) for leaf, given in reads if (each := given(source)) is not None]
            given = {leaf: each.value for leaf, each in found if each.value is not None}
            text = json_text(arg, given)
            return (
                None if text is None else Argument(path, text, next(iter(given)).column, text=arg)
            )

        return read

    def _is_needed(self, path: Path) -> bool:
        """Tell whether a list must be given to make something, be it empty."""
        member = operation(self.service, self.step.operation).member(".".join(path))
        return self.does == "create" and member.required

    def _cleared(self, arg: Col, path: Path, finds: str = "") -> Argument:
        """Say how a member is emptied; of what is new there is nothing to empty."""
        argument = Argument(path, None, arg.name, finds)
        if verb(self.step.operation) == "create":
            return argument
        empty = emptied(self.service, self.step, argument.dotted)
        return argument._replace(value=empty.value if empty else None)


def _parts(about: Find) -> tuple[Col, ...]:
    """Return the columns that address a thing, each with a part."""
    return about.parts if isinstance(about, Addressed) else ()


def _column_of(arg: PlacedArg) -> str:
    return arg.column if isinstance(arg, Col | Find) else ""


def _named(step: Step) -> Col | None:
    """Return the column by whose name a step's subject is found."""
    return step.subject.by if isinstance(step.subject, Find) else None


def step_arguments(job: Job) -> dict[str, StepArguments]:
    """Return the arguments of each step of a job, by its address."""
    return {address: StepArguments(job, address, step) for address, step in job.addresses()}


def own_steps(arguments: Mapping[str, StepArguments]) -> list[StepArguments]:
    """Return the steps that each row goes through in turn, without alternatives and undo steps."""
    return [step for address, step in arguments.items() if "." not in address]


def asks_for_nothing(steps: Iterable[StepArguments], values: Mapping[str, Value]) -> bool:
    """Tell whether all that a row's steps would do is to set values, and all of these are blank."""
    return all(step.is_blank(values) for step in steps if step.is_due(values))
