"""How the members of requests and replies are written: dotted paths, and what a name tells."""

from __future__ import annotations

EACH = "[]"
"""Stands in a path for any element of the list before it: `QueueConfigs[].Priority`."""


def under(path: str, name: str) -> str:
    """Return the dotted path of a member inside a structure; an empty path is the request."""
    return f"{path}.{name}" if path else name


def holds_arn(member: str) -> bool:
    """Tell whether a member holds a thing's ARN, by the end of its name; others hold its id."""
    return member.lower().endswith("arn")
