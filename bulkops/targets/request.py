"""What was asked for: the sheet, the target, the pace, the conduct; and how a run remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkops.engine.run_limits import RunLimits
from bulkops.planning.existing_things import OnExists

if TYPE_CHECKING:
    import pandas as pd

RUNS_DIR = Path("bulkops-runs")
"""Where runs are kept unless a person says otherwise."""
CONFIGURATION = Path("bulkops.toml")
"""Where targets are named unless a program says otherwise."""
SIMULATION_FOLDER = "simulated"
"""Where the folder for runs keeps its simulated instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """Which sheet to read, and which of its rows. `path` None is CSV on standard input."""

    path: Path | None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Header → column, where the header is not one that the job knows."""
    where: tuple[str, ...] = ()
    rows: str = ""
    limit: int | None = None
    frame: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    """A table in memory, read in place of a file; `path` is what it is called. Never kept."""
    encoding: str | None = None
    """Of text that is not UTF-8, such as cp1252."""
    files_dir: Path | None = None
    """Where the files lie that cells name; None: beside the sheet."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Column → constant or template that every row's cell is set to, in this order."""
    generate_passwords: bool = False
    """Whether first passwords are made up where the sheet has none."""
    allow_duplicates: bool = False
    """Whether rows of one key are calls of their own, where each call acts anew."""
    passwords: Callable[[str], str] | None = field(default=None, repr=False, compare=False)
    """From a row's key to its generated password; None: they are for looking alone. Never kept."""

    @property
    def files_folder(self) -> Path | None:
        """The folder that cells name files in; None where the sheet lies in none."""
        if self.files_dir is not None or self.path is None or self.frame is not None:
            return self.files_dir
        return self.path.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChoice:
    """Which instance to work on. `simulate` is the folder of a simulated one."""

    profile: str | None = None
    region: str | None = None
    instance: str | None = None
    role_arn: str | None = None
    names: tuple[str, ...] = ()
    """Targets of bulkops.toml."""
    endpoint_url: str | None = None
    simulate: Path | None = None
    configuration: Path = CONFIGURATION
    domain: str | None = None
    """Id, ARN or name of the domain of Cases or Customer Profiles, where it is not the only one."""
    knowledge_base: str | None = None
    against: str | None = None
    """A second one to hold it against: a target of bulkops.toml, or an instance beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChoice:
    """How fast to go. `tps` are texts such as "2", "CreateUser=10", "auto" or "probe"."""

    tps: tuple[str, ...] = ()
    burst: float | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductChoice:
    """How a run is conducted."""

    limits: RunLimits = field(default_factory=RunLimits)
    confirm_instance: str | None = None
    """Alias that the person typed to allow deleting, or a protected target."""
    name: str = ""
    accept_changed: bool = False
    call_tags: bool = True
    """Whether what a run makes is tagged with the call that made it; fixed when it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked for: a job on a sheet, where, how fast."""

    job: str
    sheet: SheetChoice
    target: TargetChoice = field(default_factory=TargetChoice)
    pace: PaceChoice = field(default_factory=PaceChoice)
    on_exists: OnExists = "fail"
    runs_dir: Path = RUNS_DIR


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """What may be said anew when a run is gone on with; the rest is as it began.

    `frame` is the table of a run that began with one: secret cells are read from it again.
    """

    target: TargetChoice = field(default_factory=TargetChoice)
    pace: PaceChoice = field(default_factory=PaceChoice)
    runs_dir: Path = RUNS_DIR
    frame: pd.DataFrame | None = field(default=None, repr=False, compare=False)


def remembered(request: Request) -> dict[str, Any]:
    """Return a request as JSON values. No credentials are part of one: profiles name them."""
    return {
        "job": request.job,
        "on_exists": request.on_exists,
        "sheet": kept_choice(request.sheet),
        "target": jsonable(asdict(request.target)),
        "pace": asdict(request.pace),
    }


def kept_choice(choice: SheetChoice) -> dict[str, Any]:
    """Return the choice of a sheet as JSON values, without what is in memory alone."""
    kept = jsonable(asdict(replace(choice, frame=None, passwords=None)))
    return {name: value for name, value in kept.items() if name != "passwords"}


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
    files = Path(kept["files_dir"]) if kept.get("files_dir") else None
    again = {"path": path, "files_dir": files, "where": tuple(kept["where"])}
    return SheetChoice(**{**kept, **again})


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
