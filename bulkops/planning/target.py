"""The account, and what it has there, that a run works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkops.definition.homes import INSTANCE
from bulkops.definition.job import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An account, Region and instance, as the service itself named them.

    `name` is the one in bulkops.toml; empty for the one target given by flags. A job that needs no
    instance has none: its id, ARN and alias are empty.
    """

    name: str = ""
    account: str
    region: str
    instance_id: str = ""
    instance_arn: str = ""
    alias: str = ""
    identity: Identity | None = None
    caller_arn: str = ""
    protected: bool = False
    homes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Name of a home beside the instance → its id; only those that the run's job works in."""

    @property
    def places(self) -> Mapping[str, str]:
        """Name of every home → its id, the instance's among them."""
        instance = {INSTANCE.name: self.instance_id} if self.instance_id else {}
        return {**instance, **self.homes}

    @property
    def partition(self) -> str:
        """The partition of AWS that the account is of, such as aws-us-gov."""
        arn = self.instance_arn or self.caller_arn
        return arn.split(":")[1] if arn else "aws"

    @property
    def label(self) -> str:
        """What a person calls it: the instance by its alias or id, else the account."""
        return self.alias or self.instance_id or self.account
