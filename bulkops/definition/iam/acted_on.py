"""On which resources the actions of Amazon Connect act, by a packaged table.

`connect.json` is written by `tests/renew_iam.py`. "resources" are the ARNs of each type with the
target's places open; "actions" name the types that an action acts on, none where IAM lets it name
no resource.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

INSTANCE = "arn:{partition}:connect:{region}:{account}:instance/{instance_id}"
"""ARN of an instance, the places of the target open."""
ANYTHING = f"{INSTANCE}/*"
"""Whatever an instance holds."""
EVERYWHERE = ("*",)

_OF_ANYTHING = frozenset({"TagResource", "UntagResource", "ListTagsForResource"})
"""Act on whatever bears tags: more types than a policy has room for, so all of an instance."""


def acted_on(operation: str) -> tuple[str, ...]:
    """Return the ARNs that an action acts on: of one that the table lacks, all of the instance."""
    if operation in _OF_ANYTHING:
        return (ANYTHING,)
    table = _table()
    types = table["actions"].get(operation)
    if types is None:
        return (INSTANCE, ANYTHING)
    return tuple(table["resources"][name] for name in types.split()) or EVERYWHERE


def arns_by_type() -> Mapping[str, str]:
    """Return the ARN of each type of resource, the places of the target open and * for the id."""
    return _table()["resources"]  # type: ignore[no-any-return]


@cache
def _table() -> Any:  # noqa: ANN401  # JSON
    return json.loads((files(__package__) / "connect.json").read_text(encoding="utf-8"))
