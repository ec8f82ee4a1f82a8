"""Conditions that make an allowed action less, where its resources can't say it.

The places of the target are open in them as in an ARN.
"""

from __future__ import annotations

from collections.abc import Collection

from bulkops.definition.iam.acted_on import EVERYWHERE, INSTANCE
from bulkops.definition.iam.action_names import passed_to
from bulkops.definition.iam.reference import reference

Condition = tuple[str, str, str]
"""Operator, condition key, value."""
OF_INSTANCE: Condition = ("StringEqualsIfExists", "connect:InstanceId", "{instance_id}")
"""Of what lies outside of the instance, only for this one. Where the service leaves the key out
of a request, nothing is lost: then the resources alone decide."""
IN_REGION: Condition = ("StringEquals", "aws:RequestedRegion", "{region}")


def conditions_of(
    action: str, resources: Collection[str], caller: str = ""
) -> tuple[Condition, ...]:
    """Return the conditions of an action on resources; `caller` is the prefix that checks it."""
    prefix, _, name = action.partition(":")
    principal = passed_to(caller)
    if action == "iam:PassRole" and principal:
        return (("StringEquals", "iam:PassedToService", principal),)
    known = reference(prefix)
    if known is None:
        return ()
    if tuple(resources) == EVERYWHERE:
        return (IN_REGION,) if known.has_regions else ()
    entry = known.actions.get(name)
    inside = all(each == INSTANCE or each.startswith(f"{INSTANCE}/") for each in resources)
    if entry is not None and "connect:InstanceId" in entry.keys and not inside:
        return (OF_INSTANCE,)
    return ()
