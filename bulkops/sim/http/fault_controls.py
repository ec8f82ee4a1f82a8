"""The server's back door, for tests in other processes: what happened, what is, what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from bulkops.sim.core.fault_injection import Faults, FaultsError
from bulkops.sim.core.request_log import state
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.http.json_protocols import HttpReply
from bulkops.sim.state.permissions import Permissions, PermissionsError

CONTROL = "/_sim/"


def control(simulator: Simulator, method: str, path: str, query: str, body: bytes) -> HttpReply:
    """Answer `GET /_sim/record` and `state?ids=0&times=0`, `POST` of `faults` and `permissions`."""
    asked = (method, path.removeprefix(CONTROL))
    if asked == ("GET", "record"):
        return _json(200, json.dumps(simulator.request_log.as_json()))
    if asked == ("GET", "state"):
        flags = dict(parse_qsl(query))
        shown = state(simulator.world, ids=_on(flags, "ids"), times=_on(flags, "times"))
        return _json(200, shown)
    if asked == ("POST", "faults"):
        return _set_faults(simulator, body)
    if asked == ("POST", "permissions"):
        return _set_permissions(simulator, body)
    known = "GET /_sim/record, GET /_sim/state, POST /_sim/faults, POST /_sim/permissions"
    return _error(404, f"{method} {path} is not one of {known}")


def _set_faults(simulator: Simulator, body: bytes) -> HttpReply:
    try:
        faults = Faults.from_json(body.decode())
    except (UnicodeDecodeError, FaultsError) as error:
        return _error(400, str(error))
    simulator.set_faults(faults)
    return _json(200, "{}")


def _set_permissions(simulator: Simulator, body: bytes) -> HttpReply:
    try:
        simulator.permissions = Permissions.from_json(body.decode())
    except (UnicodeDecodeError, PermissionsError) as error:
        return _error(400, str(error))
    return _json(200, "{}")


def _on(flags: Mapping[str, str], name: str) -> bool:
    return flags.get(name, "1") != "0"


def _error(status: int, message: str) -> HttpReply:
    return _json(status, json.dumps({"error": message}))


def _json(status: int, text: str) -> HttpReply:
    headers = {"content-type": "application/json"}
    return HttpReply(status=status, headers=headers, body=text.encode())
