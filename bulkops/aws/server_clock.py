"""The time by a server's clock: AWS refuses requests that are signed minutes off its own."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SECONDS = 10.0
"""How long an answer is waited for."""


async def server_time(url: str) -> datetime | None:
    """Return what a server's Date header says, to the second; None where nothing is to be had.

    The request is not signed, so that a wrong clock here can't have it refused unanswered.
    """
    import aiohttp  # noqa: PLC0415  # 0.2 s that only `doctor` needs to pay

    try:
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS), trust_env=True
            ) as session,
            session.head(url, allow_redirects=False) as answer,
        ):
            stamp = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return None
    return stamp if stamp.tzinfo is not None else stamp.replace(tzinfo=UTC)
