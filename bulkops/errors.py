"""The one family of errors: what any room raises on purpose, and the exit code that each means.

A fault of a row is not here: it is a value (`bulkops.problems`), collected with the others.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes; each means one thing."""

    DONE = 0  # every row succeeded or was already so
    FAULT = 1  # a fault of bulkops itself
    USAGE = 2  # the command line is wrong
    PROBLEMS = 3  # the sheet or job has problems; nothing was sent
    SOME_FAILED = 4  # finished, some rows failed or are unknown
    STOPPED = 5  # by --max-fail, or by a failure that every row would meet; resumable
    REFUSED = 6  # credentials, permission or target refused before the start
    EXHAUSTED = 7  # a resource quota of the instance is used up
    CHANGED = 8  # the sheet, job or plan is not the one that the run began with
    TIME_OVER = 10  # --max-duration reached; resumable
    DECLINED = 11  # the question was answered with no; nothing was sent
    DIFFERS = 20  # something differs, or would change, where that was asked for
    INTERRUPTED = 130  # Ctrl-C; resumable
    TERMINATED = 143  # SIGTERM; resumable


class BulkopsError(Exception):
    """Something that bulkops raises on purpose; its text says what is wrong and what to do.

    `exit` is the code with which the command line ends for it.
    """

    exit: ClassVar[Exit] = Exit.FAULT


class UsageError(BulkopsError):
    """What was asked for can't be understood, or names what is not there."""

    exit = Exit.USAGE


class SelectionError(UsageError):
    """A selection can't be understood, or names a column that the sheet has not."""


class TemplateError(UsageError):
    """What is to be set in cells can't be understood, or names a column that there is none of."""


class UnknownRunError(UsageError):
    """There is no run of that name, or more than one."""


class JobError(BulkopsError):
    """A job that can't be used. `faults` holds everything that is wrong with it, one text each."""

    exit = Exit.PROBLEMS

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SheetError(BulkopsError):
    """A file can't be used; the message says what is wrong, where, and what to do.

    `code` is stable and kebab-case.
    """

    exit = Exit.PROBLEMS

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RefusedError(BulkopsError):
    """The target, or what was asked of it, is refused before anything was sent."""

    exit = Exit.REFUSED


class TargetError(RefusedError):
    """The target can't be worked on; the message says why and what to do."""


class ChangedError(BulkopsError):
    """The sheet, job or plan is not the one that the run began with."""

    exit = Exit.CHANGED


class LedgerError(BulkopsError):
    """A ledger can't be made, opened or written; nothing that it holds is lost."""

    exit = Exit.STOPPED


class LedgerBusyError(LedgerError):
    """Another process works on the run."""

    exit = Exit.USAGE


class InterruptedQuestionError(BulkopsError):
    """Ctrl-C in place of an answer."""

    exit = Exit.INTERRUPTED


class TerminatedQuestionError(InterruptedQuestionError):
    """SIGTERM or SIGHUP in place of an answer."""

    exit = Exit.TERMINATED


class ReportError(BulkopsError):
    """A report can't be written; the earlier one is as it was, and the ledger knows everything."""

    exit = Exit.STOPPED
