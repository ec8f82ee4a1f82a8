"""Lists whose elements a step tells apart by a member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulkops.definition.expressions import Keyed
from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import at_key


def elements_by(elements: Iterable[Mapping[str, Any]], by: str) -> dict[str, dict[str, Any]]:
    """Return the elements of a list by their places in a path, without the member they are by."""
    return {
        at_key(by, each.get(by)): {name: value for name, value in each.items() if name != by}
        for each in elements
    }


def holds_changes(step: Step, member: str) -> bool:
    """Tell whether a list that is sent holds but what is to be changed in the one that is there."""
    arg = step.args.get(member)
    return isinstance(arg, Keyed) and bool(arg.empty)


def keyed_by(step: Step, member: str) -> str:
    """Return the member by which a step tells the elements of one of its lists apart."""
    arg = step.args.get(member)
    return arg.by if isinstance(arg, Keyed) else ""
