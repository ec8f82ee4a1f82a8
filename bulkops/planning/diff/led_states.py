"""What a thing's state says once a step has done its work, for steps that set no value of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulkops.definition.expressions import Held
from bulkops.definition.job import Step
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.planning.calls.argument import Argument, Path
from bulkops.planning.diff.comparison import Difference
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing


def with_held_state(
    step: Step, arguments: Sequence[Argument], state: Mapping[str, Any]
) -> list[Argument]:
    """Return arguments with what is sent as it stands in the thing's state."""
    held = {(name,): arg.path for name, arg in step.args.items() if isinstance(arg, Held)}
    if not held:
        return list(arguments)
    return [
        each._replace(value=value_at_dotted(state, held[each.path])) if each.path in held else each
        for each in arguments
    ]


def led_differences(
    step: Step,
    params: Mapping[str, Any],
    state: Mapping[str, Any],
    kind: ThingKind,
    *,
    described: bool,
) -> list[Difference]:
    """Return where a thing is not yet as the step leads it to be; `params` are what is sent."""
    found = []
    for path, value in _led_to(step, params):
        place = tuple(path.split("."))
        old = state_value(state, place, kind, described=described)
        if not old.known or old.value != value:
            found.append(Difference(Argument(place, value, path), old))
    return found


def is_led(step: Step, thing: Thing, kind: ThingKind, *, described: bool) -> bool:
    """Tell whether a thing is seen to be as a step leads it to be."""
    state = thing.state or {}
    held = {name: arg.path for name, arg in step.args.items() if isinstance(arg, Held)}
    params = {name: value_at_dotted(state, path) for name, path in held.items()}
    return not led_differences(step, params, state, kind, described=described)


def sent_before(
    step: Step, arguments: Sequence[Argument], found: Sequence[Difference]
) -> list[Argument] | None:
    """Return the arguments that lead back to what was there; None where nothing was, or is known.

    Only what a step sends by itself can lead back: the version that was active before.
    """
    was = {".".join(each.argument.path): each.old.value for each in found}
    sent: dict[Path, Any] = {
        (name,): was.get(path)
        for path, value in step.leads_to.items()
        for name, arg in step.args.items()
        if isinstance(value, Held) and arg == value
    }
    if not sent or None in sent.values():
        return None
    return [each._replace(value=sent.get(each.path, each.value)) for each in arguments]


def _led_to(step: Step, params: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of the state that a step leads to."""
    for path, value in step.leads_to.items():
        if not isinstance(value, Held):
            yield path, value
            continue
        for name, arg in step.args.items():
            if arg == value and name in params:
                yield path, params[name]
