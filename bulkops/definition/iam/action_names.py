"""Which IAM actions an operation needs: mostly the one of its own name.

`action_names.json` holds what differs, from the services' own guides to permissions: "operations"
that need actions of other names, by botocore's names of the services, "dependents" that the
reference leaves out and CloudFormation's handlers ask for, and the service that a role is
"passed_to", by prefix.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bulkops.definition.iam.reference import other_prefixes, reference
from bulkops.definition.model.operations import operation_model, service_model

BY_PATH = frozenset({"apigateway", "apigatewayv2"})
"""Services whose actions are the methods of HTTP, on the path that is called."""
BY_TOKEN = frozenset({"connectparticipant"})
"""Services whose operations are to be sent unsigned: a token in them is the authority (API
reference of the Participant Service)."""


@cache
def iam_prefix(service: str) -> str:
    """Return the prefix of a service's actions: the name under which it signs, but for a few."""
    other = other_prefixes().get(service)
    if other is not None:
        return other
    metadata = service_model(service).metadata
    return str(metadata.get("signingName") or metadata["endpointPrefix"])


def actions_of(service: str, operation: str) -> tuple[str, ...]:
    """Return the actions that an operation needs, its own first; none where IAM has no say."""
    model = operation_model(service, operation)
    if service in BY_TOKEN or model.is_unsigned:
        return ()
    prefix = iam_prefix(service)
    if service in BY_PATH:
        return (f"{prefix}:{model.http['method']}",)
    said = _table()["operations"].get(service, {}).get(operation, operation)
    return tuple(_action(prefix, name) for name in said.split())


def path_of(service: str, operation: str) -> str:
    """Return the path that an operation calls where that is its resource; empty elsewhere."""
    return str(operation_model(service, operation).http["requestUri"]) if service in BY_PATH else ""


def along_with(action: str) -> tuple[str, ...]:
    """Return the actions that a service checks along with one, each once."""
    prefix, _, name = action.partition(":")
    known = reference(prefix)
    entry = known.actions.get(name) if known is not None else None
    more = _table()["dependents"].get(action, ())
    return tuple(dict.fromkeys((*(entry.along if entry is not None else ()), *more)))


def tagging(action: str) -> str:
    """Return the action that IAM checks where something new is given tags; empty for none."""
    prefix, _, name = action.partition(":")
    known = reference(prefix)
    noun = name.removeprefix("Create")
    if known is None:
        return ""
    found = (each for each in ("TagResource", f"Tag{noun}", "AddTagsToResource", "AddTags"))
    return next((f"{prefix}:{each}" for each in found if each in known.actions), "")


def passed_to(prefix: str) -> str:
    """Return the service that takes the roles which are passed to a prefix; empty: not known."""
    return str(_table()["passed_to"].get(prefix, ""))


def _action(prefix: str, name: str) -> str:
    """Return an action as IAM spells it, which knows no case: s3:PutBucketCORS."""
    if ":" in name:
        return name
    known = reference(prefix)
    spelt = _spellings(prefix).get(name.lower(), name) if known is not None else name
    return f"{prefix}:{spelt}"


@cache
def _spellings(prefix: str) -> Mapping[str, str]:
    known = reference(prefix)
    return {name.lower(): name for name in known.actions} if known is not None else {}


@cache
def _table() -> Any:  # noqa: ANN401  # JSON
    return json.loads((files(__package__) / "action_names.json").read_text(encoding="utf-8"))
