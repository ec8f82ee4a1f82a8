"""The values of flags: words to choose from, and how durations, fuses and headers are read."""

from __future__ import annotations

import re
from enum import StrEnum

import typer

from bulkops.aws.max_attempts import attempts_fault
from bulkops.engine.run_limits import MaxFail


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


def attempts(text: str) -> int:
    """Return how often a call is tried, as AWS_MAX_ATTEMPTS says."""
    fault = attempts_fault(text)
    if fault:
        raise typer.BadParameter(fault)
    return int(text)
