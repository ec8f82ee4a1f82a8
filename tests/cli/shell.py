"""Commands as people type them in a folder of their own, and the sheets they type them on."""

from __future__ import annotations

from typer.testing import CliRunner

from bulkops.cli.app import app


def bulkops(*arguments, exit_code=0, width=200):
    """Run a command and return what it printed; its exit code must be the one expected."""
    done = CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": str(width)})
    assert done.exit_code == exit_code, f"{done.output}\n{done.exception!r}"
    return done.output


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path
