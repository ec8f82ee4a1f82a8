"""A table whose disk may be full: it ends alone, is noted, and the others go on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Generic, Self, TypeVar

from bulkops.reports.atomic_report import noting

T = TypeVar("T")


class GuardedTable(Generic[T]):
    """Something to be written in a block, which may turn out not to be writable.

    Why not is added to `unwritten`, a sentence that names the file; the block is not disturbed.
    What is no fault of writing passes as it is.
    """

    def __init__(self, table: AbstractContextManager[T], unwritten: list[str]) -> None:
        self._table = table
        self._unwritten = unwritten
        self._opened: list[T] = []

    def __enter__(self) -> Self:
        with noting(self._unwritten):
            self._opened.append(self._table.__enter__())
        return self

    def __call__(self, work: Callable[[T], None]) -> None:
        """Do something with what was opened, if it can still be written."""
        for opened in self._opened:
            try:
                work(opened)
            except OSError:
                self.__exit__(*sys.exc_info())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._opened:
            return
        self._opened = []
        with noting(self._unwritten):
            self._table.__exit__(kind, error, trace)
