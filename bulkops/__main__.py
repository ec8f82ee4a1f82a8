"""The command `bulkops`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; exits the process with one of the documented codes."""
    _fill_standard_files()
    try:
        from bulkops.cli.app import app  # noqa: PLC0415  # only the command itself needs Typer

        app()
    except KeyboardInterrupt:  # before there is a command to end
        sys.exit(130)


def _fill_standard_files() -> None:
    """Put nothing in the place of a standard file that is closed, lest a ledger be opened there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one


if __name__ == "__main__":
    main()
