"""AWS's JSON protocols: HTTP in to an operation with its parameters, and a reply out to HTTP.

Everything is read off the service model: paths, where each member travels, how times are
written. `rest-json` is what Connect speaks, `json` (1.1) what Service Quotas speaks.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from bulkops.definition.model.operations import service_model
from bulkops.definition.model.shapes import ServiceShapes, Shape
from bulkops.sim.state.newer import NEWER
from bulkops.sim.state.refusals import FRONT_DOOR, ServiceError

REQUEST_ID = "x-amzn-requestid"
AMZ_JSON = "application/x-amz-json-1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A request as it came off the wire: `path` and `query` still percent-encoded."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpReply:
    """A reply as it goes onto the wire."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class RestJson:
    """Finds operations by method and path, and translates both ways."""

    def __init__(self, service: str) -> None:
        self._model = service_model(service)
        self._says = _message_member(self._model)
        self._routes: dict[tuple[str, int, str], list[tuple[Sequence[str], str]]] = {}
        for name, operation in self._model.operations.items():
            http = operation.http
            template = http["requestUri"].partition("?")[0].strip("/").split("/")
            key = (http["method"], len(template), template[0])
            self._routes.setdefault(key, []).append((template, name))
        for routes in self._routes.values():
            routes.sort(key=lambda route: sum(_is_label(part) for part in route[0]))

    def parse(self, request: HttpRequest) -> tuple[str, dict[str, Any]]:
        """Return the operation that a request asks for, and its parameters.

        Raises ServiceError: UnknownOperationException, or SerializationException for a body that
        is no JSON object or holds values of wrong types.
        """
        operation, labels = self._match(request)
        shape = self._model.operations[operation].input_shape
        if shape is None:
            return operation, {}
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            query.setdefault(name, []).append(value)
        body = _json_object(request.body)
        params: dict[str, Any] = {}
        for name, member in shape.members.items():
            located = member.serialization.get("name", name)
            match member.serialization.get("location"):
                case "uri":
                    params[name] = _from_text(member, labels[located])
                case "querystring" if located in query:
                    params[name] = _from_query(member, query[located])
                case "header" if located.lower() in request.headers:
                    params[name] = _from_text(member, request.headers[located.lower()])
                case None if body.get(located) is not None:
                    params[name] = decoded(member, body[located], located)
                case _:
                    pass
        return operation, params

    def _match(self, request: HttpRequest) -> tuple[str, dict[str, str]]:
        parts = request.path.strip("/").split("/")
        for template, operation in self._routes.get((request.method, len(parts), parts[0]), ()):
            pairs = list(zip(template, parts, strict=True))
            if all(_is_label(wanted) or wanted == part for wanted, part in pairs):
                labels = {
                    wanted[1:-1]: unquote(part) for wanted, part in pairs if _is_label(wanted)
                }
                return operation, labels
        raise ServiceError("UnknownOperationException", "No operation has this method and path.")

    def render(self, operation: str, data: Mapping[str, Any], request_id: str) -> HttpReply:
        """Return a reply of success."""
        shape = self._model.operations[operation].output_shape
        body = {} if shape is None else encoded(shape, data)
        return _json(200, body, {REQUEST_ID: request_id})

    def render_error(self, error: ServiceError, request_id: str) -> HttpReply:
        """Return a reply of failure: the code in a header, the message in the body."""
        name = "message" if error.code in FRONT_DOOR else self._says
        said = {name: error.message} if error.message else {}
        body = {**said, **error.more}
        headers = {"x-amzn-errortype": error.code, REQUEST_ID: request_id}
        return _json(error.status, body, headers)


class Json:
    """Finds operations by the X-Amz-Target header, and translates both ways."""

    def __init__(self, service: str) -> None:
        self._model = service_model(service)

    def parse(self, request: HttpRequest) -> tuple[str, dict[str, Any]]:
        """Return the operation that a request asks for, and its parameters."""
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        if operation not in self._model.operations:
            raise ServiceError("UnknownOperationException", "X-Amz-Target names no operation.")
        shape = self._model.operations[operation].input_shape
        given = _json_object(request.body)
        return operation, {} if shape is None else decoded(shape, given, "")

    def render(self, operation: str, data: Mapping[str, Any], request_id: str) -> HttpReply:
        """Return a reply of success."""
        shape = self._model.operations[operation].output_shape
        body = {} if shape is None else encoded(shape, data)
        return _json(200, body, {"content-type": AMZ_JSON, REQUEST_ID: request_id})

    def render_error(self, error: ServiceError, request_id: str) -> HttpReply:
        """Return a reply of failure: code and message in the body."""
        name = "message" if error.code in FRONT_DOOR else "Message"
        headers = {"content-type": AMZ_JSON, REQUEST_ID: request_id}
        return _json(error.status, {"__type": error.code, name: error.message}, headers)


def _message_member(model: ServiceShapes) -> str:
    """Return what a service's errors call their words: `Message`, or `message`."""
    for operation in model.operations.values():
        for shape in operation.error_shapes:
            for name in shape.members:
                if name.casefold() == "message":
                    return name
    return "Message"


def _json(status: int, body: Mapping[str, Any], headers: Mapping[str, str]) -> HttpReply:
    typed = {"content-type": "application/json", **headers}
    return HttpReply(status=status, headers=typed, body=json.dumps(body).encode())


def _is_label(part: str) -> bool:
    return part.startswith("{")


def _json_object(body: bytes) -> Mapping[str, Any]:
    try:
        given = json.loads(body) if body.strip() else {}
    except ValueError:
        raise ServiceError("SerializationException", "The body is not JSON.") from None
    if not isinstance(given, dict):
        raise ServiceError("SerializationException", "The body is not a JSON object.")
    return given


def _from_query(shape: Shape, values: Sequence[str]) -> Any:  # noqa: ANN401  # by the shape
    if shape.type_name == "list":
        return [_from_text(shape.member, value) for value in values]
    return _from_text(shape, values[-1])


def _from_text(shape: Shape, text: str) -> Any:  # noqa: ANN401  # by the shape
    read = _TEXTS.get(shape.type_name, str)
    try:
        return read(text)
    except (ValueError, KeyError):
        raise ServiceError(
            "SerializationException", f"A text can not be converted to {shape.type_name}."
        ) from None


_TEXTS: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
}


def decoded(shape: Shape, value: Any, path: str) -> Any:  # noqa: ANN401  # JSON in
    """Return a JSON value as the parameter that a shape stands for; unknown members are dropped."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        return {
            name: decoded(member, value[wire], f"{path}.{name}")
            for name, member in shape.members.items()
            if value.get(wire := member.serialization.get("name", name)) is not None
        }
    if kind == "list" and isinstance(value, list):
        return [decoded(shape.member, item, f"{path}.member") for item in value]
    if kind == "map" and isinstance(value, dict):
        return {name: decoded(shape.value, item, path) for name, item in value.items()}
    if kind == "blob" and isinstance(value, str):
        return _bytes(value, path)
    if kind in {"structure", "list", "map", "blob"}:
        raise ServiceError("SerializationException", f"{path} can not be converted to {kind}.")
    return value


def _bytes(text: str, path: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise ServiceError("SerializationException", f"{path} is not base64.") from None


def encoded(shape: Shape, value: Any) -> Any:  # noqa: ANN401  # JSON out
    """Return a member of a reply as JSON; what the model does not know is left out.

    But for what a thing holds as of a newer model.
    """
    kind = shape.type_name
    if kind == "structure":
        members = shape.members
        known = {
            members[name].serialization.get("name", name): encoded(members[name], inner)
            for name, inner in value.items()
            if name in members and inner is not None
        }
        return known | value.get(NEWER, {})
    if kind == "list":
        return [encoded(shape.member, item) for item in value]
    if kind == "map":
        return {name: encoded(shape.value, item) for name, item in value.items()}
    if isinstance(value, datetime):
        return value.timestamp()
    return value
