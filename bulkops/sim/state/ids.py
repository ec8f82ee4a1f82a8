"""Ids and ARNs: drawn from a seed and a counter, so that the same history gives the same names.

ARN forms are those of the service authorization reference for Amazon Connect.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping

SEGMENTS: Mapping[str, str] = {
    "user": "agent",
    "routing-profile": "routing-profile",
    "security-profile": "security-profile",
    "queue": "queue",
    "quick-connect": "transfer-destination",
    "hierarchy-group": "agent-group",
    "hierarchy-level": "agent-group-level",
    "agent-status": "agent-state",
    "prompt": "prompt",
    "hours-of-operation": "operating-hours",
    "hours-of-operation-override": "operating-hours-override",
    "contact-flow": "contact-flow",
    "contact-flow-module": "flow-module",
    "contact-flow-alias": "contact-flow-alias",
    "contact-flow-module-alias": "flow-module-alias",
    "view": "view",
    "vocabulary": "vocabulary",
    "rule": "rule",
    "task-template": "task-template",
    "evaluation-form": "evaluation-form",
    "data-table": "data-table",
    "data-table-attribute": "data-table-attribute",
    "data-table-value": "data-table-value",
}
"""Kind of thing → the word that stands for it in an ARN."""


def drawn(*parts: object) -> bytes:
    """Return 32 bytes that look random and depend on nothing but the parts."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()


def identifier(*parts: object) -> str:
    """Return a UUID that depends on nothing but the parts."""
    return str(uuid.UUID(bytes=drawn(*parts)[:16], version=4))


def fraction(*parts: object) -> float:
    """Return a number in [0, 1) that depends on nothing but the parts."""
    return int.from_bytes(drawn(*parts)[:7]) / 2**56


def instance_arn(region: str, account: str, instance_id: str) -> str:
    """Return the ARN of an instance."""
    return f"arn:aws:connect:{region}:{account}:instance/{instance_id}"


def thing_arn(instance: str, kind: str, thing_id: str) -> str:
    """Return the ARN of a thing, given the ARN of its instance."""
    if kind == "campaign":  # of a service of its own
        below = instance.rpartition(":")[0].replace(":connect:", ":connect-campaigns:")
        return f"{below}:campaign/{thing_id}"
    if kind == "phone-number":  # numbers belong to the account, and not to one instance
        return f"{instance.rpartition(':')[0]}:phone-number/{thing_id}"
    return f"{instance}/{SEGMENTS[kind]}/{thing_id}"
