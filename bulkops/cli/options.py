"""Single flags and arguments, each said once, and how their texts are read."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from bulkops.engine.run_limits import MaxFail

TARGET, INPUT, CONDUCT, PACE, OUTPUT = "Target", "Input", "Conduct", "Pace", "Output"
PLAN_SUFFIX = ".bulkplan"
"""How a file is named that holds a plan to be run."""


class Progress(StrEnum):
    """How a run shows its progress."""

    AUTO = "auto"
    BAR = "bar"
    PLAIN = "plain"
    NDJSON = "ndjson"
    NONE = "none"


class Output(StrEnum):
    """For whom results are printed."""

    TEXT = "text"
    JSON = "json"


class OnExists(StrEnum):
    """What a create does where the thing is there but different."""

    FAIL = "fail"
    SKIP = "skip"
    UPDATE = "update"


JobName: TypeAlias = Annotated[
    str, typer.Argument(metavar="JOB", help="A job's name, a job file, or service:Operation.")
]
JobOrPlan: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="JOB", help="A job's name, a job file, service:Operation, or a saved .bulkplan."
    ),
]
SheetPath: TypeAlias = Annotated[
    str, typer.Argument(metavar="SHEET", help="A workbook or CSV; - for CSV on standard input.")
]
OptionalSheetPath: TypeAlias = Annotated[
    str | None,
    typer.Argument(metavar="SHEET", help="A workbook or CSV; none where JOB is a .bulkplan."),
]
OptionalJob: TypeAlias = Annotated[
    str | None,
    typer.Argument(metavar="JOB", help="A job's name, a job file, or service:Operation."),
]
RunName: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="[RUN]", help="A run's id or a unique prefix of it.")
]


class Managed(StrEnum):
    """How the users of a simulated instance are managed."""

    CONNECT_MANAGED = "CONNECT_MANAGED"
    SAML = "SAML"
    EXISTING_DIRECTORY = "EXISTING_DIRECTORY"


OnExistsFlag: TypeAlias = Annotated[
    OnExists,
    typer.Option(
        help="What to do where a thing to create is there but different.", rich_help_panel=CONDUCT
    ),
]
AcceptChanged: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--accept-changed",
        help="Go on though the sheet changed: rows match by key.",
        rich_help_panel=CONDUCT,
    ),
]
ForceFlag: TypeAlias = Annotated[
    bool, typer.Option("--force", help="Replace a file that is there.", rich_help_panel=OUTPUT)
]
OutputFlag: TypeAlias = Annotated[
    Output, typer.Option(help="text, or json for scripts.", rich_help_panel=OUTPUT)
]
ProgressFlag: TypeAlias = Annotated[
    Progress, typer.Option(help="How to show progress.", rich_help_panel=OUTPUT)
]
RunLabel: TypeAlias = Annotated[
    str, typer.Option("--name", help="A name for the run.", rich_help_panel=OUTPUT)
]


_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: str) -> float:
    """Return a duration such as 90, 45s, 30m, 2h or 1h30m in seconds."""
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhd]?)", text.strip().lower())
    if not parts or "".join(number + unit for number, unit in parts) != re.sub(
        r"\s", "", text.lower()
    ):
        raise typer.BadParameter(
            f'"{text}" is not a time such as 90s, 30m or 1h30m', param_hint="--max-duration"
        )
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def max_fail(text: str) -> MaxFail:
    """Return a fuse such as 10, 5% or 5%,after=100."""
    found = re.fullmatch(r"(\d+)(%?)(?:,after=(\d+))?", text.replace(" ", ""))
    if found is None:
        raise typer.BadParameter(
            f'"{text}" is not of the form 10, 5% or 5%,after=100', param_hint="--max-fail"
        )
    number, percent, after = found.groups()
    if percent:
        return MaxFail(percent=float(number), after=int(after or 0))
    return MaxFail(rows=int(number), after=int(after or 0))
