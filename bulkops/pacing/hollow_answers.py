"""Answers of success that say nothing of what was asked: not believed, and asked for again."""

from __future__ import annotations

from functools import cache

from bulkops.definition.model.operations import operation_model
from bulkops.pacing.error_codes import FOREIGN_ANSWER
from bulkops.pacing.replies import Fault, FaultClass, Outcome, Reply


def unless_hollow(outcome: Outcome, service: str, operation: str) -> Outcome:
    """Return what a read brought; a fault for a page without its list, or no thing described.

    A list with nothing in it is an answer: it says that there is nothing.
    """
    if not isinstance(outcome, Reply):
        return outcome
    wanted = substance(service, operation)
    if not wanted or not wanted.isdisjoint(outcome.data):
        return outcome
    return Fault(
        fault_class=FaultClass.TRANSIENT,
        code=FOREIGN_ANSWER,
        message=f"The answer to {operation} has no {' or '.join(sorted(wanted))}.",
        http_status=outcome.http_status,
        request_id=outcome.request_id,
    )


@cache
def substance(service: str, operation: str) -> frozenset[str]:
    """Return the members of which one at least is in every answer to a List, Search or Describe."""
    if operation.startswith(("List", "Search")):
        wanted = "list"
    elif operation.startswith("Describe"):
        wanted = "structure"
    else:
        return frozenset()
    shape = operation_model(service, operation).output_shape
    members = shape.members.items() if shape is not None else ()
    if wanted == "structure" and any(_is_single(member.type_name) for _, member in members):
        return frozenset(name for name, _ in members)  # the thing is not in a structure of its own
    return frozenset(name for name, member in members if member.type_name == wanted)


def _is_single(type_name: str) -> bool:
    return type_name not in ("structure", "list", "map")
