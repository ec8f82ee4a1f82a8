"""What a run keeps beside its rows and calls: its ledger's notes, and what its record's meta holds.

The names stand in ledgers and in run.json: to change one is to lose what older runs kept.
"""

from __future__ import annotations

from enum import StrEnum


class Note(StrEnum):
    """Names of the notes in a run's ledger."""

    APPROVED = "approved_at"  # when a person agreed to the plan; a draft has no such note
    TARGETS = "targets"  # what must stay the same of each target
    ATTEMPT = "attempt"  # the facts of the latest attempt, for writing its reports again
    CORRECTIONS = "corrections"  # which sheets corrected secrets are in
    UNDONE_BY = "undone_by"  # the ids of the runs that were begun to take this one back
    COVERS = "covers"  # of an undo: which rows had done something when it was planned
    PLAN = "plan"  # of a saved plan alone: its digest, totals and targets


class Meta(StrEnum):
    """Keys of `RunRecord.meta`, which is fixed when a run begins."""

    REQUEST = "request"  # how the run was asked for, without what a secret could be in
    MAPPING = "mapping"  # header → column, as the sheet was understood
    NAME = "name"  # what the person called the run; left out where they did not
    FILES = "files"  # cell → SHA-256 of the file that it named; left out where none did
    DEFINED = "defined"  # what the target defined and so added to the job; left out of most jobs
    UNDOES = "undoes"  # of an undo: the id of the run that it takes back
    CALL_TAGS = "call_tags"  # whether what the run makes is tagged with its call; old runs: no
    SHEETS = "sheets"  # of a workbook alone: each sheet's place, name, job, headers and mapping
    FLOW_MAPPING = "flow_mapping"  # rows of the sheet Mapping; left out where there was none
    NO_SECRETS = "no_secrets"  # no call of the run sends a secret cell
