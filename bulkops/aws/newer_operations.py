"""Operations that the installed botocore does not know yet, made known to its clients."""

from __future__ import annotations

from typing import Any

from bulkops.definition.model.model_files import (
    EXTRAS_TYPE,
    NEWER_OPERATIONS,
    is_a_persons_own,
)


def add_newer_operations(loader: Any) -> None:  # noqa: ANN401  # botocore is untyped
    """Let a loader of botocore's know the operations that are packaged with bulkops.

    Where a person has put a model of such a service beside botocore's, that one is the newest.
    """
    services = [each.name for each in NEWER_OPERATIONS.iterdir() if each.is_dir()]
    if not any(map(is_a_persons_own, services)):
        loader.search_paths.append(str(NEWER_OPERATIONS))
        loader.extras_types.append(EXTRAS_TYPE)
