"""What the caller of a run knows and its ledger does not: who, how fast, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bulkops.ledger.states import RowStatus
from bulkops.planning.target import Target
from bulkops.reports import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUsed:
    """The quota that a lane kept to, and where the figure comes from.

    `rate` is in calls a second, `burst` in calls. Instances of one account and Region share it.
    """

    account: str
    region: str
    service: str
    operation: str
    rate: float
    burst: float
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLeft:
    """What a run of several targets has left to do on one of them, and why; empty if unknown."""

    target: str
    pending: int
    unknown: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """One attempt at a run: its start or a later resume, up to now.

    Times are ISO 8601 UTC. `seconds`, `calls`, `throttles` and `attempt` are those of this attempt
    alone; `attempt` is how many rows ended in it with each status. `least_seconds` is the least
    time that the quotas allow for its calls. `exit` is None while the run goes on, `reason` says
    why it stopped before its end, `left` what a run of several targets has left on which of them,
    `next_command` what a person would type next.
    """

    targets: tuple[Target, ...]
    started_at: str
    finished_at: str = ""
    quotas: tuple[QuotaUsed, ...] = ()
    seconds: float = 0.0
    least_seconds: float = 0.0
    calls: int = 0
    throttles: int = 0
    attempt: Mapping[RowStatus, int] = field(default_factory=dict)
    exit: int | None = None
    reason: str = ""
    left: tuple[TargetLeft, ...] = ()
    next_command: str = ""

    @property
    def callers(self) -> tuple[str, ...]:
        """The ARNs of those whose credentials were used, each once."""
        return tuple(dict.fromkeys(each.caller_arn for each in self.targets if each.caller_arn))

    def span(self) -> str:
        """Return when the attempt began and ended, as people read it."""
        begun = formats.moment(self.started_at)
        if not self.finished_at:
            return f"{begun}, still going on"
        return f"{begun} to {formats.moment(self.finished_at)}"

    def as_json(self) -> dict[str, Any]:
        """Return the facts as JSON values, to be kept beside the run."""
        return asdict(self) | {"attempt": by_status(self.attempt)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> RunFacts:
        """Return the facts that `as_json` gave."""
        return cls(
            **{
                **kept,
                "targets": tuple(Target(**each) for each in kept["targets"]),
                "quotas": tuple(QuotaUsed(**each) for each in kept["quotas"]),
                # an earlier version kept nothing of the kind
                "left": tuple(TargetLeft(**each) for each in kept.get("left", ())),
                "attempt": {RowStatus(name): rows for name, rows in kept["attempt"].items()},
            }
        )


def by_status(counts: Mapping[RowStatus, int]) -> dict[str, int]:
    """Return every status's count by its name, in the order of `RowStatus`, zeros included."""
    return {status.value: counts.get(status, 0) for status in RowStatus}
