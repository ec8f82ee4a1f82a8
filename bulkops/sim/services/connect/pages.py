"""Pages: tokens that belong to one operation with one set of arguments, and that grow old."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bulkops.sim.state.ids import drawn
from bulkops.sim.state.refusals import invalid, refused

LIFETIME = 24 * 3600.0
"""Seconds after which a token is refused (Amazon Connect API best practices)."""
LARGEST = 1000
DEFAULT = 100
"""Things on a page where MaxResults is not given (ListUsers; taken for all listings)."""
_SEAL = 12

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What one page holds, and the token of the next one; empty on the last page."""

    items: Sequence[Item]
    token: str

    def reply(self, member: str, shown: Sequence[object]) -> dict[str, Any]:
        """Return a reply with what is shown under its member, and the token where there is one."""
        token = {"NextToken": self.token} if self.token else {}
        return {member: list(shown), **token}

    def small_reply(self, member: str, shown: Sequence[object]) -> dict[str, Any]:
        """Return the same of a service that writes its members small."""
        token = {"nextToken": self.token} if self.token else {}
        return {member: list(shown), **token}


SMALL: Mapping[str, str] = {"maxResults": "MaxResults", "nextToken": "NextToken"}
"""How other services write the paging members of their requests."""


def small_page_of(
    numbered: Sequence[tuple[int, Item]],
    operation: str,
    params: Mapping[str, Any],
    now: float,
    *,
    usual: int = DEFAULT,
) -> Page[Item]:
    """Return the page that a request asks for, of a service that writes these members small.

    `usual` is how many things are on a page where maxResults is not given.
    """
    asked = {"MaxResults": usual, **{SMALL.get(name, name): each for name, each in params.items()}}
    return page_of(numbered, operation, asked, now)


def page_of(
    numbered: Sequence[tuple[int, Item]],
    operation: str,
    params: Mapping[str, Any],
    now: float,
) -> Page[Item]:
    """Return the page that a request asks for, of things numbered in ascending order.

    A page goes on after the last number seen, so that what is made or deleted between two pages
    neither repeats nor hides anything else.
    """
    after = _opened(params["NextToken"], operation, params, now) if "NextToken" in params else 0
    size = min(params.get("MaxResults", DEFAULT), LARGEST)
    left = [pair for pair in numbered if pair[0] > after] if after else numbered
    shown = left[:size]
    more = len(left) > size
    token = _sealed(shown[-1][0], operation, params, now) if more else ""
    return Page([item for _, item in shown], token)


def _sealed(after: int, operation: str, params: Mapping[str, Any], now: float) -> str:
    content = json.dumps([after, round(now, 3), _arguments(operation, params)]).encode()
    return base64.b64encode(drawn(content)[:_SEAL] + content).decode()


def _opened(token: str, operation: str, params: Mapping[str, Any], now: float) -> int:
    try:
        raw = base64.b64decode(token.encode(), validate=True)
    except (binascii.Error, ValueError):
        raise invalid("Value at 'NextToken' is not a pagination token.") from None
    seal, content = raw[:_SEAL], raw[_SEAL:]
    if drawn(content)[:_SEAL] != seal:
        raise invalid("Value at 'NextToken' is not a pagination token.")
    after, issued, arguments = json.loads(content)
    if arguments != _arguments(operation, params):
        raise invalid("Value at 'NextToken' belongs to a request with other arguments.")
    if now - issued > LIFETIME:
        raise refused("InvalidToken: the pagination token has expired.")
    return int(after)


def _arguments(operation: str, params: Mapping[str, Any]) -> str:
    """Return a digest of what a token is bound to: all but the token and the page size."""
    bound = {name: value for name, value in params.items() if name not in _UNBOUND}
    text = json.dumps([operation, bound], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_UNBOUND = frozenset({"NextToken", "MaxResults"})
