"""One family of errors: whatever a room raises on purpose, a caller can catch as one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import bulkops
from bulkops.errors import BulkopsError, Exit, JobError, LedgerBusyError, TargetError
from bulkops.problems import Address, Problem, ProblemsFoundError

INSIDE = {
    "BodyError",
    "DeclaredEntityError",
    "FlawError",
    "ForeignAnswerError",
    "ItemRefusedError",
    "MisfitError",
    "MisplacedCellError",
    "NotFilledError",
    "PermissionsError",
    "PlaceholderError",
    "ProcessFailure",
    "ServiceError",
    "UnpatchableError",
    "UploadError",
    "UnusableConfigError",
    "WireError",
    "WrongTypeError",
    "_FileError",
}
"""Errors that never leave the room that raises them, or are a fault of bulkops itself."""


def own_errors():
    for module in pkgutil.walk_packages(bulkops.__path__, "bulkops."):
        if module.name == "bulkops.__main__":
            continue
        loaded = importlib.import_module(module.name)
        for _, found in inspect.getmembers(loaded, inspect.isclass):
            if issubclass(found, Exception) and found.__module__ == module.name:
                yield found


def test_every_error_of_ours_is_of_the_family_or_stays_inside():
    strangers = {found.__name__ for found in own_errors() if not issubclass(found, BulkopsError)}
    assert strangers == INSIDE


def test_no_two_errors_share_a_name():
    names = [found.__name__ for found in own_errors()]
    assert len(names) == len(set(names))


def test_every_error_of_the_family_ends_the_command_line_with_a_code_of_its_own():
    codes = {found.exit for found in own_errors() if issubclass(found, BulkopsError)}
    assert codes == {
        Exit.FAULT,
        Exit.USAGE,
        Exit.PROBLEMS,
        Exit.STOPPED,
        Exit.REFUSED,
        Exit.CHANGED,
        Exit.INTERRUPTED,
        Exit.TERMINATED,
    }
    assert (LedgerBusyError.exit, TargetError.exit) == (Exit.USAGE, Exit.REFUSED)


def test_the_family_is_exported():
    for name in ("BulkopsError", "ProblemsFoundError", "ReadError", "TargetError"):
        assert issubclass(getattr(bulkops, name), bulkops.BulkopsError)
    with pytest.raises(AttributeError, match="no attribute 'NoSuchError'"):
        _ = bulkops.NoSuchError


def test_an_error_says_what_is_wrong():
    def problem(row):
        at = Address(file="new.csv", row=row, column=1, header="username")
        return Problem(code="missing-value", message="username is missing", address=at)

    error = ProblemsFoundError((problem(2), problem(7)))
    assert str(error) == (
        'line 2, column "username": username is missing\n'
        'line 7, column "username": username is missing'
    )
    assert str(JobError("no steps.", "no key.")) == "no steps.\nno key."
