"""The least IAM policy that jobs need, as the document that IAM takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.account.job_access import needed
from bulkops.account.statement_names import named_apart
from bulkops.definition.access import IamAction, checked_along
from bulkops.definition.homes import everywhere
from bulkops.definition.iam.conditions import Condition, conditions_of
from bulkops.definition.job import Job

VERSION = "2012-10-17"
ANY = "*"
MOST_LETTERS = 6144
"""Letters that a managed policy may have, white space not counted (IAM quotas page)."""

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyScope:
    """What the ARNs of a policy are filled with; by default every instance of the account."""

    partition: str = "aws"
    region: str = ANY
    account: str = ANY
    instance_id: str = ANY
    homes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Name of what things lie in beside the instance → its id."""

    def fill(self, text: str) -> str:
        """Return a resource's ARN, or the value of a condition, here."""
        return text.format(
            partition=self.partition,
            region=self.region,
            account=self.account,
            instance_id=self.instance_id,
            **{**everywhere(ANY), **self.homes},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One action on resources, their places open; `access` is the operation that needs it."""

    action: str
    resources: tuple[str, ...]
    access: IamAction = field(repr=False)
    along: bool = False
    """Whether a service checks it beside the operation's own."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that make it less."""
        caller = self.access.action.partition(":")[0]
        return conditions_of(self.action, self.resources, caller)


def policy(jobs: Iterable[Job], places: Sequence[PolicyScope], *, undo: bool = True) -> Document:
    """Return the policy that lets jobs be planned, run and, with `undo`, taken back.

    Actions on the same resources under the same conditions share a statement, whose Sid names what
    they act on. "*" stands alone where the service lets an action name no resource.
    """
    return document([each for job in jobs for each in allowed(job, undo=undo)], places)


def document(wanted: Iterable[Allowed], places: Sequence[PolicyScope]) -> Document:
    """Return the policy that allows actions in places."""
    groups: dict[str, dict[str, Any]] = {}
    for each in wanted:
        said = _filled(each, places)
        group = groups.setdefault(json.dumps(said), {"actions": set(), **said})
        group["actions"].add(each.action)
    names = named_apart([group["Resource"] for group in groups.values()])
    statements = [
        {"Sid": name, "Effect": "Allow", "Action": sorted(group.pop("actions")), **group}
        for name, group in zip(names, groups.values(), strict=True)
    ]
    return {"Version": VERSION, "Statement": statements}


def _filled(wanted: Allowed, places: Sequence[PolicyScope]) -> dict[str, Any]:
    """Return resources and conditions as IAM takes them.

    A condition that would hold for any value is left out.
    """
    resources = sorted({place.fill(each) for place in places for each in wanted.resources})
    conditions: dict[str, dict[str, list[str]]] = {}
    for operator, key, value in wanted.conditions:
        values = sorted({place.fill(value) for place in places})
        if ANY not in values:
            conditions.setdefault(operator, {})[key] = values
    return {"Resource": resources, **({"Condition": conditions} if conditions else {})}


def allowed(job: Job, *, undo: bool = True) -> Iterator[Allowed]:
    """Yield each action that a job needs, and what the service checks along with it."""
    for access in needed(job):
        if not access.action or (access.purpose == "undo" and not undo):
            continue
        resources = tuple(sorted(access.resources))
        yield Allowed(action=access.action, resources=resources, access=access)
        for action, others in checked_along(access):
            resources = tuple(sorted(others))
            yield Allowed(action=action, resources=resources, access=access, along=True)


def unasked(jobs: Iterable[Job]) -> tuple[str, ...]:
    """Return the operations of jobs in which IAM has no say, as service:Operation."""
    found = (access for job in jobs for access in needed(job) if not access.action)
    return tuple(dict.fromkeys(f"{each.service}:{each.operation}" for each in found))


def letter_count(document: Document) -> int:
    """Return how many letters of a policy count against its quota."""
    return len(json.dumps(document, separators=(",", ":")))
