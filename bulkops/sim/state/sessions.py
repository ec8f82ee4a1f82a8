"""The temporary keys that a simulation has given out, each for one role, for a while."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from bulkops.sim.state.ids import drawn

PREFIX = "ASIA"
"""How temporary access keys begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSession:
    """One assumed role: its keys, who its caller is, and the POSIX time at which it ends."""

    access_key: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    account: str
    role: str
    """The role's own ARN, with its path."""
    name: str
    ends: float

    @property
    def role_name(self) -> str:
        """The role's name, without its path."""
        return self.role.rpartition("/")[2]

    @property
    def role_id(self) -> str:
        """The id that IAM has for the role."""
        return f"AROA{_letters(self.role)[:16]}"

    @property
    def arn(self) -> str:
        """The ARN of whoever calls with the keys; it leaves the role's path out."""
        return f"arn:aws:sts::{self.account}:assumed-role/{self.role_name}/{self.name}"


class RoleSessions:
    """Every temporary key of a simulation; the same requests give the same keys."""

    def __init__(self) -> None:
        self._by_key: dict[str, RoleSession] = {}

    def begin(self, role: str, name: str, ends: float) -> RoleSession:
        """Give out keys for a role."""
        number = len(self._by_key) + 1
        session = RoleSession(
            access_key=f"{PREFIX}{_letters('key', role, number)[:16]}",
            secret=base64.b64encode(drawn("secret", role, number) * 2).decode()[:40],
            token=base64.b64encode(drawn("token", role, number) * 6).decode(),
            account=role.split(":")[4],
            role=role,
            name=name,
            ends=ends,
        )
        self._by_key[session.access_key] = session
        return session

    def of_key(self, access_key: str) -> RoleSession | None:
        """Return the session of an access key; None where none was given out by that name."""
        return self._by_key.get(access_key)

    def role(self, account: str, name: str) -> RoleSession | None:
        """Return the latest session of the role that bears a name in an account."""
        found = (one for one in reversed(self._by_key.values()) if one.account == account)
        return next((one for one in found if one.role_name == name), None)


def _letters(*parts: object) -> str:
    """Return letters and digits as AWS writes its ids."""
    return base64.b32encode(drawn(*parts)).decode().replace("=", "")
