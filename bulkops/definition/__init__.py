"""The words of a job, the catalogue of jobs, and facts from the AWS service models."""

from bulkops.definition.expressions import (
    Amended,
    Arg,
    Each,
    Empty,
    Entries,
    Held,
    JsonText,
    Keyed,
    Keys,
    Saved,
    Together,
    Token,
    Was,
    WasList,
)
from bulkops.definition.file_uploads import Upload
from bulkops.definition.job import Column, DefinedColumns, Job, Polling, Step
from bulkops.definition.kinds.found_things import Among, Col, Find, Leaf, Member, Parent
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
    "DefinedColumns",
    "Each",
    "Empty",
    "Entries",
    "Find",
    "Held",
    "Job",
    "JsonText",
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
    "Upload",
    "Was",
    "WasList",
]
