"""What the callers of a simulation may do: a list of what is allowed, and one of what is denied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

Decision = Literal["allowed", "implicitDeny", "explicitDeny"]
"""What IAM makes of an action on a resource, in its own words."""
ANY = "*"


class PermissionsError(Exception):
    """A text that is no permissions; the message says what is wrong.

    It stays in the simulator: whoever set them gets an answer that says so.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """Patterns of actions, such as `connect:Create*`; behind a space, of the resource they are on.

    What is denied is so whatever is allowed. Without a resource, a pattern is for all.
    """

    allowed: tuple[str, ...] = (ANY,)
    denied: tuple[str, ...] = ()

    def decision(self, action: str, resource: str = ANY) -> Decision:
        """Return what comes of an action on a resource."""
        if any(_covers(each, action, resource) for each in self.denied):
            return "explicitDeny"
        allowed = any(_covers(each, action, resource) for each in self.allowed)
        return "allowed" if allowed else "implicitDeny"

    @classmethod
    def from_json(cls, text: str) -> Permissions:
        """Return permissions written as {"allowed": [...], "denied": [...]}, either left out."""
        try:
            given: Any = json.loads(text)
        except ValueError as error:
            raise PermissionsError(f"not JSON: {error}") from error
        if not isinstance(given, dict) or given.keys() - {"allowed", "denied"}:
            raise PermissionsError("permissions are an object of `allowed` and `denied`")
        return cls(**{name: tuple(_texts(name, value)) for name, value in given.items()})


EVERYTHING = Permissions()


def _texts(name: str, value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, str) or not each.strip():
            raise PermissionsError(f"{name} is a list of texts such as connect:CreateUser")
        yield each.strip()


def _covers(pattern: str, action: str, resource: str) -> bool:
    """Tell whether a pattern is for an action, which knows no case, on a resource."""
    wanted, _, place = pattern.partition(" ")
    return fnmatchcase(action.lower(), wanted.lower()) and fnmatchcase(resource, place or ANY)
