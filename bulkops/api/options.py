"""Plain keyword arguments of Python, made the choices that the command line's flags make."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, get_args

from bulkops.engine.run_limits import MaxFail, RunLimits
from bulkops.pacing.quotas import parse_share, parse_tps
from bulkops.planning.existing_things import OnExists
from bulkops.suggestions import nearest_hint
from bulkops.targets.config import HOME_SETTINGS
from bulkops.targets.request import (
    CONFIGURATION,
    RUNS_DIR,
    SIMULATION_FOLDER,
    Anew,
    ConductChoice,
    PaceChoice,
    Request,
    SheetChoice,
    TargetChoice,
)

if TYPE_CHECKING:
    import pandas as pd

Sheet: TypeAlias = "str | os.PathLike[str] | pd.DataFrame"
"""A workbook's or CSV's path, or a table in memory."""
FRAME = Path("DataFrame")
"""What a table in memory is called in messages and reports."""


class SheetOptions(TypedDict, total=False):
    """Which rows are meant. `map` is header → column; `worksheet` a name, or a number from 1.

    `set` is column → constant or template, as `--set` takes them.
    """

    worksheet: str
    map: Mapping[str, str]
    set: Mapping[str, str]
    generate_passwords: bool
    allow_duplicates: bool
    where: str | Sequence[str]
    rows: str
    limit: int
    encoding: str
    files_dir: str | os.PathLike[str]


class TargetOptions(TypedDict, total=False):
    """Which instance to work on; `simulate` True keeps a simulated one in the runs folder."""

    profile: str
    region: str
    instance: str
    role_arn: str
    domain: str
    knowledge_base: str
    target: str | Sequence[str]
    endpoint_url: str
    simulate: bool | str | os.PathLike[str]
    configuration: str | os.PathLike[str]
    runs_dir: str | os.PathLike[str]


class PaceOptions(TypedDict, total=False):
    """How fast to go: calls a second of every operation or by operation; share "80%" or 0.8."""

    tps: float | str | Mapping[str, float]
    burst: float
    share: float | str


class LimitOptions(TypedDict, total=False):
    """How far a run may go by itself. `max_fail` is rows; `max_duration` is in seconds."""

    canary: int
    max_fail: int | MaxFail
    max_duration: float
    max_attempts: int
    concurrency: int
    confirm_instance: str


class PlanOptions(SheetOptions, TargetOptions, PaceOptions, total=False):
    """What `plan` and `check` take."""

    on_exists: OnExists


class RunOptions(PlanOptions, LimitOptions, total=False):
    """What `run` takes; `call_tags` False leaves out the tag that says which call made a thing."""

    name: str
    call_tags: bool


class ResumeOptions(TargetOptions, PaceOptions, LimitOptions, total=False):
    """What `resume` takes."""

    accept_changed: bool


def require_known(options: Mapping[str, Any], allowed: type) -> None:
    """Raise TypeError, as Python does, for an argument that there is none of."""
    known = allowed.__annotations__
    for name in options:
        if name not in known:
            hint = nearest_hint(name, known)
            raise TypeError(f"there is no keyword argument {name!r}. {hint}".rstrip())


def request_of(job: str | os.PathLike[str], sheet: Sheet, options: Mapping[str, Any]) -> Request:
    """Return the request that arguments make. Raises TypeError and ValueError."""
    on_exists = options.get("on_exists", "fail")
    if on_exists not in get_args(OnExists):
        allowed = ", ".join(get_args(OnExists))
        raise ValueError(f"on_exists is {on_exists!r}; allowed are {allowed}")
    return Request(
        job=os.fspath(job),
        sheet=_sheet_choice(sheet, options),
        target=target_choice(options),
        pace=_pace_choice(options),
        on_exists=on_exists,
        runs_dir=runs_dir_of(options),
    )


def anew_of(sheet: pd.DataFrame | None, options: Mapping[str, Any]) -> Anew:
    """Return what arguments say anew for a run that began earlier."""
    return Anew(
        target=target_choice(options),
        pace=_pace_choice(options),
        runs_dir=runs_dir_of(options),
        frame=sheet,
    )


def conduct_of(options: Mapping[str, Any]) -> ConductChoice:
    """Return how arguments want a run conducted."""
    given = {
        name: options[name]
        for name in ("canary", "max_duration", "max_attempts", "concurrency")
        if name in options
    }
    max_fail = options.get("max_fail")
    if isinstance(max_fail, int):
        max_fail = MaxFail(rows=max_fail)
    return ConductChoice(
        limits=RunLimits(max_fail=max_fail, **given),
        confirm_instance=options.get("confirm_instance"),
        name=options.get("name", ""),
        accept_changed=options.get("accept_changed", False),
        call_tags=options.get("call_tags", True),
    )


def runs_dir_of(options: Mapping[str, Any]) -> Path:
    """Return where runs are kept."""
    return Path(options.get("runs_dir", RUNS_DIR))


def _sheet_choice(sheet: Sheet, options: Mapping[str, Any]) -> SheetChoice:
    is_path = isinstance(sheet, str | os.PathLike)
    return SheetChoice(
        path=Path(sheet) if isinstance(sheet, str | os.PathLike) else FRAME,
        sheet=options.get("worksheet"),
        mapping=dict(options.get("map", {})),
        settings=dict(options.get("set", {})),
        generate_passwords=options.get("generate_passwords", False),
        allow_duplicates=options.get("allow_duplicates", False),
        where=_several(options.get("where", ())),
        rows=options.get("rows", ""),
        limit=options.get("limit"),
        encoding=options.get("encoding"),
        files_dir=Path(options["files_dir"]) if "files_dir" in options else None,
        frame=None if is_path else _framed(sheet),
    )


def _framed(sheet: object) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  # only where a sheet is no path

    if not isinstance(sheet, pd.DataFrame):
        found = type(sheet).__name__
        raise TypeError(f"a sheet is a path or a pandas DataFrame, not {found}")
    return sheet


def target_choice(options: Mapping[str, Any]) -> TargetChoice:
    """Return which instance arguments mean."""
    simulate = options.get("simulate", False)
    if simulate is True:
        simulate = runs_dir_of(options) / SIMULATION_FOLDER
    named = ("profile", "region", "instance", "role_arn", "endpoint_url", *HOME_SETTINGS)
    return TargetChoice(
        **{name: options.get(name) for name in named},
        names=_several(options.get("target", ())),
        simulate=Path(simulate) if simulate else None,
        configuration=Path(options.get("configuration", CONFIGURATION)),
    )


def _pace_choice(options: Mapping[str, Any]) -> PaceChoice:
    tps, burst = options.get("tps", ()), options.get("burst")
    if isinstance(tps, Mapping):
        texts = tuple(f"{operation}={rate}" for operation, rate in tps.items())
    else:
        texts = _several(str(tps) if isinstance(tps, int | float) else tps)
    parse_tps(*texts, burst=burst)
    return PaceChoice(tps=texts, burst=burst, share=parse_share(str(options.get("share", 1.0))))


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
