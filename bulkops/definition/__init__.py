"""The words of a job, the catalogue of jobs, and facts from the AWS service models."""

from bulkops.definition.job import (
    Again,
    Arg,
    ByToken,
    Col,
    Column,
    Each,
    Find,
    Job,
    Look,
    Member,
    Never,
    Saved,
    Step,
    Token,
)

__all__ = [
    "Again",
    "Arg",
    "ByToken",
    "Col",
    "Column",
    "Each",
    "Find",
    "Job",
    "Look",
    "Member",
    "Never",
    "Saved",
    "Step",
    "Token",
]
