"""Whether an answer of success is AWS's, by its request id and its body, before it is believed.

What stands between here and AWS answers too: proxies, log-in pages, caches. Its status and its
content type say nothing: only AWS's own answers name the request and have the modelled form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from bulkops.aws.answer_shapes import Manner, MisfitError, SdkShape, reader_of
from bulkops.aws.sdk_models import SdkOperation, sdk_model
from bulkops.aws.wire_answers import WireAnswer
from bulkops.pacing.read_retries import is_read

REQUEST_IDS = ("x-amzn-requestid", "x-amz-request-id")
NO_CONTENT = 204
_NOTHING = b"{}"


class ForeignAnswerError(Exception):
    """An answer of success that is not AWS's, or not whole; the message says by what it is known.

    It stays in this room: `aws.faults` makes a Fault of it.
    """

    def __init__(self, answer: WireAnswer, why: str) -> None:
        super().__init__(f"What came is not AWS's answer: {why}. {answer}")
        self.status = answer.status


@dataclass(frozen=True, slots=True)
class BelievedBody:
    """The body of a success that is AWS's: what botocore is to read, and what was read already.

    To check a body is to read it, and the larger answers are not to be read twice: `members` are
    what botocore would make of it, and `rest` then has nothing for it to do.
    """

    rest: bytes
    members: Mapping[str, Any] | None = None


def believed(answer: WireAnswer, service: str, operation: str) -> BelievedBody:
    """Return the body of a success that is AWS's; ForeignAnswerError for any other.

    It says what came, but for values that are left out of the answers to reads (see
    `answer_shapes.reader_of`).
    """
    model = sdk_model(service, operation)
    protocol = str(model.service_model.resolved_protocol)
    try:
        if protocol in {"json", "rest-json"}:
            _check_request_id(answer.headers)
            return _json_body(answer, model, protocol, operation)
        if protocol in {"query", "ec2", "rest-xml"}:
            _check_xml(answer, model, protocol)
        else:
            _check_request_id(answer.headers)  # CBOR: botocore reads it whole or not at all
    except (ValueError, RecursionError) as error:
        raise ForeignAnswerError(answer, str(error) or type(error).__name__) from error
    return BelievedBody(answer.body)


def _check_request_id(headers: Mapping[str, str], in_body: str = "") -> None:
    if not in_body.strip() and not any(headers.get(name, "").strip() for name in REQUEST_IDS):
        raise MisfitError("it has no request id")


def _json_body(
    answer: WireAnswer, model: SdkOperation, protocol: str, operation: str
) -> BelievedBody:
    as_it_came = BelievedBody(answer.body)
    if _is_raw(model):
        return as_it_came
    shape = _body_shape(model)
    # an operation that answers nothing may send an empty body, or an empty object
    if not answer.body and (shape is None or _is_silent(answer, model)):
        return as_it_came
    given = _parsed(answer.body)
    if not isinstance(given, dict):
        raise MisfitError("its body is no JSON object")
    if shape is None:
        return as_it_came
    read = reader_of(shape, Manner(is_read(operation), casts=protocol == "rest-json"))(given)
    payload = model.output_shape.serialization.get("payload")
    return BelievedBody(_NOTHING, {payload: read} if payload else read)


def _parsed(body: bytes) -> Any:  # noqa: ANN401  # JSON
    try:
        return json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise MisfitError("its body is empty" if not body else "its body is not JSON") from error


def _is_raw(model: SdkOperation) -> bool:
    """Tell whether a body is a stream, or one value that is written as it is."""
    if model.has_streaming_output or model.has_event_stream_output:
        return True
    shape = model.output_shape
    payload = shape.serialization.get("payload") if shape is not None else None
    return payload is not None and shape.members[payload].type_name != "structure"


def _body_shape(model: SdkOperation) -> SdkShape | None:
    """Return the shape of an answer's body; None where the model has nothing in it."""
    shape = model.output_shape
    if shape is None:
        return None
    payload = shape.serialization.get("payload")
    if payload is not None:
        return shape.members[payload]
    in_body = any("location" not in member.serialization for member in shape.members.values())
    return shape if in_body else None


def _is_silent(answer: WireAnswer, model: SdkOperation) -> bool:
    """Tell whether the model has the operation answer with 204, and it has done so."""
    return bool(answer.status == NO_CONTENT == model.http.get("responseCode"))


def _check_xml(answer: WireAnswer, model: SdkOperation, protocol: str) -> None:
    if protocol == "rest-xml":
        _check_request_id(answer.headers)
        is_empty = not answer.body and _body_shape(model) is None
        if not is_empty and not _is_raw(model) and _local(_root(answer.body)).lower() == "html":
            raise MisfitError("its body is a web page")
        return
    root = _root(answer.body)
    if _local(root) != f"{model.wire_name}Response":
        raise MisfitError(f"its body is no {model.wire_name}Response")
    shape = model.output_shape
    wrapper = shape.serialization.get("resultWrapper") if shape is not None else None
    if wrapper and all(_local(child) != wrapper for child in root):
        raise MisfitError(f"its body holds no {wrapper}")
    _check_request_id(answer.headers, _request_id(root))


def _root(body: bytes) -> ET.Element:
    try:
        return ET.fromstring(body)  # noqa: S314  # expat bounds entities; botocore parses it too
    except ET.ParseError as error:
        raise MisfitError("its body is empty" if not body else "its body is not XML") from error


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _request_id(root: ET.Element) -> str:
    """Return the request id in a body: EC2's at its top, the others' in ResponseMetadata."""
    found = (each for each in root.iter() if _local(each).lower() == "requestid")
    return next((each.text or "" for each in found), "")
