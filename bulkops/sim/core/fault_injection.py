"""What goes wrong on request: errors, cut connections, silence, slowness and lies.

A mishap is chosen by operation, by the number of the call, by the time, or by lot; the lot is
drawn from the seed, so that the same calls meet the same fate.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from bulkops.errors import UsageError
from bulkops.sim.state.ids import fraction

ForeignKind = Literal["page", "empty", "malformed", "text", "no-content", "hollow", "blocked"]
"""An answer that is not, or not all, the service's: a web page, nothing at all, the first half of
the answer, the text OK (all with status 200), a bare 204, a success with a request id that says
nothing (from an operation that answers nothing this is AWS's own), or a page with status 403."""
MishapKind = Literal["error", "cut", "refuse", "hang", "slow", "late", ForeignKind]
"""What happens: an error reply; the connection cut; the connection refused, in process only (over
HTTP it is cut); no answer until the client gives up; an answer that comes slowly; the connection
cut while the request goes on, to arrive `seconds` later and be carried out or refused then; or an
answer that is not the service's."""
FOREIGN: frozenset[ForeignKind] = frozenset(get_args(ForeignKind))


class FaultsError(UsageError):
    """A faults file that can't be understood; the message says what in it, and what may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What a short name in a faults file stands for."""

    kind: MishapKind
    code: str = ""
    message: str = ""
    status: int = 0
    effect: bool = False


PRESETS: Mapping[str, Preset] = {
    "throttle": Preset(kind="error", code="ThrottlingException", message="Rate exceeded"),
    "unavailable": Preset(
        kind="error", code="ServiceUnavailableException", message="Service is unavailable."
    ),
    "internal": Preset(
        kind="error", code="InternalServiceException", message="Internal service error."
    ),
    "expired": Preset(
        kind="error",
        code="ExpiredTokenException",
        message="The security token included in the request is expired",
    ),
    "denied": Preset(
        kind="error",
        code="AccessDeniedException",
        message="User is not authorized to perform this operation.",
    ),
    "quota": Preset(
        kind="error",
        code="LimitExceededException",
        message="The limit of this instance has been exceeded.",
    ),
    "cut-before": Preset(kind="cut"),
    "cut-after": Preset(kind="cut", effect=True),
    "timeout-before": Preset(kind="hang"),
    "timeout-after": Preset(kind="hang", effect=True),
    **{f"{kind}-before": Preset(kind=kind) for kind in get_args(ForeignKind)},
    **{f"{kind}-after": Preset(kind=kind, effect=True) for kind in get_args(ForeignKind)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """One thing that goes wrong, and when. All conditions given must hold."""

    kind: MishapKind
    operation: str = "*"
    """Name, or pattern such as `Describe*`."""
    service: str = "*"
    access_key: str = "*"
    """Only for requests signed with this key: credentials that expired, and others that did not."""
    calls: tuple[int, ...] = ()
    """Numbers of the operation's calls, from 1; empty: any."""
    since: float = 0.0
    until: float = math.inf
    """Seconds since the simulator's first request."""
    probability: float = 1.0
    times: int = 0
    """How often it happens at the most; 0: without end."""
    effect: bool = False
    """Whether the request takes effect before it goes wrong; a late one takes effect after."""
    code: str = ""
    message: str = ""
    status: int = 0
    seconds: float = 60.0
    """How long a hang or a slow answer takes, or until a late request arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """How long a request and its reply are on the way together, in seconds."""

    fixed: float = 0.0
    spread: float = 0.0
    """Uniform between nothing and this much more."""
    spike: float = 0.0
    spike_probability: float = 0.0
    outward: float = 0.5
    """Part of it that passes before the request arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """All that goes wrong in a simulation."""

    seed: int = 1
    latency: Latency = field(default_factory=Latency)
    mishaps: tuple[Mishap, ...] = ()

    def latency_of(self, service: str, operation: str, number: int) -> float:
        """Return the seconds that an operation's call of a number, from 1, is on the way."""
        latency, where = self.latency, (self.seed, "latency", service, operation, number)
        seconds = latency.fixed + latency.spread * fraction(*where)
        if latency.spike_probability and fraction("spike", *where) < latency.spike_probability:
            seconds += latency.spike
        return seconds

    @classmethod
    def from_json(cls, text: str) -> Faults:
        """Read a faults file; FaultsError says what in it can't be understood."""
        try:
            given = json.loads(text)
        except ValueError as error:
            raise FaultsError(f"the faults file is not JSON: {error}") from error
        _check_names(cls, given, "the faults file")
        latency, mishaps = given.get("latency", {}), given.get("mishaps", [])
        _check_names(Latency, latency, "latency")
        return cls(
            seed=int(given.get("seed", 1)),
            latency=Latency(**{name: float(value) for name, value in latency.items()}),
            mishaps=tuple(_mishap(one) for one in mishaps),
        )


def _mishap(given: Mapping[str, Any]) -> Mishap:
    _check_names(Mishap, given, "a mishap")
    kind = given.get("kind", "")
    preset = PRESETS.get(kind)
    if preset is None and kind not in get_args(MishapKind):
        known = ", ".join([*get_args(MishapKind), *PRESETS])
        raise FaultsError(f"a mishap's kind is {kind!r}; allowed are {known}")
    members: dict[str, Any] = dict(given)
    if preset is not None:
        members = {name: getattr(preset, name) for name in Preset.__slots__} | members
        members["kind"] = preset.kind
    if members["kind"] == "error" and not members.get("code"):
        raise FaultsError("a mishap of kind 'error' needs a code")
    members["calls"] = tuple(members.get("calls", ()))
    return Mishap(**members)


def _check_names(of: type, given: object, where: str) -> None:
    if not isinstance(given, dict):
        raise FaultsError(f"{where} is not a JSON object")
    allowed = [one.name for one in fields(of)]
    for name in given:
        if name not in allowed:
            raise FaultsError(f"{where} holds {name!r}; allowed are {', '.join(allowed)}")
    _check_types(given, where)


def _check_types(given: Mapping[str, Any], where: str) -> None:
    for name, value in given.items():
        allowed = _TYPES[name]
        if not isinstance(value, allowed) or (isinstance(value, bool) and allowed is not bool):
            raise FaultsError(f"{name} of {where} is {value!r}, which it can't be")


_NUMBER = (int, float)
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "seed": int,
    "latency": dict,
    "mishaps": list,
    "calls": list,
    "times": int,
    "effect": bool,
    "status": int,
    **dict.fromkeys(("since", "until", "probability", "seconds"), _NUMBER),
    **dict.fromkeys(("fixed", "spread", "spike", "spike_probability", "outward"), _NUMBER),
    **dict.fromkeys(("kind", "operation", "service", "access_key", "code", "message"), str),
}


class Fate:
    """Decides for each call what goes wrong with it, counting as it goes."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self._happened = [0] * len(faults.mishaps)

    def draw(
        self, service: str, operation: str, *, number: int, elapsed: float, access_key: str
    ) -> Mishap | None:
        """Return the first mishap that meets a call, or None. `number` counts from 1."""
        for place, mishap in enumerate(self.faults.mishaps):
            names = zip(
                (service, operation, access_key),
                (mishap.service, mishap.operation, mishap.access_key),
                strict=True,
            )
            if (
                all(fnmatchcase(name, pattern) for name, pattern in names)
                and (not mishap.calls or number in mishap.calls)
                and mishap.since <= elapsed < mishap.until
                and (not mishap.times or self._happened[place] < mishap.times)
                and self._lot(place, service, operation, number) < mishap.probability
            ):
                self._happened[place] += 1
                return mishap
        return None

    def _lot(self, place: int, service: str, operation: str, number: int) -> float:
        return fraction(self.faults.seed, "mishap", place, service, operation, number)
