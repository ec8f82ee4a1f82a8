"""How many rows one call of a step carries."""

from __future__ import annotations

from bulkops.definition.errors import JobError
from bulkops.definition.model import operation
from bulkops.definition.words import Each, Step


def batched_member(step: Step) -> str:
    """Return the argument that takes one element for each row; empty for a call per row."""
    return next((name for name, arg in step.args.items() if isinstance(arg, Each)), "")


def batch_size(service: str, step: Step) -> int:
    """Return the most rows that one call of a step carries, as the model's list allows; else 1.

    Raises JobError where a step sends a list of which no limit is known.
    """
    name = batched_member(step)
    if not name:
        return 1
    most = operation(service, step.operation).member(name).limits.maximum
    if most is None:
        raise JobError(f"{step.operation}: how many {name} one call takes is not known.")
    return int(most)
