"""Whether the folder for runs can hold any, said before the instance is asked for anything."""

from __future__ import annotations

import os
from pathlib import Path

from bulkops.errors import UsageError
from bulkops.ledger.file_system import require_local
from bulkops.ledger.private_files import make_folders, open_private

IGNORE = ".gitignore"


class RunsFolderError(UsageError):
    """The folder for runs can't be used."""


def require_folder(runs_dir: Path) -> None:
    """Raise RunsFolderError where something else than a folder has the name; none there is well."""
    try:
        if runs_dir.is_dir():
            return
        if runs_dir.is_symlink():
            raise _unusable(runs_dir, "it is a symbolic link that leads to no folder")
        if runs_dir.exists():
            raise _unusable(runs_dir, "it is a file, not a folder")
    except OSError as error:
        raise _unusable(runs_dir, _said(error)) from error


def make_ready(runs_dir: Path) -> None:
    """Make the folder for runs if need be, kept out of version control.

    Raises RunsFolderError where no run can be kept in it, and NetworkFolderError.
    """
    require_folder(runs_dir)
    try:
        make_folders(runs_dir)
        if not os.access(runs_dir, os.W_OK | os.X_OK):
            raise _unusable(runs_dir, "it can't be written")
        _ignore(runs_dir / IGNORE)
    except OSError as error:
        raise _unusable(runs_dir, _said(error)) from error
    require_local(runs_dir)


def _ignore(path: Path) -> None:
    """Keep runs out of version control; a file or link of that name is left as it is."""
    if os.path.lexists(path):
        return
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT)
    try:
        os.write(descriptor, b"*\n")
    finally:
        os.close(descriptor)


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _unusable(runs_dir: Path, why: str) -> RunsFolderError:
    return RunsFolderError(
        f"Runs can't be kept in {runs_dir}: {why}. Name another folder with --runs-dir."
    )
