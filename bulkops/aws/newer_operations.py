"""Operations that the installed botocore does not know yet, made known to its clients."""

from __future__ import annotations

from typing import Any

from bulkops.definition.model.model_files import (
    NEWER_OPERATIONS,
    extras_types,
    services_with_newer,
)


def add_newer_operations(loader: Any) -> None:  # noqa: ANN401  # botocore is untyped
    """Let a loader of botocore's know the operations that are packaged with bulkops.

    Where a person has put a model of such a service beside botocore's, that one is the newest.
    """
    loader.search_paths.append(str(NEWER_OPERATIONS))
    for service in services_with_newer():
        loader.extras_types.extend(extras_types(service))
