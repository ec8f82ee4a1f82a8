"""Values as an operation would write them, of what another answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bulkops.definition.model.shapes import Shape


def as_written(shape: Shape, value: Any) -> Any:  # noqa: ANN401  # JSON
    """Return an answered value in the form of a write's shape, without what that does not take.

    A document that was answered as JSON is the text of that JSON where the write takes text.
    """
    match shape.type_name, value:
        case "structure", Mapping() if not shape.is_document_type:
            return {
                name: as_written(member, value[name])
                for name, member in shape.members.items()
                if name in value
            }
        case "list", list():
            return [as_written(shape.member, each) for each in value]
        case "map", Mapping():
            return {key: as_written(shape.value, each) for key, each in value.items()}
        case "string", Mapping() | list():
            return json.dumps(value, separators=(",", ":"), sort_keys=True)
        case _:
            return value
