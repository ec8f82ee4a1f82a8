"""What an operation does, read off its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

Verb: TypeAlias = Literal["create", "update", "delete", "associate", "disassociate"]

VERBS: Mapping[str, Verb] = {
    "Add": "associate",
    "AddProfileKey": "associate",  # keys are places in the list of what a profile is found by
    "AdminAdd": "associate",
    "AdminCreate": "create",
    "AdminDelete": "delete",
    "AdminRemove": "disassociate",
    "Associate": "associate",
    "AssociatePhoneNumberContactFlow": "update",  # a number has one flow: another takes its place
    "Attach": "associate",
    "Authorize": "associate",
    "BatchAssociate": "associate",
    "BatchCreateDataTableValue": "associate",  # values are places in their table
    "BatchDeleteDataTableValue": "disassociate",
    "Create": "create",
    "Claim": "create",
    "Delete": "delete",
    "DeleteProfileKey": "disassociate",
    "Release": "delete",
    "Detach": "disassociate",
    "Disassociate": "disassociate",
    "Remove": "disassociate",
    "Revoke": "disassociate",
    "BatchDisassociate": "disassociate",
    "Tag": "associate",
    "Untag": "disassociate",
}


@cache
def verb(operation: str) -> Verb:
    """Return what an operation does.

    Read off its name, as AWS names its operations by their verb.
    """
    found = [word for word in VERBS if operation.startswith(word)]
    return VERBS[max(found, key=len)] if found else "update"


_SETTING = re.compile(r"(Batch)?(Modify|Put|Set|Update)(?=[A-Z0-9]|$)")


_ADDING = re.compile(
    r"(Batch)?Put(\w*Events|Records?|RecordBatch|MetricData|TraceSegments|TelemetryRecords|Message)"
    r"|UpdateItem"
)
"""What sends something more each time, whatever it is called: streams, logs, metrics.

DynamoDB's UpdateItem may count up, by what its expression says.
"""


@cache
def sets_values(operation: str) -> bool:
    """Tell whether an operation sets values of a thing, so that without any it asks for nothing.

    Every other word of AWS (Stop, Resume, Send, Add, Start) asks for something by itself.
    """
    if _ADDING.fullmatch(operation):
        return False
    return _SETTING.match(operation) is not None or VERBS.get(operation) == "update"


_PUTTING = frozenset({"BatchPutFieldOptions"})


def puts(operation: str) -> bool:
    """Tell whether an operation makes a place in a list that is not there, and changes others."""
    return operation in _PUTTING


def replaces_whole(operation: str) -> bool:
    """Tell whether an operation puts something where there may be nothing, or what is there."""
    return operation.startswith("Put")


_ENDING = frozenset({"StopCampaign", "StopContact"})


def is_final(operation: str) -> bool:
    """Tell whether an operation ends for good what others may be in the middle of, or deletes it.

    Such a job wants the instance's alias typed.
    """
    return verb(operation) == "delete" or operation in _ENDING


_READING = (
    "BatchDescribe", "BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Query", "Search",
)  # fmt: skip


def only_reads(operation: str) -> bool:
    """Tell whether an operation only reads, as AWS names those that change nothing."""
    return operation.startswith(_READING)
