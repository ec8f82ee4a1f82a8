"""On which resources the actions of a service act."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bulkops.definition.iam.reference import reference

INSTANCE = "arn:{partition}:connect:{region}:{account}:instance/{instance_id}"
"""ARN of an instance, the places of the target open."""
ANYTHING = f"{INSTANCE}/*"
"""Whatever an instance holds."""
EVERYWHERE = ("*",)
SERVICE_ROLES = ("arn:{partition}:iam::{account}:role/aws-service-role/*",)
"""The roles that only AWS's services may take, which they make for themselves."""
MOST_TYPES = 8
"""Types of resource that a statement names; of more, what their ARNs have in common."""

_OF_ANYTHING = frozenset({"TagResource", "UntagResource", "ListTagsForResource"})
"""Act on whatever bears tags: more types than a policy has room for, so all of an instance."""
_ROLE_CHANGES = frozenset(
    f"iam:{name}"
    for name in (
        *("CreateServiceLinkedRole", "AttachRolePolicy", "PutRolePolicy"),
        *("DetachRolePolicy", "DeleteRolePolicy", "GetRolePolicy"),
    )
)


def resources_of(action: str) -> tuple[str, ...]:
    """Return the ARNs that an action acts on; "*" where IAM lets it name no resource.

    One of Amazon Connect that the table lacks may be for anything in an instance. What other
    services check an unknown one on can't be told, so it is allowed on "*".
    """
    prefix, _, operation = action.partition(":")
    if prefix == "connect" and operation in _OF_ANYTHING:
        return (ANYTHING,)
    known = reference(prefix)
    entry = known.actions.get(operation) if known is not None else None
    if known is None or entry is None:
        return (INSTANCE, ANYTHING) if prefix == "connect" else EVERYWHERE
    arns = tuple(known.resources[kind] for kind in entry.on)
    return (in_common(arns),) if len(arns) > MOST_TYPES else arns or EVERYWHERE


def resources_along(
    action: str, others: Collection[str], own: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ARNs that an action acts on which a service checks along with the `others`.

    What it does to a role beside making one for itself, it does to that one alone; and what it
    tags is of those types, `own`, that the operation itself acts on.
    """
    if action in _ROLE_CHANGES and "iam:CreateServiceLinkedRole" in {action, *others}:
        return SERVICE_ROLES
    prefix, _, name = action.partition(":")
    known = reference(prefix)
    if prefix != "connect" and "Tag" in name and known is not None and name in known.actions:
        tagged = [known.resources[kind] for kind in known.actions[name].on]
        return tuple(each for each in own if each in tagged) or resources_of(action)
    return resources_of(action)


def resources_at(path: str) -> tuple[str, ...]:
    """Return the ARN of what an operation of API Gateway acts on: the path that it calls."""
    called = "/".join("*" if part.startswith("{") else part for part in path.split("/"))
    return (f"arn:{{partition}}:apigateway:{{region}}::{called}",)


def in_common(arns: Collection[str]) -> str:
    """Return the ARN that covers others: the fields that they share, and * for the rest."""
    fields = zip(*(arn.split(":", 5) for arn in arns), strict=True)
    return ":".join(each[0] if len(set(each)) == 1 else "*" for each in fields)


def arns_by_type() -> Mapping[str, str]:
    """Return the ARN of each type of thing of Amazon Connect, * for its id."""
    known = reference("connect")
    return known.resources if known is not None else {}
