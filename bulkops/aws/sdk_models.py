"""botocore's own models of operations, for what of botocore reads answers and checks arguments."""

from __future__ import annotations

from functools import cache
from typing import Any

from bulkops.definition.model.operations import operation_model
from bulkops.definition.model.shapes import ServiceShapes

SdkOperation = Any
"""An operation of botocore.model; its classes are untyped."""


def sdk_model(service: str, operation: str) -> SdkOperation:
    """Return botocore's model of an operation; JobError where it is unknown."""
    known = operation_model(service, operation).service
    is_newer = operation not in known.description["operations"]
    return _sdk_service(known, is_newer).operation_model(operation)


@cache
def _sdk_service(known: ServiceShapes, whole: bool) -> Any:  # noqa: ANN401, FBT001  # untyped; a cache's key
    from botocore.model import ServiceModel  # noqa: PLC0415  # 0.1 s that only answers need

    return ServiceModel(known.whole if whole else known.description, known.name)
