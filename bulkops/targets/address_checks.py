"""Whether a URL or a Region can be one, before a client is made of it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_REGION = re.compile(r"(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)


def endpoint_fault(url: str) -> str:
    """Return what keeps a URL from being an endpoint; empty where nothing does.

    One with a user name is not repeated: its password would be.
    """
    if "@" in url:
        return "an endpoint has no user name, and none in its URL"
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is no number, or is too large
        named = parts.hostname is not None and _HOST.fullmatch(parts.hostname) is not None
    except ValueError:
        named = False
    else:
        named = named and parts.scheme in ("http", "https")
    return "" if named else f'"{url}" is not a URL such as https://localhost:8377'


def region_fault(name: str) -> str:
    """Return what keeps a name from being a Region; empty where nothing does."""
    if _REGION.fullmatch(name):
        return ""
    return f'"{name}" is not a Region such as eu-central-1'
