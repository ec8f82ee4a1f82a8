"""The single flags that commands share, and the panels of their help."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from bulkops.cli.flag_values import Output, Progress
from bulkops.planning.existing_things import OnExists

TARGET, INPUT, CONDUCT, PACE, OUTPUT = "Target", "Input", "Conduct", "Pace", "Output"

JobName: TypeAlias = Annotated[
    str, typer.Argument(metavar="JOB", help="A job's name, a job file, or service:Operation.")
]
OptionalJob: TypeAlias = Annotated[
    str | None,
    typer.Argument(metavar="JOB", help="A job's name, a job file, or service:Operation."),
]
OnlySheets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="SHEETS",
        help="Of a workbook only these sheets: names, kinds or jobs, as in users,queues.",
    ),
]
JobOrWorkbook: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="JOB",
        help="A job's name, a job file, service:Operation; or a whole workbook, centre.xlsx.",
    ),
]
SheetPath: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="[SHEET]",
        help="A workbook or CSV; - for CSV on standard input.",
        show_default=False,
    ),
]
RunName: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="[RUN]", help="A run's id or a unique prefix of it.")
]
OnExistsFlag: TypeAlias = Annotated[
    OnExists | None,
    typer.Option(
        help="Where a thing to create is there but different (default: fail; workbooks: update).",
        rich_help_panel=CONDUCT,
        show_default=False,
    ),
]
AcceptChanged: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--accept-changed",
        help="Go on though the sheet changed: rows match by key; unsent ones are planned anew.",
        rich_help_panel=CONDUCT,
    ),
]
NoCallTags: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--no-call-tags",
        help="Leave out the tag bulkops:call, which says what call made a thing.",
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
