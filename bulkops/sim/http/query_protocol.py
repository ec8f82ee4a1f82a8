"""AWS's query protocol, as STS and IAM speak it: form fields in, XML out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from bulkops.definition.model.operations import service_model
from bulkops.definition.model.shapes import Shape
from bulkops.sim.http.json_protocols import HttpReply, HttpRequest
from bulkops.sim.state.refusals import ServiceError

ENCODING = "utf-8"


class Query:
    """Finds operations by the form field Action; members of lists are numbered behind a dot."""

    def __init__(self, service: str) -> None:
        self._model = service_model(service)

    def parse(self, request: HttpRequest) -> tuple[str, dict[str, Any]]:
        """Return the operation that a request asks for, and its parameters."""
        fields = dict(parse_qsl(request.body.decode(ENCODING, "replace")))
        operation = fields.pop("Action", "")
        if operation not in self._model.operations:
            raise ServiceError("InvalidAction", "The form field Action names no operation.")
        shape = self._model.operations[operation].input_shape
        return operation, {} if shape is None else _structure(shape, "", fields)

    def render(self, operation: str, data: Mapping[str, Any], request_id: str) -> HttpReply:
        """Return a reply of success."""
        namespace = self._model.metadata["xmlNamespace"]
        root = ET.Element(f"{operation}Response", xmlns=namespace)
        result = ET.SubElement(root, f"{operation}Result")
        for name, value in data.items():
            _add(result, name, value)
        metadata = ET.SubElement(root, "ResponseMetadata")
        ET.SubElement(metadata, "RequestId").text = request_id
        return _xml(200, root)

    def render_error(self, error: ServiceError, request_id: str) -> HttpReply:
        """Return a reply of failure."""
        root = ET.Element("ErrorResponse", xmlns=self._model.metadata["xmlNamespace"])
        inner = ET.SubElement(root, "Error")
        ET.SubElement(inner, "Type").text = "Sender"
        code = error.code.removesuffix("Exception")
        ET.SubElement(inner, "Code").text = QUERY_CODES.get(error.code, code)
        ET.SubElement(inner, "Message").text = error.message
        ET.SubElement(root, "RequestId").text = request_id
        return _xml(error.status, root)


def _structure(shape: Shape, prefix: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the members of a structure that a form has fields for."""
    return {
        name: _value(member, f"{prefix}{name}", fields)
        for name, member in shape.members.items()
        if _has(fields, f"{prefix}{name}")
    }


def _has(fields: Mapping[str, str], name: str) -> bool:
    return any(each == name or each.startswith(f"{name}.") for each in fields)


def _value(shape: Shape, field: str, fields: Mapping[str, str]) -> Any:  # noqa: ANN401  # JSON
    match shape.type_name:
        case "structure":
            return _structure(shape, f"{field}.", fields)
        case "list":
            return list(_items(shape.member, f"{field}.member.", fields))
        case "integer" | "long":
            return _whole(fields.get(field, ""))
        case "boolean":
            return fields.get(field) == "true"
    return fields.get(field, "")


def _items(shape: Shape, field: str, fields: Mapping[str, str]) -> Iterator[Any]:
    for number in count(1):
        if not _has(fields, f"{field}{number}"):
            return
        yield _value(shape, f"{field}{number}", fields)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ServiceError("MalformedInput", "A number is expected.", 400) from None


def _add(above: ET.Element, name: str, value: object) -> None:
    """Write a value as XML: a list as elements `member`, a time as ISO 8601."""
    element = ET.SubElement(above, name)
    if isinstance(value, Mapping):
        for inner, held in value.items():
            _add(element, inner, held)
    elif isinstance(value, list):
        for held in value:
            _add(element, "member", held)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif isinstance(value, datetime):
        element.text = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        element.text = str(value)


QUERY_CODES: Mapping[str, str] = {
    "InvalidSignatureException": "SignatureDoesNotMatch",
    "UnrecognizedClientException": "InvalidClientTokenId",
    "ThrottlingException": "Throttling",
    "ExpiredTokenException": "ExpiredToken",
    "AccessDeniedException": "AccessDenied",
}
"""How STS calls the errors that have other names in the JSON protocols."""


def _xml(status: int, root: ET.Element) -> HttpReply:
    body = ET.tostring(root, encoding=ENCODING)
    return HttpReply(status=status, headers={"content-type": "text/xml"}, body=body)
