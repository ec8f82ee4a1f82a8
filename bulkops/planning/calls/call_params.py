"""From what a row sets to a request, and whether the service's model would accept it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bulkops.definition.column_facts import feeds_of
from bulkops.definition.job import Identity, Job, Step
from bulkops.definition.model.operations import filled_member, operation
from bulkops.definition.model.request_check import Violation, violations
from bulkops.planning.calls.arguments import Argument, params_of
from bulkops.planning.calls.placeholders import is_placeholder
from bulkops.planning.rows.cells import Flaw

_PLACE = re.compile(r"\[[0-9]+\]")
_ENTRY = re.compile(r"\{.*$")


def request_of(
    service: str,
    step: Step,
    arguments: Iterable[Argument],
    instance_id: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Return a request's params, InstanceId filled where the operation takes one."""
    filled = filled_member(service)
    takes = filled in operation(service, step.operation).members
    return params_of(arguments, {filled: instance_id} if takes else None)


def refusals(
    job: Job,
    address: str,
    step: Step,
    params: Mapping[str, Any],
    identity: Identity | None,
) -> Iterator[tuple[tuple[str, ...], Flaw]]:
    """Yield (columns at fault, flaw) for each way in which the model would refuse a request.

    Placeholders count as given. No column is at fault where the member is fed by none.
    """
    found = violations(job.service, step.operation, params, identity=identity, skip=is_placeholder)
    for violation in found:
        yield _columns_at(job, address, violation.path), _flaw(step, violation)


def _flaw(step: Step, violation: Violation) -> Flaw:
    says = f"; allowed: {violation.allowed}" if violation.allowed else ""
    return Flaw(
        code="refused-by-model",
        message=f"{step.operation}: {violation.path} {violation.message}{says}",
        found=violation.found,
        allowed=violation.allowed,
    )


def _columns_at(job: Job, address: str, path: str) -> tuple[str, ...]:
    """Return the columns that feed the member at a violation's path, or something inside it."""
    place = _ENTRY.sub("", _PLACE.sub("[]", path))
    return tuple(
        column.name
        for column in job.columns
        for feed in feeds_of(job, column.name)
        if feed.address == address and _touches(feed.path, place)
    )


def _touches(fed: str, place: str) -> bool:
    return fed == place or fed.startswith(f"{place}.") or place == f"{fed}[]"
