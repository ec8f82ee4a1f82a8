"""The least IAM policy that jobs need, as the document that IAM takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkops.account.job_access import needed
from bulkops.definition.access import checked_along
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

    def fill(self, resource: str) -> str:
        """Return a resource's ARN here."""
        return resource.format(
            partition=self.partition,
            region=self.region,
            account=self.account,
            instance_id=self.instance_id,
        )


def policy(jobs: Iterable[Job], places: Sequence[PolicyScope], *, undo: bool = True) -> Document:
    """Return the policy that lets jobs be planned, run and, with `undo`, taken back.

    Actions on the same resources share a statement, whose Sid names what they act on. "*" stands
    alone where the service lets an action name no resource.
    """
    groups: dict[tuple[str, ...], set[str]] = {}
    for action, resources in _allowed(jobs, undo=undo):
        groups.setdefault(resources, set()).add(action)
    statements = [
        {
            "Sid": _sid(resources),
            "Effect": "Allow",
            "Action": sorted(allowed),
            "Resource": sorted({place.fill(each) for place in places for each in resources}),
        }
        for resources, allowed in groups.items()
    ]
    return {"Version": VERSION, "Statement": statements}


def _allowed(jobs: Iterable[Job], *, undo: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each action with its resources, sorted, and what the service checks along with it."""
    for job in jobs:
        for access in needed(job):
            if access.purpose == "undo" and not undo:
                continue
            yield access.action, tuple(sorted(access.resources))
            for action, resources in checked_along(access):
                yield action, tuple(sorted(resources))


def _sid(resources: Iterable[str]) -> str:
    """Return a Sid that names resources, such as "AgentAndRoutingProfile": others get another."""
    return "And".join(_word(each) for each in resources)


def _word(resource: str) -> str:
    if resource == ANY:
        return "Everywhere"
    in_instance = ":instance/" in resource
    segments = resource.split("/")[2:] if in_instance else resource.split(":")[5].split("/")
    kind = segments[0] if segments else "instance"
    return "Anything" if kind == ANY else "".join(part.title() for part in kind.split("-"))


def letter_count(document: Document) -> int:
    """Return how many letters of a policy count against its quota."""
    return len(json.dumps(document, separators=(",", ":")))
