"""How files are put to a signed address: no operation, and answers as those of Amazon S3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from bulkops.sim.http.json_protocols import HttpReply, HttpRequest
from bulkops.sim.state.refusals import ServiceError

UPLOADS, PUT = "uploads", "PutObject"
"""What stands in for the service and the operation of a file that is put."""
REQUEST_ID = "x-amz-request-id"


class UploadProtocol:
    """Takes a PUT as it is, since the address says all that is to be known of it."""

    def parse(self, request: HttpRequest) -> tuple[str, dict[str, Any]]:
        """Return the one operation there is, and the file with its address and headers."""
        if request.method != "PUT":
            raise ServiceError("MethodNotAllowed", "Files are put here.", 405)
        target = f"{request.path}?{request.query}"
        return PUT, {"target": target, "headers": dict(request.headers), "body": request.body}

    def render(self, operation: str, data: Mapping[str, Any], request_id: str) -> HttpReply:
        """Return a reply of success, which has no body."""
        del operation, data
        return HttpReply(headers={REQUEST_ID: request_id})

    def render_error(self, error: ServiceError, request_id: str) -> HttpReply:
        """Return a reply of failure: code and message in XML."""
        whole = ET.Element("Error")
        ET.SubElement(whole, "Code").text = error.code
        ET.SubElement(whole, "Message").text = error.message
        headers = {"content-type": "application/xml", REQUEST_ID: request_id}
        return HttpReply(status=error.status, headers=headers, body=ET.tostring(whole))
