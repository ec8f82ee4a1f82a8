"""Client tokens: a request that comes again with the same one has no second effect."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import WorldSession

KIND = "client-token"
"""What tokens are kept under; they are nothing that an instance shows."""


def once(
    handler: Handler, *, member: str = "ClientToken", differs: str = "IdempotencyException"
) -> Handler:
    """Return a handler that answers a repeated token as it did, and carries nothing out again.

    `differs` is the code with which the same token is refused beside other members.
    """

    def answer(session: WorldSession, params: Members) -> Members:
        token = params.get(member)
        if token is None:
            return handler(session, params)
        given = {name: value for name, value in params.items() if name != member}
        return once_for(session, token, given, lambda: handler(session, params), differs=differs)

    return answer


def once_for(
    session: WorldSession,
    token: str,
    given: Mapping[str, Any],
    act: Callable[[], Members],
    *,
    differs: str,
) -> Members:
    """Return what a token was answered with before, or act and keep what that is answered with."""
    name = f"{session.operation} {token}"
    asked = hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()
    before = session.table(KIND).get(name)
    if before is None:
        reply = act()
        session.put_named(KIND, name, {"Asked": asked, "Reply": dict(reply)})
        return reply
    if before["Asked"] != asked:
        raise ServiceError(differs, "The token was used with other members before.")
    return dict(before["Reply"])
