"""Several reads at the same time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import anyio


async def side_by_side(reads: Iterable[Callable[[], Coroutine[Any, Any, None]]]) -> None:
    """Do reads at the same time, each lane as fast as it may; the first that fails is raised."""
    try:
        async with anyio.create_task_group() as tasks:
            for read in reads:
                tasks.start_soon(read)
    except ExceptionGroup as group:
        # lanes fail side by side: one reason is enough to say
        raise group.exceptions[0] from group
