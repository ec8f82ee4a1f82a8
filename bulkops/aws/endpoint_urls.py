"""Whether a text is a URL at which a service may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bulkops.errors import TargetError, UsageError
from bulkops.visible_text import visible

SCHEMES = ("http", "https")
ENVIRONMENT = "AWS_ENDPOINT_URL"
LIKE = "https://connect.example or http://127.0.0.1:8000"
NOT_IN_URLS = re.compile(r"[\s\x00-\x1f\x7f\\<>\"{}|^`]")
"""What a URL can't hold as it is."""
HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)


class GivenEndpointError(UsageError):
    """The endpoint that was asked for is no URL to call a service at."""


class ConfiguredEndpointError(TargetError):
    """An endpoint in AWS's own environment variables is no URL to call a service at."""


def check_given(url: str | None) -> None:
    """Raise GivenEndpointError for an --endpoint-url that is none."""
    fault = url_fault(url) if url is not None else ""
    if fault:
        raise GivenEndpointError(f"--endpoint-url {fault}")


def check_environment(environment: Mapping[str, str]) -> None:
    """Raise ConfiguredEndpointError for an AWS_ENDPOINT_URL, or one of a service, that is none."""
    for name in sorted(environment):
        value = environment[name]
        is_one = name == ENVIRONMENT or name.startswith(f"{ENVIRONMENT}_")
        fault = url_fault(value) if is_one and value else ""
        if fault:
            raise ConfiguredEndpointError(f"{name} {fault}")


def url_fault(url: str) -> str:
    """Return what is wrong with an endpoint's URL; empty where nothing is.

    A URL with a user name is not repeated: its password would be.
    """
    if "@" in url:
        return f"holds a user name: an endpoint takes none. It is a URL such as {LIKE}."
    shown = visible(url)
    if NOT_IN_URLS.search(url):
        return f'is "{shown}", with a character that a URL can\'t hold. It is a URL such as {LIKE}.'
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f'is "{shown}", which is no URL ({error}). It is a URL such as {LIKE}.'
    if parts.scheme not in SCHEMES or not HOST.fullmatch(parts.hostname or "") or port == 0:
        return f'is "{shown}". It must be the http or https URL of a host, such as {LIKE}.'
    if parts.query or parts.fragment:
        return f'is "{shown}". It must end before any ? or #: requests add what they need.'
    return ""
