"""The instance that a run works on."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.definition.job import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An account, Region and instance, as the service itself named them.

    `name` is the one in bulkops.toml; empty for the one target given by flags.
    """

    name: str = ""
    account: str
    region: str
    instance_id: str
    instance_arn: str
    alias: str = ""
    identity: Identity | None = None
    caller_arn: str = ""
    protected: bool = False
