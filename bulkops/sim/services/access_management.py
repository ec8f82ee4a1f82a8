"""The simulated IAM: what the simulation's permissions make of actions, and where a role lies."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.state.permissions import Decision, Permissions
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.sessions import RoleSessions
from bulkops.sim.state.world import Caller

USUAL_PAGE = 100
"""Results on a page where MaxItems says nothing else."""
ACTION = re.compile(r"[\w-]+:\w+", re.ASCII)
WORST: Sequence[Decision] = ("explicitDeny", "implicitDeny", "allowed")


class Iam:
    """Answers SimulatePrincipalPolicy and GetRole."""

    def __init__(self, sessions: RoleSessions, permissions: Callable[[], Permissions]) -> None:
        self.rules = Rules("iam", invalid="ValidationError")
        self._sessions = sessions
        self._permissions = permissions

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer a request, or raise ServiceError."""
        del now
        self.rules.check(operation, params)
        match operation:
            case "SimulatePrincipalPolicy":
                return Response(data=self._simulated(params, caller))
            case "GetRole":
                return Response(data={"Role": self._role(params["RoleName"], caller)})
        raise ServiceError(
            "UnsupportedOperationException", f"The simulator does not know iam:{operation}."
        )

    def _role(self, name: str, caller: Caller) -> Mapping[str, Any]:
        session = self._sessions.role(caller.account, name)
        if session is None:
            message = f"The role with name {name} cannot be found."
            raise ServiceError("NoSuchEntity", message, 404)
        path = session.role.partition(":role")[2].removesuffix(name)
        return {
            "Path": path,
            "RoleName": name,
            "RoleId": session.role_id,
            "Arn": session.role,
            "CreateDate": datetime.fromtimestamp(BEGUN, UTC),
        }

    def _simulated(self, params: Mapping[str, Any], caller: Caller) -> Mapping[str, Any]:
        self._check_source(params["PolicySourceArn"], caller)
        for action in params["ActionNames"]:
            if not ACTION.fullmatch(action):
                raise ServiceError("InvalidInput", f"Invalid action name: {action}", 400)
        results = [
            self._result(action, params.get("ResourceArns") or ["*"])
            for action in params["ActionNames"]
        ]
        begin, most = int(params.get("Marker", 0)), params.get("MaxItems", USUAL_PAGE)
        page: dict[str, Any] = {"EvaluationResults": results[begin : begin + most]}
        more = begin + most < len(results)
        rest = {"Marker": str(begin + most)} if more else {}
        return {**page, "IsTruncated": more, **rest}

    def _check_source(self, arn: str, caller: Caller) -> None:
        """Refuse to speak of anybody but a user or a role that the caller's account has."""
        form = rf"arn:aws:iam::{caller.account}:(?P<kind>user|role)/(?P<path>\S+)"
        found = re.fullmatch(form, arn)
        if found is None:
            raise ServiceError("InvalidInput", f"Invalid Entity Arn: {arn} does not match", 400)
        name = found["path"].rpartition("/")[2]
        session = self._sessions.role(caller.account, name)
        known = name == "operator" if found["kind"] == "user" else session and session.role == arn
        if not known:
            raise ServiceError("NoSuchEntity", f"{found['kind']} {name} does not exist", 404)

    def _result(self, action: str, resources: Sequence[str]) -> Mapping[str, Any]:
        decided = {each: self._permissions().decision(action, each) for each in resources}
        return {
            "EvalActionName": action,
            "EvalResourceName": resources[0],
            "EvalDecision": min(decided.values(), key=WORST.index),
            "MatchedStatements": [],
            "MissingContextValues": [],
            "ResourceSpecificResults": [
                {
                    "EvalResourceName": resource,
                    "EvalResourceDecision": decision,
                    "MatchedStatements": [],
                    "MissingContextValues": [],
                }
                for resource, decision in decided.items()
            ],
        }
