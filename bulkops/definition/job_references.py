"""What a person types for a job: a name, a path, or an operation with what is found by names."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.errors import JobError


def is_path(reference: str) -> bool:
    """Tell whether a reference is the path of a job file."""
    return reference.endswith(".py") or "/" in reference or "\\" in reference


def with_finds(reference: str, finds: Iterable[str]) -> str:
    """Return what to load so that members of an operation are found by names.

    Raises JobError for jobs that are no operation: they say themselves what they find.
    """
    named = list(finds)
    if named and (is_path(reference) or ":" not in reference):
        raise JobError(
            f"--find is for operations such as connect:UpdateQueueName, not {reference}."
        )
    return "+".join([reference, *named])
