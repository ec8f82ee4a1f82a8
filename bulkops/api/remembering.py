"""What a run keeps of how it was asked for, so that it can be gone on with elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bulkops.api.choices import Anew, PaceChoice, Request, SheetChoice, TargetChoice


def remembered(request: Request) -> dict[str, Any]:
    """Return a request as JSON values. No credentials are part of one: profiles name them."""
    return {
        "job": request.job,
        "on_exists": request.on_exists,
        "sheet": jsonable(asdict(replace(request.sheet, frame=None))),
        "target": jsonable(asdict(request.target)),
        "pace": asdict(request.pace),
    }


def jsonable(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a choice's fields as JSON values; paths become absolute."""
    return {
        name: str(value.absolute()) if isinstance(value, Path) else value
        for name, value in fields.items()
    }


def request_of(kept: Mapping[str, Any], anew: Anew) -> Request:
    """Return the request that a run began with, with what was given anew in place of the old."""
    before = {**kept["pace"], "tps": tuple(kept["pace"]["tps"])}
    return Request(
        job=kept["job"],
        sheet=replace(sheet_choice(kept["sheet"]), frame=anew.frame),
        target=_overridden(_target(kept["target"]), anew.target),
        pace=anew.pace if anew.pace != PaceChoice() else PaceChoice(**before),
        on_exists=kept["on_exists"],
        runs_dir=anew.runs_dir,
    )


def sheet_choice(kept: Mapping[str, Any]) -> SheetChoice:
    """Return the choice of a sheet that `jsonable` made JSON of."""
    path = Path(kept["path"]) if kept["path"] else None
    return SheetChoice(**{**kept, "path": path, "where": tuple(kept["where"])})


def _target(kept: Mapping[str, Any]) -> TargetChoice:
    again = {
        "names": tuple(kept["names"]),
        "simulate": Path(kept["simulate"]) if kept["simulate"] else None,
        "configuration": Path(kept["configuration"]),
    }
    return TargetChoice(**{**kept, **again})


def _overridden(old: TargetChoice, new: TargetChoice) -> TargetChoice:
    """Credentials and endpoint may be others than at the start; the instance is checked later."""
    unset = TargetChoice()
    given = {name: value for name, value in asdict(new).items() if value != getattr(unset, name)}
    return replace(old, **given)
