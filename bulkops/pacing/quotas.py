"""The quota of a lane: how many calls a second, how many at once, and who says so."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bulkops.pacing.default_quotas import FAMILIES, UNKNOWN
from bulkops.pacing.read_retries import is_read

PROBE_CEILING = 10
"""How many times the believed quota `--tps probe` goes at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A token bucket: `rate` calls a second, `burst` calls at once after a pause.

    `source` names who gives the rate; `note` is what a person should know about the figures.
    """

    rate: float
    burst: float
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says about pace: `--tps` and `--burst`.

    `rates` maps an operation, as it was typed, to calls a second.
    """

    rate: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    burst: float | None = None
    probe: bool = False

    def named(self, service: str, operation: str) -> float | None:
        """Return the rate given for one operation by its name; None where none was."""
        for name, rate in self.rates.items():
            if name.casefold() in _names(service, operation):
                return rate
        return None

    def rate_of(self, service: str, operation: str, known: float) -> float | None:
        """Return the rate given for an operation, or for all; None where none was given.

        A rate for all is meant for what a job sends: a look-up whose `known` quota is lower keeps
        to that, unless it is named.
        """
        named = self.named(service, operation)
        if named is not None or self.rate is None:
            return named
        return None if is_read(operation) and self.rate > known else self.rate

    def strays(self, operations: Iterable[tuple[str, str]]) -> list[str]:
        """Return the names in `rates` that are none of these (service, operation) pairs."""
        known = {name for service, operation in operations for name in _names(service, operation)}
        return [name for name in self.rates if name.casefold() not in known]

    def ceiling(self, quota: Quota) -> float:
        """Return the rate that a lane may rise to: the quota, or far beyond it to probe."""
        return quota.rate * PROBE_CEILING if self.probe else quota.rate


def _names(service: str, operation: str) -> tuple[str, str]:
    return operation.casefold(), f"{service}:{operation}".casefold()


NOTHING_GIVEN = Given()


def published(service: str, operation: str) -> Quota:
    """Return an operation's quota by bulkops' own table; 2/s burst 5 where nothing is known."""
    family = FAMILIES.get(service, UNKNOWN)
    figures = family.figures(operation)
    return Quota(rate=figures.rate, burst=figures.burst, source=family.source, note=figures.note)


def choose(
    service: str,
    operation: str,
    *,
    given: Given = NOTHING_GIVEN,
    account: Mapping[str, float] | None = None,
    share: float = 1.0,
) -> Quota:
    """Return the quota to keep: as given, else the account's own, else bulkops' table.

    `account` maps `service:Operation` to calls a second, as Service Quotas has it. `share`
    scales rate and burst, so that others who use the same quota have the rest of both.

    Only the table knows bursts: Service Quotas has none for Amazon Connect. Where the rate is
    higher than the table's, the table's burst stays, for one believed too small costs burst ÷
    rate seconds once, and one believed too great costs throttles after every pause. Where the
    rate is lower, the burst is lowered with it, to 1 at the least.
    """
    table = published(service, operation)
    quota = _of_account(service, operation, account, table)
    rate = given.rate_of(service, operation, quota.rate)
    if rate is not None:
        quota = Quota(rate=rate, burst=_burst(table, rate), source=f"--tps {rate:g}")
    if given.burst is not None:
        quota = replace(quota, burst=given.burst, source=f"{quota.source}, --burst")
    if share != 1:
        quota = replace(
            quota,
            rate=quota.rate * share,
            burst=max(quota.burst * share, 1.0),
            source=f"{quota.source}, {share:.0%} of it",
        )
    return quota


def _of_account(
    service: str, operation: str, account: Mapping[str, float] | None, table: Quota
) -> Quota:
    rate = (account or {}).get(f"{service}:{operation}")
    if rate is None or not rate > 0:  # a quota of 0 would mean no run at all: it is not believed
        return table
    return Quota(rate=rate, burst=_burst(table, rate), source="Service Quotas of the account")


def _burst(table: Quota, rate: float) -> float:
    return max(table.burst * min(rate / table.rate, 1.0), 1.0)


def parse_tps(*texts: str, burst: float | None = None) -> Given:
    """Return what `--tps` says: a number, `Operation=number`, `auto` or `probe`.

    Several may be given, apart or with commas between; the burst is that of `--burst`. Raises
    ValueError with what was found and what is allowed.
    """
    rate: float | None = None
    rates: dict[str, float] = {}
    probe = False
    for word in (part.strip() for text in texts for part in text.split(",")):
        name, equals, number = (part.strip() for part in word.rpartition("="))
        if equals:
            if not re.fullmatch(r"([\w-]+:)?\w+", name):
                raise ValueError(f'--tps: "{word}" names no operation: write CreateUser=10')
            rates[name] = _positive(number, word)
        elif word.casefold() in ("auto", "probe"):
            probe = probe or word.casefold() == "probe"
        elif rate is not None:
            raise ValueError(f'--tps: {rate:g} and "{word}" are both for every operation')
        else:
            rate = _positive(word, word)
    if burst is not None and not 1 <= burst < math.inf:
        raise ValueError(f"--burst: {burst:g} calls at once are none: give 1 or more")
    return Given(rate=rate, rates=rates, burst=burst, probe=probe)


def _positive(text: str, word: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate < math.inf:
        raise ValueError(
            f'--tps: "{word}" is not a rate: write calls a second such as 2, '
            "an operation's such as CreateUser=10, auto, or probe"
        )
    return rate


def parse_share(text: str) -> float:
    """Return the part of a quota that `--share` allows: "80%" or "0.8" is 0.8.

    Raises ValueError for what is no part, with what was probably meant.
    """
    number, percent = text.strip().removesuffix("%"), text.strip().endswith("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = math.nan
    if 0 < share <= 1:
        return share
    meant = f': did you mean "{number}%"?' if 1 < share <= 100 and not percent else ""  # noqa: PLR2004  # per cent
    raise ValueError(f'--share: "{text}" is not a part of a quota{meant or ": write 80% or 0.8"}')
