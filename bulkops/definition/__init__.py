"""The words of a job, the catalogue of jobs, and facts from the AWS service models."""

from bulkops.definition.expressions import (
    Amended,
    Among,
    Arg,
    Col,
    Each,
    Entries,
    Find,
    Keyed,
    Keys,
    Leaf,
    Member,
    Parent,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.job import Column, Job, Polling, Step
from bulkops.definition.permission_names import PERMISSIONS
from bulkops.definition.settling_ways import Again, ByToken, Look, Never

__all__ = [
    "PERMISSIONS",
    "Again",
    "Amended",
    "Among",
    "Arg",
    "ByToken",
    "Col",
    "Column",
    "Each",
    "Entries",
    "Find",
    "Job",
    "Keyed",
    "Keys",
    "Leaf",
    "Look",
    "Member",
    "Never",
    "Parent",
    "Polling",
    "Saved",
    "Step",
    "Together",
    "Token",
    "Was",
    "WasList",
]
