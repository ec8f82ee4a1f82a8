"""What AWS's libraries would log while bulkops calls them: nothing of it is let through.

At level DEBUG botocore logs the whole body of each request, passwords included, and of each
answer, the session token, and exceptions with what a credential process printed; a warning of
aiohttp repeats what a server said. A level is anybody's to set, in the program, by
logging.basicConfig or boto3.set_stream_logger, so that no level of ours would hold. A filter on
each of their loggers does, whatever levels and handlers there are. It leaves alone what a program
logs of its own calls to AWS.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LIBRARIES = frozenset({"aioboto3", "aiobotocore", "aiohttp", "boto3", "botocore", "urllib3"})
_calling: ContextVar[bool] = ContextVar("calling", default=False)
"""Whether bulkops is calling AWS's libraries in this task."""


class Withheld(logging.Filter):
    """Lets nothing through that is logged within a call of bulkops."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is somebody else's."""
        del record
        return not _calling.get()


WITHHELD = Withheld()


@contextmanager
def unlogged() -> Iterator[None]:
    """Withhold what AWS's libraries log in this task until the context ends."""
    withhold()
    before = _calling.set(True)
    try:
        yield
    finally:
        _calling.reset(before)


def withhold() -> None:
    """Put the filter on the libraries' loggers; those of modules loaded since are added."""
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if name.partition(".")[0] in LIBRARIES and isinstance(logger, logging.Logger):
            logger.addFilter(WITHHELD)
