"""The body of an answer, read and inflated within a bound: whoever answers may never end."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

MOST = 64 << 20
"""Octets of an answer. The largest pages of AWS's control planes have a few million: a thousand
things with their settings. More is not an answer, and would fill the memory of this machine."""
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
PLAIN = frozenset({"", "identity"})
INFLATED = frozenset({"gzip", "x-gzip", "deflate"})


class BodyError(ValueError):
    """A body is beyond the bound, or packed in a way that can't be undone; the message says so."""


async def read_body(answer: aiohttp.ClientResponse, most: int = MOST) -> bytes:
    """Return a body as it came; BodyError for one beyond the bound, whose rest is not read."""
    try:
        body = await _bounded(answer, most)
    except BaseException:
        answer.close()  # a connection with the rest of an answer on it is of no use
        raise
    await answer.read()  # nothing is left: it gives the connection free
    return body


async def _bounded(answer: aiohttp.ClientResponse, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        raise BodyError(f"its body is to have {answer.content_length} octets")
    body = bytearray()
    while block := await answer.content.readany():
        body += block
        if len(body) > most:
            raise BodyError(f"its body has more than {most} octets")
    return bytes(body)


def inflated(body: bytes, encoding: str, most: int = MOST) -> bytes:
    """Return a body without its content encoding; BodyError where that can't be, or is too much.

    None is asked for, but what stands between may pack all that passes.
    """
    named = encoding.strip().lower()
    if named in PLAIN or not body:
        return body
    if named not in INFLATED:
        raise BodyError(f"its body is packed as {encoding}")
    # by the letter of HTTP, deflate is zlib's format; some send it without the header
    bare = named == "deflate" and body[0] & 0x0F != zlib.DEFLATED
    packed = zlib.decompressobj(-zlib.MAX_WBITS if bare else GZIP_OR_ZLIB)
    try:
        plain = packed.decompress(body, most + 1)
    except zlib.error as error:
        raise BodyError(f"its body is no {encoding}") from error
    if len(plain) > most:
        raise BodyError(f"its body has more than {most} octets when unpacked")
    if not packed.eof:
        raise BodyError(f"its body ends before its {encoding} does")
    return plain
