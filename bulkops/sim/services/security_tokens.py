"""The simulated STS: who the caller is, and temporary keys for a role.

Any role of an account that has an instance may be assumed, unless the simulation's permissions deny
it. A role's longest session is IAM's default, an hour. Refusals are worded as in the API reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.state.permissions import Permissions
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.sessions import RoleSessions
from bulkops.sim.state.world import Caller, SimulatedWorld

LONGEST_SECONDS = 3600
"""MaxSessionDuration of a role where nobody has set it; of a role that a role assumes, always."""
ROLE = re.compile(r"arn:aws:iam::(?P<account>\d{12}):role/\S+", re.ASCII)
OPERATOR = "AIDASIMULATEDOPERATOR"


class Sts:
    """Answers GetCallerIdentity and AssumeRole."""

    def __init__(
        self,
        world: SimulatedWorld,
        sessions: RoleSessions,
        permissions: Callable[[], Permissions],
    ) -> None:
        self.rules = Rules("sts", invalid="ValidationError")
        self._world = world
        self._sessions = sessions
        self._permissions = permissions

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request, or raise ServiceError."""
        self.rules.check(operation, params)
        match operation:
            case "GetCallerIdentity":
                return Response(data=self._identity(caller))
            case "AssumeRole":
                return Response(data=self._assumed(params, now, caller))
        raise ServiceError(
            "UnsupportedOperationException", f"The simulator does not know sts:{operation}."
        )

    def _identity(self, caller: Caller) -> Mapping[str, Any]:
        session = self._sessions.of_key(caller.access_key)
        user = OPERATOR if session is None else f"{session.role_id}:{session.name}"
        return {"UserId": user, "Account": caller.account, "Arn": caller.arn}

    def _assumed(self, params: Mapping[str, Any], now: float, caller: Caller) -> Mapping[str, Any]:
        role = params["RoleArn"]
        found = ROLE.fullmatch(role)
        if found is None:
            raise ServiceError("ValidationError", f"{role} is invalid", 400)
        accounts = {one.account for one in self._world.instances.values()}
        allowed = self._permissions().decision("sts:AssumeRole", role) == "allowed"
        if found["account"] not in accounts or not allowed:
            raise ServiceError(
                "AccessDenied",
                f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: "
                f"{role}",
                403,
            )
        seconds = params.get("DurationSeconds", LONGEST_SECONDS)
        self._check_seconds(seconds, caller)
        session = self._sessions.begin(role, params["RoleSessionName"], now + seconds)
        return {
            "Credentials": {
                "AccessKeyId": session.access_key,
                "SecretAccessKey": session.secret,
                "SessionToken": session.token,
                "Expiration": datetime.fromtimestamp(session.ends, UTC),
            },
            "AssumedRoleUser": {
                "AssumedRoleId": f"{session.role_id}:{session.name}",
                "Arn": session.arn,
            },
        }

    def _check_seconds(self, seconds: int, caller: Caller) -> None:
        """Refuse a session that is longer than the role, or a role of a role, allows."""
        if seconds <= LONGEST_SECONDS:
            return
        chained = self._sessions.of_key(caller.access_key) is not None
        limit = (
            "1 hour session limit for roles assumed by role chaining."
            if chained
            else "MaxSessionDuration set for this role."
        )
        raise ServiceError(
            "ValidationError", f"The requested DurationSeconds exceeds the {limit}", 400
        )
