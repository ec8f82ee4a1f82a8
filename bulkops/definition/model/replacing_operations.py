"""What becomes of what a request leaves out: of a thing, and of a structure or map within it.

Mostly an operation changes the members that are given, and sets each of them anew as a whole. Which
do otherwise the models don't tell.
"""

from __future__ import annotations

_REPLACING = frozenset(
    {
        # Amazon Connect API reference: each sets all properties of what it names
        ("connect", "UpdateDataTableMetadata"),
        ("connect", "UpdateDataTableAttribute"),
        ("connect", "UpdateEvaluationForm"),
        ("connect", "UpdateTaskTemplate"),
        # whether a list that is left out stays as it is, no source says: all are sent
        ("connect", "UpdateUserConfig"),
        ("connect", "UpdateRule"),
        # Amazon EventBridge and CloudWatch Logs API references: what is put takes the place of all
        # that was there
        ("events", "PutRule"),
        ("logs", "PutMetricFilter"),
        ("logs", "PutSubscriptionFilter"),
    }
)


_MERGING = frozenset(
    {
        # Customer Profiles API reference: what is not specified is kept, and an empty text removes
        ("customer-profiles", "CreateProfile"),
        ("customer-profiles", "UpdateProfile"),
    }
)


def merges(service: str, operation: str) -> bool:
    """Tell whether what a structure or a map of a request leaves out stays as it is."""
    return (service, operation) in _MERGING


def replaces_all(service: str, operation: str) -> bool:
    """Tell whether an operation must be sent all that a thing is to have."""
    return (service, operation) in _REPLACING


_LASTING = frozenset(
    {
        # Amazon S3 user guide: a bucket that was versioned once never returns to being unversioned
        ("s3", "PutBucketVersioning", "VersioningConfiguration.Status"),
    }
)


def lasts(service: str, operation: str, path: str) -> bool:
    """Tell whether a member that was set once can be set otherwise, and never be unset again."""
    return (service, operation, path) in _LASTING
