"""The names of all operations of all services, read without making sense of the models.

To read 400 models whole takes seconds; to find the names in their text takes less than one.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache

from bulkops.definition.model.model_files import (
    MODEL,
    newer_operations,
    sdk_folders,
    services,
    services_with_newer,
    versions,
)

_NAMED = re.compile(rb'"([A-Z]\w*)":\s*\{\s*"name":\s*"\1"')
"""An operation in a model's text: a key that its name repeats."""


@cache
def operation_names(service: str) -> tuple[str, ...]:
    """Return the names of a service's operations, sorted; none where it has no model."""
    newest = max(versions(service), default="")
    found = {match.decode() for match in _NAMED.findall(_text(service, newest))}
    if service in services_with_newer():
        found |= newer_operations(service)["operations"].keys()
    return tuple(sorted(found))


def every_operation() -> Iterator[tuple[str, str]]:
    """Yield (service, operation) of all services that there are models of."""
    for service in services():
        yield from ((service, name) for name in operation_names(service))


def _text(service: str, version: str) -> bytes:
    packed = (folder / service / version / f"{MODEL}.json.gz" for folder in sdk_folders())
    return next((gzip.decompress(each.read_bytes()) for each in packed if each.is_file()), b"")
