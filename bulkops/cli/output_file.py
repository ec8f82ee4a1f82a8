"""Files that a person has named to be written."""

from __future__ import annotations

from pathlib import Path

import typer


def refuse_to_replace(path: Path, *, force: bool) -> None:
    """Refuse to write over a sheet in which somebody may have worked for hours."""
    if path.exists() and not force:
        raise typer.BadParameter(
            f"{path} is there already: name another file, or add --force to replace it",
            param_hint="-o",
        )
