"""Whether a read was refused because what it asked for is not there."""

from __future__ import annotations

import re

_NOT_FOUND = re.compile(r"NotFound|NoSuch|NonExist|NotExist|DoesNotExist|^404$")
"""How services name it: NoSuchEntity, ResourceNotFoundException, QueueDoesNotExist, and S3's 404
without a body."""
_MISSING = 404


def is_not_found(code: str, http_status: int) -> bool:
    """Tell whether a service's code says that something is not there."""
    return _NOT_FOUND.search(code) is not None or (http_status == _MISSING and not code)
