"""The command `bulkops`."""

from __future__ import annotations


def main() -> None:
    """Run the command line; exits the process with one of the documented codes."""
    from bulkops.cli.app import app  # noqa: PLC0415  # only the command itself needs Typer

    app()


if __name__ == "__main__":
    main()
