"""AWS's query protocol, as STS speaks it: form fields in, XML out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from bulkops.definition.model.operations import service_model
from bulkops.sim.http.json_protocols import HttpReply, HttpRequest
from bulkops.sim.state.refusals import ServiceError

ENCODING = "utf-8"


class Query:
    """Finds operations by the form field Action; takes flat texts only, which is all STS needs."""

    def __init__(self, service: str) -> None:
        self._model = service_model(service)

    def parse(self, request: HttpRequest) -> tuple[str, dict[str, Any]]:
        """Return the operation that a request asks for, and its parameters."""
        fields = dict(parse_qsl(request.body.decode(ENCODING, "replace")))
        operation = fields.pop("Action", "")
        if operation not in self._model.operations:
            raise ServiceError("InvalidAction", "The form field Action names no operation.")
        shape = self._model.operations[operation].input_shape
        members = {} if shape is None else shape.members
        return operation, {name: text for name, text in fields.items() if name in members}

    def render(self, operation: str, data: Mapping[str, Any], request_id: str) -> HttpReply:
        """Return a reply of success."""
        namespace = self._model.metadata["xmlNamespace"]
        root = ET.Element(f"{operation}Response", xmlns=namespace)
        result = ET.SubElement(root, f"{operation}Result")
        for name, value in data.items():
            ET.SubElement(result, name).text = str(value)
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


QUERY_CODES: Mapping[str, str] = {
    "InvalidSignatureException": "SignatureDoesNotMatch",
    "UnrecognizedClientException": "InvalidClientTokenId",
    "ThrottlingException": "Throttling",
}
"""How STS calls the errors that have other names in the JSON protocols."""


def _xml(status: int, root: ET.Element) -> HttpReply:
    body = ET.tostring(root, encoding=ENCODING)
    return HttpReply(status=status, headers={"content-type": "text/xml"}, body=body)
