"""What can be wrong with a job's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkops.definition.column_facts import Feed, facts_of, feeds_of
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.expressions import Amended, leaves
from bulkops.definition.gathered_rows import own_columns
from bulkops.definition.item_answers import item_answers
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.operations import operation
from bulkops.errors import JobError
from bulkops.suggestions import nearest_hint, plain

_COLUMN_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def column_faults(job: Job) -> Iterator[str]:
    """Yield what is wrong with the columns: their names, words, uses, keys and secrets."""
    for check in (_names, _references, _keys, _columns, _values, _secrets):
        yield from check(job)


def _names(job: Job) -> Iterator[str]:
    seen: dict[str, str] = {}
    for column in job.columns:
        if not _COLUMN_NAME.fullmatch(column.name):
            yield f'column "{column.name}": small letters and digits, underscores between them.'
        for name in (column.name, *column.aliases):
            owner = seen.setdefault(plain(name), column.name)
            if owner != column.name:
                yield f'columns {owner} and {column.name} both answer to the header "{name}".'
    names = [column.name for column in job.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"column {name} is declared more than once."


def _references(job: Job) -> Iterator[str]:
    """Columns that are named must be declared, and those declared must be used."""
    declared = [column.name for column in job.columns]
    used = {name for name, _ in _mentions(job)}
    for name, where in _mentions(job):
        if name not in declared:
            yield f"{where}: there is no column {name}. {nearest_hint(name, declared)}".rstrip()
    fed = used | {column.required_if[0] for column in job.columns if column.required_if}
    for name in declared:
        if name not in fed:
            yield f"column {name} is not used by any step."


def _mentions(job: Job) -> Iterator[tuple[str, str]]:
    for address, step in job.addresses():
        where = f"step {address} ({step.operation})"
        for arg in step.args.values():
            for leaf in leaves(arg):
                if isinstance(leaf, Col | Find):
                    yield leaf.column, where
            if isinstance(arg, Amended):
                yield arg.by.name, where
        yield from ((column, where) for column in _spoken_of(step))


def _spoken_of(step: Step) -> Iterator[str]:
    """Yield the columns that a step reads beside those that fill its arguments."""
    yield from (said.column for said in step.expects.values())
    yield from (column for upload in step.uploads.values() for column in upload.columns)
    for column, among in step.among.items():
        yield from (column, among.of.column)
    if step.when:
        yield step.when
    if step.only_if is not None:
        yield step.only_if[0]
    yield from _finding(step.about)


def _finding(about: Find | None) -> Iterator[str]:
    """Yield the columns of the names by which a thing is found."""
    if about is not None:
        yield from about.columns
        if about.renamed is not None:
            yield about.renamed.column


def _tells_items_apart(job: Job) -> bool:
    """Tell whether rows are items of one of several sorts, each with a name of its own sort."""
    return any(item_answers(job.service, step.operation) is not None for step in job.steps)


def _keys(job: Job) -> Iterator[str]:
    columns = {column.name: column for column in job.columns}
    own = own_columns(job) if job.steps else frozenset[str]()
    if not job.key:
        yield "the job has no key: nothing tells its rows apart."
    for name in job.key:
        column = columns.get(name)
        if column is None:
            yield f"key: there is no column {name}. {nearest_hint(name, columns)}".rstrip()
            continue
        lacks = not column.required and column.default is None and name not in own
        if lacks and not _tells_items_apart(job):
            yield f"key column {name} must be required."
        if column.secret:
            yield f"key column {name} can't be secret: reports name rows by it."
        several = _holds_several(column) and not _tells_items_apart(job)
        if name not in own and several and _better_keys(job):
            yield f"key column {name} must hold one value."


_IN_FILES = ("text", "json", "flow")


def _columns(job: Job) -> Iterator[str]:
    columns = {column.name: column for column in job.columns}
    for column in job.columns:
        if column.kind not in COLUMN_KINDS:
            hint = nearest_hint(column.kind, COLUMN_KINDS)
            yield f'column {column.name}: there is no kind "{column.kind}". {hint}'.rstrip()
        if not column.help:
            yield f"column {column.name} has no help text."
        both = sorted(set(column.required_for) & set(column.refused_for))
        if both:
            yield f"column {column.name} is both required and refused for {', '.join(both)}."
        if column.required_if is not None and column.required_if[0] not in columns:
            other = column.required_if[0]
            hint = nearest_hint(other, columns)
            yield f"column {column.name}: there is no column {other}. {hint}".rstrip()
        if column.kind in ("json", "flow") and (column.split or column.spellings):
            yield f"column {column.name} holds JSON, which says by itself what is several."
        if column.file and (column.secret or column.split or column.kind not in _IN_FILES):
            yield f"column {column.name} takes files: only one text or JSON that is no secret does."
        yield from _default(column)


def _better_keys(job: Job) -> list[str]:
    """Return the columns of one value that every row must have, and that are no part of the key."""
    return [
        column.name
        for column in job.columns
        if column.required
        and column.name not in job.key
        and not (column.secret or _holds_several(column))
    ]


def _holds_several(column: Column) -> bool:
    return bool(column.split) or _is_map(column)


def _is_map(column: Column) -> bool:
    kind = COLUMN_KINDS.get(column.kind)
    return kind is not None and kind.is_map


def _default(column: Column) -> Iterator[str]:
    if column.default is None:
        return
    kind = COLUMN_KINDS.get(column.kind)
    if kind is not None and type(column.default) is not kind.types[0]:
        yield f"column {column.name} holds {column.kind}, its default is {column.default!r}."
    if column.required:
        yield f"column {column.name} is required: its default would never be used."


def _values(job: Job) -> Iterator[str]:
    """Words that stand for a column's values must be among those that the model allows."""
    for column, name, word in _said_values(job):
        choices = _choices(job, name)
        if choices and word not in choices:
            hint = nearest_hint(word, choices)
            allowed = ", ".join(choices)
            yield f"column {column}: {word} is not one of {allowed}. {hint}".rstrip()


def _said_values(job: Job) -> Iterator[tuple[str, str, str]]:
    for column in job.columns:
        for word in column.spellings:
            yield column.name, column.name, word
        if isinstance(column.default, str):
            yield column.name, column.name, column.default
        if column.required_if is not None:
            yield column.name, *column.required_if
    for _, step in job.addresses():
        if step.only_if is not None:
            yield step.only_if[0], *step.only_if


def _choices(job: Job, column: str) -> tuple[str, ...]:
    try:
        return facts_of(job, column).value.one_of
    except (JobError, KeyError):
        return ()  # said by the checks of operations, members and columns


def _secrets(job: Job) -> Iterator[str]:
    for column in job.columns:
        feeds = feeds_of(job, column.name)
        taken = [feed for feed in feeds if _takes_secret(job, feed)]
        if taken and not column.secret:
            place = f"{taken[0].operation}.{taken[0].path}"
            yield f"column {column.name} feeds {place}, which is secret: say secret=True."
        if column.secret and all(_takes_secret(job, feed) is False for feed in feeds):
            yield f"column {column.name} is secret, but feeds no secret member."


def _takes_secret(job: Job, feed: Feed) -> bool | None:
    """Tell whether a place takes a secret; None where there is no such place, said elsewhere."""
    try:
        return operation(job.service, feed.operation).holds_secret(feed.path)
    except JobError:
        return None
