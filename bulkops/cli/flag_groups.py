"""The flags that are always together: which instance, which rows, how fast, how, and where to."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import typer

from bulkops.aws.max_attempts import ATTEMPTS
from bulkops.cli.flag_values import Output, attempts, max_fail, seconds
from bulkops.cli.flags import CONDUCT, INPUT, OUTPUT, PACE, TARGET, OutputFlag
from bulkops.cli.sheet_explanation import explained
from bulkops.engine.run_limits import RunLimits
from bulkops.targets.request import (
    RUNS_DIR,
    SIMULATION_FOLDER,
    ConductChoice,
    PaceChoice,
    SheetChoice,
    TargetChoice,
)

MOST_ROWS = 10**9
"""More than a sheet has: numbers beyond this are slips."""


@dataclass(frozen=True, slots=True)
class TargetFlags:
    """Which instance to work on."""

    profile: Annotated[str | None, typer.Option(help="AWS profile.", rich_help_panel=TARGET)] = None
    region: Annotated[str | None, typer.Option(help="AWS Region.", rich_help_panel=TARGET)] = None
    instance: Annotated[
        str | None, typer.Option(help="The instance's alias, id or ARN.", rich_help_panel=TARGET)
    ] = None
    role_arn: Annotated[
        str | None, typer.Option(help="Role to assume.", rich_help_panel=TARGET)
    ] = None
    target: Annotated[
        list[str] | None,
        typer.Option(help="A target of bulkops.toml.", rich_help_panel=TARGET),
    ] = None
    endpoint_url: Annotated[
        str | None, typer.Option(help="URL to call for every service.", rich_help_panel=TARGET)
    ] = None
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate",
            help="Work on a simulated instance, kept in the runs folder.",
            rich_help_panel=TARGET,
        ),
    ] = False

    domain: Annotated[
        str | None,
        typer.Option(help="Domain of Cases or Customer Profiles.", rich_help_panel=TARGET),
    ] = None
    knowledge_base: Annotated[
        str | None, typer.Option(help="Knowledge base of Q in Connect.", rich_help_panel=TARGET)
    ] = None

    @property
    def given(self) -> bool:
        """Whether any of them says which instance is meant."""
        return any(getattr(self, each.name) for each in fields(self))

    def choice(self, runs_dir: Path, *, against: str | None = None) -> TargetChoice:
        """Return what the flags choose; `against` is a second one, to hold the first against."""
        return TargetChoice(
            against=against,
            profile=self.profile,
            region=self.region,
            instance=self.instance,
            role_arn=self.role_arn,
            names=tuple(self.target or ()),
            endpoint_url=self.endpoint_url,
            domain=self.domain,
            knowledge_base=self.knowledge_base,
            simulate=runs_dir / SIMULATION_FOLDER if self.simulate else None,
        )


@dataclass(frozen=True, slots=True)
class InputFlags:
    """Which rows of the sheet are meant."""

    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", help="Sheet of the workbook, by name or number.", rich_help_panel=INPUT
        ),
    ] = None
    map: Annotated[
        list[str] | None,
        typer.Option(
            help='Your header as a column: "Login=username"; or a file, FILE.toml.',
            rich_help_panel=INPUT,
        ),
    ] = None
    set_cell: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLUMN=TEXT",
            help='A cell of every row: "email={username|lower}@example.com".',
            rich_help_panel=INPUT,
        ),
    ] = None
    find: Annotated[
        list[str] | None,
        typer.Option(
            "--find",
            metavar="MEMBER[=KIND]",
            help="Cells of service:Operation hold names: their ids are looked up.",
            rich_help_panel=INPUT,
        ),
    ] = None
    generate_passwords: Annotated[
        bool,
        typer.Option(
            "--generate-passwords",
            help="Make up first passwords where the sheet has none, and keep them in a sheet.",
            rich_help_panel=INPUT,
        ),
    ] = False
    allow_duplicates: Annotated[
        bool,
        typer.Option(
            "--allow-duplicates",
            help="Rows of one key are calls of their own, where each call acts anew.",
            rich_help_panel=INPUT,
        ),
    ] = False
    where: Annotated[
        list[str] | None,
        typer.Option(
            help='Only rows where this holds: "team=Billing", != or ~ for contains.',
            rich_help_panel=INPUT,
        ),
    ] = None
    rows: Annotated[
        str,
        typer.Option(
            help="Only these rows, as the sheet numbers them: 5,9-12.", rich_help_panel=INPUT
        ),
    ] = ""
    limit: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_ROWS, help="Only the first N rows.", rich_help_panel=INPUT),
    ] = None
    files_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where the files lie that cells name as @path (default: beside the sheet).",
            rich_help_panel=INPUT,
        ),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(help="Of text that is not UTF-8, such as cp1252.", rich_help_panel=INPUT),
    ] = None

    @property
    def given(self) -> bool:
        """Whether any of them narrows or explains the sheet."""
        return any(getattr(self, each.name) for each in fields(self))

    def choice(self, path: str) -> SheetChoice:
        """Return what the flags choose, of the sheet at a path."""
        mapping, settings = explained(self.map or (), self.set_cell or ())
        return SheetChoice(
            path=None if path == "-" else Path(path),
            sheet=self.sheet,
            mapping=mapping,
            settings=settings,
            generate_passwords=self.generate_passwords,
            allow_duplicates=self.allow_duplicates,
            where=tuple(self.where or ()),
            rows=self.rows,
            limit=self.limit,
            encoding=self.encoding,
            files_dir=self.files_dir,
        )


@dataclass(frozen=True, slots=True)
class PaceFlags:
    """How fast to go."""

    tps: Annotated[
        list[str] | None,
        typer.Option(
            help="Calls a second: 2, CreateUser=10, auto (Service Quotas) or probe.",
            rich_help_panel=PACE,
        ),
    ] = None
    burst: Annotated[
        float | None, typer.Option(min=1, help="Calls at once.", rich_help_panel=PACE)
    ] = None
    share: Annotated[
        str, typer.Option(metavar="80%", help="Part of the quota to use.", rich_help_panel=PACE)
    ] = "100%"

    def choice(self) -> PaceChoice:
        """Return what the flags choose."""
        from bulkops.pacing.quotas import (  # noqa: PLC0415  # `--help` needs no quotas
            parse_share,
            parse_tps,
        )

        try:
            share = parse_share(self.share)
            parse_tps(*(self.tps or ()), burst=self.burst)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        return PaceChoice(tps=tuple(self.tps or ()), burst=self.burst, share=share)


@dataclass(frozen=True, slots=True)
class ConductFlags:
    """How a run is conducted."""

    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Don't ask.", rich_help_panel=CONDUCT)
    ] = False
    canary: Annotated[
        int, typer.Option(min=0, help="Do N rows, show them, ask.", rich_help_panel=CONDUCT)
    ] = 0
    max_fail: Annotated[
        str | None,
        typer.Option(
            metavar="N|P%[,after=M]",
            help="Stop when more rows than this failed.",
            rich_help_panel=CONDUCT,
        ),
    ] = None
    max_duration: Annotated[
        str | None,
        typer.Option(
            metavar="2h", help="Stop after this time; resumable.", rich_help_panel=CONDUCT
        ),
    ] = None
    max_attempts: Annotated[
        int | None,
        typer.Option(min=1, help="Tries a call; AWS_MAX_ATTEMPTS, or 5.", rich_help_panel=CONDUCT),
    ] = None
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, help="Calls in flight at most, in all.", rich_help_panel=CONDUCT),
    ] = None
    confirm_instance: Annotated[
        str | None,
        typer.Option(
            metavar="ALIAS",
            help="The instance's alias, or the account, to allow deleting or a protected target.",
            rich_help_panel=CONDUCT,
        ),
    ] = None

    def choice(
        self, *, name: str = "", accept_changed: bool = False, call_tags: bool = True
    ) -> ConductChoice:
        """Return what the flags choose."""
        limits = RunLimits(
            max_attempts=self.max_attempts or attempts(os.environ.get(ATTEMPTS) or "5"),
            max_fail=max_fail(self.max_fail) if self.max_fail else None,
            max_duration=seconds(self.max_duration) if self.max_duration else None,
            canary=self.canary,
            concurrency=self.concurrency,
        )
        return ConductChoice(
            limits=limits,
            confirm_instance=self.confirm_instance,
            name=name,
            accept_changed=accept_changed,
            call_tags=call_tags,
        )


@dataclass(frozen=True, slots=True)
class OutputFlags:
    """Where things go and how they look."""

    runs_dir: Annotated[
        Path,
        typer.Option(
            envvar="BULKOPS_RUNS_DIR", help="Where runs are kept.", rich_help_panel=OUTPUT
        ),
    ] = RUNS_DIR
    output: OutputFlag = Output.TEXT
