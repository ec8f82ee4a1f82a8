"""A job's fingerprint: of what it means, whatever its file looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from bulkops.definition.job import SHOWN, Job


def digest(job: Job) -> str:
    """Return the hex SHA-256 of a job's canonical rendering."""
    return hashlib.sha256(canonical(job).encode()).hexdigest()


def canonical(job: Job) -> str:
    """Return a job as JSON: mappings sorted, what was left at its default left out.

    So a field that a later bulkops adds does not change the digest of jobs that don't use it.
    What is only reported of a run is left out too: it changes nothing that is sent.
    """
    return json.dumps(_rendered(job), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _rendered(value: object) -> object:
    if is_dataclass(value):
        said = {
            field.name: _rendered(getattr(value, field.name))
            for field in fields(value)
            if SHOWN not in field.metadata and getattr(value, field.name) != _default(field)
        }
        return {type(value).__name__: said}
    if isinstance(value, Mapping):
        return {str(key): _rendered(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rendered(inner) for inner in value]
    return value


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
