"""A job as one target has it: with a column for each of the values that the target itself defines.

What is defined is kept with a run, so that the run goes on with the job that it began with whatever
becomes of the definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from bulkops.definition.catalogue import LoadedJob, load
from bulkops.definition.expressions import Arg, Keyed
from bulkops.definition.job import Column, Job, Kind, Step
from bulkops.definition.job_digest import digest
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.kinds.thing_kind import Defines, ValueForm
from bulkops.definition.thing_kinds import KINDS
from bulkops.suggestions import plain

_RESERVED = ("target", "action")
_OURS = "bulkops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A thing of a target that defines a value: its id, its name, and the type of the value.

    `options` are (value, name) of what there is to choose from.
    """

    id: str
    name: str
    type: str
    options: tuple[tuple[str, str], ...] = ()


def as_kept(definitions: Iterable[Definition]) -> list[dict[str, Any]]:
    """Return definitions as JSON."""
    return [asdict(each) for each in definitions]


def from_kept(kept: Iterable[Mapping[str, Any]]) -> tuple[Definition, ...]:
    """Return what `as_kept` was given."""
    return tuple(
        Definition(**{**each, "options": tuple((value, name) for value, name in each["options"])})
        for each in kept
    )


def as_defined(loaded: LoadedJob, definitions: Sequence[Definition]) -> LoadedJob:
    """Return a job that a target adds columns to with those columns; any other as it is."""
    words = loaded.job.defined
    defines = KINDS[words.kind].defines if words is not None else None
    if words is None or defines is None:
        return loaded
    columns: list[Column] = []
    items: list[Mapping[str, Arg]] = []
    for column, item in _added(loaded.job, words.argument, defines, definitions):
        columns.append(column)
        items.append(item)
    job = replace(
        loaded.job,
        defined=None,
        columns=(*loaded.job.columns, *columns),
        steps=tuple(_with_items(step, words.argument, items) for step in loaded.job.steps),
    )
    return replace(loaded, job=job, sha256=digest(job), definitions=tuple(definitions))


def load_defined(reference: str, kept: Iterable[Mapping[str, Any]] | None) -> LoadedJob:
    """Load a job as it was with definitions that were kept; None: with none."""
    loaded = load(reference)
    return loaded if kept is None else as_defined(loaded, from_kept(kept))


def _added(
    job: Job, argument: str, defines: Defines, definitions: Sequence[Definition]
) -> Iterator[tuple[Column, Mapping[str, Arg]]]:
    """Yield each new column with the element that it gives; what the job has already has none."""
    keyed = cast("Keyed", job.steps[0].args[argument])
    there = {item[keyed.by] for item in keyed.items}
    taken = {plain(name) for each in job.columns for name in (each.name, *each.aliases)}
    for each in definitions:
        form = defines.forms.get(each.type)
        if form is None or each.id in there or each.id in defines.own:
            continue
        name = _header(each.name, taken)
        taken.add(plain(name))
        col = Col(name)
        value: Arg = Find(form.finds, col) if form.finds else col
        yield _column(name, each, form), {keyed.by: each.id, "value": {form.member: value}}


def _header(name: str, taken: set[str]) -> str:
    """Return what a column is headed by: the thing's name, or one that no other column has."""
    word = plain(name)
    strange = word in taken or word in _RESERVED or word.startswith(_OURS)
    return f"{name} (field)" if strange else name


def _column(name: str, defined: Definition, form: ValueForm) -> Column:
    options = {value: (shown,) for value, shown in defined.options}
    chosen = f": {', '.join(shown for _, shown in defined.options)}" if options else ""
    return Column(
        name=name,
        kind=cast("Kind", form.column),
        spellings=options,
        help=f"A field of the domain, of type {defined.type}{chosen}.",
    )


def _with_items(step: Step, argument: str, items: Sequence[Mapping[str, Arg]]) -> Step:
    """Return a step, with its alternatives, that gives the new elements as well."""
    keyed = step.args.get(argument)
    args = step.args
    if isinstance(keyed, Keyed):
        args = {**args, argument: replace(keyed, items=(*keyed.items, *items))}
    others = tuple(_with_items(each, argument, items) for each in step.otherwise)
    return replace(step, args=args, otherwise=others)
