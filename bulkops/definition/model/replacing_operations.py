"""Operations that set all of a thing anew, so that what a request leaves out is lost.

The models don't tell them from those that change what is given alone.
"""

from __future__ import annotations

_REPLACING = frozenset(
    {
        # Amazon Connect API reference: each sets all properties of what it names
        ("connect", "UpdateDataTableMetadata"),
        ("connect", "UpdateDataTableAttribute"),
        ("connect", "UpdateEvaluationForm"),
    }
)


def replaces_all(service: str, operation: str) -> bool:
    """Tell whether an operation must be sent all that a thing is to have."""
    return (service, operation) in _REPLACING
