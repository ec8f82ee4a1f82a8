"""Which values a row must have, and which it must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.column_facts import feeds_of
from bulkops.definition.job import Column, Identity, Job
from bulkops.planning.existing_things import OnExists
from bulkops.planning.needed_values import is_judged_whole
from bulkops.planning.rows.cells import Flaw, Value
from bulkops.planning.rows.conditions import any_holds
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.needed_columns import always_required, may_find_it_there

_MEANS: Mapping[Identity, str] = {
    "CONNECT_MANAGED": "Amazon Connect itself",
    "SAML": "SAML",
    "EXISTING_DIRECTORY": "an existing directory",
}


def missing_for_new(
    job: Job, values: Mapping[str, Value], identity: Identity | None
) -> Iterator[tuple[str, Flaw]]:
    """Yield (column at fault, flaw) for each value that a row lacks to make something new."""
    for column in job.columns:
        if values.get(column.name) is not None:
            continue
        if column.required:
            message = f"{column.name} is missing: what is new needs it"
            yield column.name, Flaw(code="missing-value", message=message)
        elif identity in column.required_for:
            message = f"{column.name} is missing: {_users_of(identity)}"
            yield column.name, Flaw(code="missing-value", message=message)


class Requirements:
    """The values that each row of a sheet must have, and those that it must not.

    `identity` None: the instance is not known yet, and what depends on it is not looked at. A
    column that the sheet lacks as a whole is said once, of the headers.
    """

    def __init__(
        self, job: Job, headers: HeaderMap, identity: Identity | None, on_exists: OnExists
    ) -> None:
        self._identity = identity
        self._here = headers.columns
        self._new = not may_find_it_there(job, on_exists)
        self._always = {each.name for each in job.columns if always_required(job, each, on_exists)}
        self._columns = [column for column in job.columns if self._asks_for_something(column)]
        self._uses = dict(_conditional_uses(job))
        self._whole = {each.name for each in job.columns if is_judged_whole(job, each)}

    def _asks_for_something(self, column: Column) -> bool:
        return (
            column.required
            or column.required_if is not None
            or self._identity in (*column.required_for, *column.refused_for)
        )

    def unmet(self, values: Mapping[str, Value]) -> Iterator[tuple[str, Flaw]]:
        """Yield (column at fault, flaw) for each value that a row lacks or must not have."""
        yield from self._lacking(values)
        for column, uses in self._uses.items():
            other, _ = uses[0]
            unused = values.get(column) is not None and values.get(other) is not None
            if unused and not any_holds(uses, values):
                wanted = " or ".join(value for _, value in uses)
                message = f"{column} must be empty: it is used only where {other} is {wanted}"
                yield column, Flaw(code="unused-value", message=message)

    def _lacking(self, values: Mapping[str, Value]) -> Iterator[tuple[str, Flaw]]:
        identity = self._identity
        for column in self._columns:
            given = values.get(column.name) is not None
            if given and not column.refused_for:
                continue
            here = column.name in self._here
            if given and identity in column.refused_for:
                message = f"{column.name} must be empty: {_users_of(identity)}"
                yield column.name, Flaw(code="refused-here", message=message)
            elif here and not given and column.name in self._always:
                yield column.name, Flaw(code="missing-value", message=f"{column.name} is missing")
            elif self._new and here and not given and identity in column.required_for:
                message = f"{column.name} is missing: {_users_of(identity)}"
                yield column.name, Flaw(code="missing-value", message=message)
            elif not given and column.name not in self._whole and _is_due(column, values):
                other, value = column.required_if or ("", "")
                message = f"{column.name} is missing: it must be given where {other} is {value}"
                yield (column.name if here else other), Flaw(code="missing-value", message=message)


def _conditional_uses(job: Job) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the columns that only rows of some values of another column use, and those values."""
    for column in job.columns:
        steps = [feed.only_if for feed in feeds_of(job, column.name)]
        uses = tuple(dict.fromkeys(each for each in steps if each is not None))
        plain = column.default is None  # a default is for rows of every sort
        if plain and uses and None not in steps and len({other for other, _ in uses}) == 1:
            yield column.name, uses


def missing_columns(
    job: Job, headers: HeaderMap, identity: Identity, on_exists: OnExists
) -> Iterator[Flaw]:
    """Yield a flaw for each column that the sheet lacks and an instance of this type needs."""
    if may_find_it_there(job, on_exists):
        return
    for column in job.columns:
        needed = identity in column.required_for and column.default is None
        if needed and not column.required and column.name not in headers.columns:
            message = f'the sheet has no column "{column.name}": {_users_of(identity)}'
            yield Flaw(code="missing-column", message=message)


def _users_of(identity: Identity | None) -> str:
    means = _MEANS[identity] if identity is not None else ""
    return f"the instance manages its users with {means}"


def _is_due(column: Column, values: Mapping[str, Value]) -> bool:
    if column.required_if is None:
        return False
    other, value = column.required_if
    return values.get(other) == value
