"""Switches of an operation that take a member away: `removeDescription` beside `description`."""

from __future__ import annotations

from functools import cache

from bulkops.definition.model.operations import operation


@cache
def removal_flag(service: str, name: str, member: str) -> str:
    """Return the member of an operation that takes another one away; empty where none does."""
    flag = f"remove{member[:1].upper()}{member[1:]}"
    facts = operation(service, name).members.get(flag)
    return flag if facts is not None and facts.type == "boolean" else ""
