"""How many rows one call of a step carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.expressions import Arg, Each, Held, Saved, WasList, leaves
from bulkops.definition.job import Step
from bulkops.definition.model.operations import operation
from bulkops.errors import JobError


def batched_member(step: Step) -> str:
    """Return the argument that takes one element for each row; empty for a call per row."""
    listed = (name for name, arg in step.args.items() if isinstance(arg, Each) or _is_rest(arg))
    return next(listed, "")


def _is_rest(arg: Arg) -> bool:
    return isinstance(arg, WasList) and arg.rest


def held_in_entry(step: Step) -> Iterator[tuple[str, str]]:
    """Yield (member of an element, path in the list's entry) of what is sent as it is there."""
    arg = step.args.get(batched_member(step))
    if isinstance(arg, Each) and isinstance(arg.item, Mapping):
        yield from ((name, each.path) for name, each in arg.item.items() if isinstance(each, Held))


def is_shared(step: Step) -> bool:
    """Tell whether rows share calls of a step: not where it sends what its own row has saved."""
    own = any(isinstance(leaf, Saved) for arg in step.args.values() for leaf in leaves(arg))
    return bool(batched_member(step)) and not own


def batch_size(service: str, step: Step) -> int:
    """Return the most rows that one call of a step carries, as the model's list allows; else 1.

    Raises JobError where a step sends a list of which no limit is known.
    """
    if not is_shared(step):
        return 1
    name = batched_member(step)
    most = operation(service, step.operation).member(name).limits.maximum
    if most is None:
        raise JobError(f"{step.operation}: how many {name} one call takes is not known.")
    return int(most)
