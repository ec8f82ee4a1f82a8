"""Whether a step's arguments fit what its operation takes: members, types, what must be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bulkops.definition.column_kinds import COLUMN_KINDS, ColumnKind, kind_of
from bulkops.definition.expressions import (
    WAYS,
    Amended,
    Arg,
    Each,
    Empty,
    Entries,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.file_uploads import Upload
from bulkops.definition.homes import member_filled
from bulkops.definition.item_answers import numbered_at
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import EACH, under
from bulkops.definition.model.operations import input_shape, operation
from bulkops.definition.model.pairs import pair_in
from bulkops.definition.model.shapes import Shape
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import Verb, verb
from bulkops.suggestions import nearest_hint


def misfits(job: Job, address: str, step: Step) -> Iterator[str]:
    """Yield how a step's arguments don't fit its operation; JobError if there is no such one."""
    shape = input_shape(job.service, step.operation)
    token = operation(job.service, step.operation).token
    fit = _Fit(
        columns={column.name: column for column in job.columns},
        token=token,
        number=numbered_at(job.service, step.operation),
        verb=verb(step.operation),
        subject=isinstance(step.subject, Find),
    )
    if shape is None:
        faults = [f"{name}: {step.operation} takes no arguments." for name in step.args]
    else:
        filled = member_filled(job.service, step.operation, step.args)
        uploaded: dict[str, Arg] = {name: Saved(upload.id) for name, upload in step.uploads.items()}
        faults = list(fit.structure(shape, {**step.args, **uploaded}, "", filled=filled))
        faults += [fault for each in step.uploads.values() for fault in _upload(job, fit, each)]
    for fault in faults:
        yield f"step {address} ({step.operation}): {fault}"


def _upload(job: Job, fit: _Fit, upload: Upload) -> Iterator[str]:
    """Yield what is wrong with how a step puts a file somewhere."""
    shape, answer = (
        input_shape(job.service, upload.operation),
        operation(job.service, upload.operation),
    )
    filled = member_filled(job.service, upload.operation, upload.args)
    args = dict(upload.args)
    yield from () if shape is None else fit.structure(shape, args, "", filled=filled)
    for member in (upload.id, upload.url, upload.headers):
        if member not in answer.output:
            yield f"{upload.operation} does not answer with {member}."
    column = fit.columns.get(upload.file.name)
    if column is not None and not column.file:
        yield f"column {column.name} is put as a file, and takes none."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    columns: Mapping[str, Column]
    token: str
    number: str
    """Where each item of a list bears a token of its own; empty: nowhere."""
    verb: Verb
    subject: bool
    several: bool = False
    """Whether each value of a cell makes an element of its own."""

    def structure(
        self, shape: Shape, args: Mapping[str, Arg], path: str, *, filled: str = ""
    ) -> Iterator[str]:
        for name in shape.required_members:
            if name not in args and name != filled:
                yield f"{under(path, name)} must be given."
        for name, arg in args.items():
            where = under(path, name)
            if name not in shape.members:
                hint = nearest_hint(name, shape.members)
                yield f"there is no member {where}. {hint}".rstrip()
            elif name == filled:
                yield f"{where} is filled by the target: leave it out."
            else:
                yield from self.value(shape.members[name], arg, where)

    def value(self, shape: Shape, arg: Arg, path: str) -> Iterator[str]:  # noqa: C901, PLR0912  # a case a word
        kind = shape.type_name
        match arg:
            case Col():
                yield from self._column(shape, arg, path, found=False)
            case Find():
                yield from self._find(shape, arg, path)
            case Amended() | Entries() | Keys():
                yield from self._of_what_is_there(shape, arg, path)
            case JsonText() if kind == "string":
                finds = (leaf.kind for leaf in arg.leaves if isinstance(leaf, Find))
                yield from (
                    f'{path}: there is no kind "{each}".' for each in set(finds) - set(KINDS)
                )
            case Token():
                if path not in (self.token, self.number):
                    takes = f"; the token goes to {self.token}" if self.token else ""
                    yield f"{path} takes no client token{takes}."
            case Each() if kind == "list":
                if "." in path or "[" in path:
                    yield f"{path}: Each stands at the top of the arguments only."
                yield from self.value(shape.member, arg.item, f"{path}{EACH}")
            case Together() if kind == "list":
                within = replace(self, several=True)
                yield from within.value(shape.member, arg.item, f"{path}{EACH}")
            case Keyed() if kind == "list" and shape.member.type_name == "structure":
                yield from self._keyed(shape.member, arg, path)
            case Mapping() if kind == "structure":
                yield from self.structure(shape, arg, path)
            case Empty() if kind == "structure":
                yield from self.structure(shape, {}, path)
            case JsonText():
                yield f"{path} is a {kind}, not a text of JSON."
            case Each() | Keyed() | Together() | Empty() | Mapping():
                wanted = "a structure" if isinstance(arg, Mapping | Empty) else "a list"
                wanted += " of structures" if isinstance(arg, Keyed) else ""
                yield f"{path} is a {kind}, not {wanted}."
            case WasList() if kind != "list" or arg.relation not in RELATIONS:
                yield f"{path} is a {kind}, not the list {arg.relation}."
            case Saved() | Was() | WasList() | Held():
                return
            case _:
                yield from _constant(shape, arg, path)

    def _find(self, shape: Shape, arg: Find, path: str) -> Iterator[str]:
        if arg.kind not in KINDS:
            hint = nearest_hint(arg.kind, KINDS)
            yield f'{path}: there is no kind "{arg.kind}". {hint}'.rstrip()
        yield from self._column(shape, arg.by, path, found=True)

    def _of_what_is_there(
        self, shape: Shape, arg: Amended | Entries | Keys, path: str
    ) -> Iterator[str]:
        match arg:
            case Amended():
                yield from self._amended(shape, arg, path)
            case Keys():
                yield from self._keys(shape, arg, path)
            case _:
                if shape.type_name != "map":
                    yield f"{path} is a {shape.type_name}, not a map."
                yield from self._list_of_keys(arg, path)

    def _amended(self, shape: Shape, arg: Amended, path: str) -> Iterator[str]:
        yield from self.value(shape, arg.item, path)
        if shape.type_name != "list":
            yield f"{path} is a {shape.type_name}: only a list is amended."
        by = self.columns.get(arg.by.name)
        if by is not None and sorted(by.spellings) != sorted(WAYS):
            ways = ", ".join(WAYS)
            yield f"{path} is amended by column {by.name}, whose spellings are not {ways}."
        if self.verb != "update" or not self.subject:
            yield f"{path} is amended, but only an update of a thing has a list to amend."

    def _keyed(self, shape: Shape, arg: Keyed, path: str) -> Iterator[str]:
        if "." in path or "[" in path:
            yield f"{path}: Keyed stands at the top of the arguments only."
        keys = [item.get(arg.by) for item in arg.items]
        if not all(isinstance(key, str) for key in keys) or len(set(map(str, keys))) < len(keys):
            yield f"{path}: each element says a constant of its own for {arg.by}."
        for item in arg.items:
            yield from self.structure(shape, item, f"{path}{EACH}")

    def _keys(self, shape: Shape, arg: Keys, path: str) -> Iterator[str]:
        if shape.type_name != "list":
            yield f"{path} is a {shape.type_name}, not a list of keys."
        if isinstance(arg.of, Entries):
            yield from self._list_of_keys(arg.of, path)
            return
        column = self.columns.get(arg.of.name)
        held = COLUMN_KINDS.get(column.kind) if column is not None else None
        if held is not None and not held.is_map:
            yield f"{path}: column {arg.of.name} holds no map, whose keys could be sent."

    def _list_of_keys(self, arg: Entries, path: str) -> Iterator[str]:
        column = self.columns.get(arg.column)
        if column is not None and not column.split:
            yield f"{path}: column {arg.column} holds one value, not a list of keys."
        if not self.subject:
            yield f"{path} speaks of entries, but the step has no thing that could hold them."

    def _column(self, shape: Shape, col: Col, path: str, *, found: bool) -> Iterator[str]:
        column = self.columns.get(col.name)
        held = COLUMN_KINDS.get(column.kind) if column is not None else None
        if column is None or held is None:
            return  # said by the checks of columns
        kind = shape.type_name
        if column.split and not held.is_map and not (self.several and kind != "list"):
            if kind != "list":
                yield f"{path} takes one value, column {col.name} holds several."
                return
            kind = shape.member.type_name
        if found:
            held = COLUMN_KINDS["text"]
        if held.is_map and column.kind == "map" and pair_in(shape) is not None:
            return
        if kind not in held.feeds or (held.members and not _fills(held, shape)):
            yield f"{path} is a {kind}, column {col.name} holds {column.kind}."


def _fills(held: ColumnKind, shape: Shape) -> bool:
    """Tell whether a kind fills a whole structure, where it is one: all its members, no others."""
    inner = shape.member if shape.type_name == "list" else shape
    return inner.type_name != "structure" or inner.members.keys() == held.members


def _constant(shape: Shape, arg: str | int, path: str) -> Iterator[str]:
    kind = shape.type_name
    if kind not in kind_of(arg).feeds:
        yield f"{path} is a {kind}, not {arg!r}."
        return
    choices = shape.metadata.get("enum", ())
    if choices and arg not in choices:
        hint = nearest_hint(str(arg), choices)
        yield f"{path}: {arg!r} is not one of {', '.join(choices)}. {hint}".rstrip()
