"""bulkops: rate-limited bulk operations for Amazon Connect."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "check",
    "check_async",
    "plan",
    "plan_async",
    "results",
    "results_async",
    "results_frame",
    "results_frame_async",
    "resume",
    "resume_async",
    "run",
    "run_async",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # each function has its own type
    """Load a function of the facade when it is first asked for: the import itself stays cheap."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("bulkops.api.functions"), name)


def __dir__() -> list[str]:
    """Name what there is, loaded or not: for completion in a notebook."""
    return sorted({*globals(), *__all__})
