"""bulkops: rate-limited bulk operations for Amazon Connect."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "bulkops.api.functions": (
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
    ),
    "bulkops.errors": (
        "BulkopsError",
        "ChangedError",
        "Exit",
        "InterruptedQuestionError",
        "JobError",
        "LedgerBusyError",
        "LedgerError",
        "RefusedError",
        "ReportError",
        "SelectionError",
        "SheetError",
        "TargetError",
        "TerminatedQuestionError",
        "UnknownRunError",
        "UsageError",
    ),
    "bulkops.problems": ("Problem", "ProblemsFoundError"),
    "bulkops.engine.reads.instance_reader": ("ReadError",),
}
"""Module → the names of it that a program may use."""
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", *sorted(_HOME_OF)]  # noqa: PLE0604  # names alone, as the table has them


def __getattr__(name: str) -> Any:  # noqa: ANN401  # each name has its own type
    """Load a name when it is first asked for: importing bulkops itself stays cheap."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    """Name what there is, loaded or not: for completion in a notebook."""
    return sorted({*globals(), *__all__})
