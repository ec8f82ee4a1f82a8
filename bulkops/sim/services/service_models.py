"""The service models that ship with botocore."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def service_model(service: str) -> Any:  # noqa: ANN401  # botocore has no types
    """Return botocore's model of a service, read once: it takes a tenth of a second."""
    from botocore.session import get_session  # noqa: PLC0415  # slow to import

    return get_session().get_service_model(service)
