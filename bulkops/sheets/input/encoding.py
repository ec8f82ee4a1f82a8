"""Finding out the encoding of a text file, or saying exactly where it can't be known."""

from __future__ import annotations

import codecs
import io
import re
from typing import TextIO

from bulkops.errors import SheetError

_BLOCK = 1 << 20
_BREAKS = re.compile(r"\r\n|\r|\n")
_SAMPLE = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_LIKELY = ("cp1252", "cp1250", "cp1251", "mac_roman")
"""What Excel saves "CSV" in where not UTF-8, the likeliest first."""


def decoded(data: bytes, name: str, encoding: str | None) -> tuple[TextIO, str]:
    """Return a file's bytes as text that is known to decode, and the encoding's name.

    A byte order mark decides, then `encoding`, then strict UTF-8; nothing is guessed. Raises
    SheetError with the line where decoding fails, or where a NUL stands.
    """
    codec, called = _codec(data, encoding)
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data) + 1, _BLOCK):
            block = data[start : start + _BLOCK]
            if "\0" in decoder.decode(block, final=len(block) < _BLOCK):
                raise _nul(name, data.decode(codec, "replace"))
    except UnicodeError as error:
        raise _undecodable(data, codec, name, called) from error
    return io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline=""), called


def _codec(data: bytes, encoding: str | None) -> tuple[str, str]:
    for mark, codec, called in _MARKS:
        if data.startswith(mark):
            return codec, called
    if encoding is None:
        return "utf-8", "UTF-8"
    try:
        "".encode(encoding)
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise _no_encoding(encoding) from error
    if found == "idna":  # a codec of host names, which can't say where it fails
        raise _no_encoding(encoding)
    return found, encoding


def _no_encoding(name: str) -> SheetError:
    return SheetError("encoding", f'"{name}" is not an encoding: use one such as utf-8 or cp1252')


def _line(text: str) -> int:
    return 1 + len(_BREAKS.findall(text))


def _nul(name: str, text: str) -> SheetError:
    return SheetError(
        "nul",
        f"{name} line {_line(text[: text.index(chr(0))])} holds a NUL character: it is UTF-16"
        " without a byte order mark, or not text at all; in Excel, save it as"
        ' "CSV UTF-8 (Comma delimited)", or name its encoding (such as utf-16-le)',
    )


def _undecodable(data: bytes, codec: str, name: str, called: str) -> SheetError:
    """Say where decoding fails and what the byte is in the encodings that are likely."""
    before = bad = b""
    try:
        data.decode(codec)
    except UnicodeError as error:  # punycode does not say where
        found, start = getattr(error, "object", b""), getattr(error, "start", 0)
        before, bad = found[:start], found[start : start + 1]
    return SheetError(
        "encoding",
        f"{name} line {_line(before.decode(codec, 'ignore'))} can't be read as {called}"
        f'{_readings(data, bad)}; in Excel, save it as "CSV UTF-8 (Comma delimited)", or name its'
        " encoding",
    )


def _readings(data: bytes, bad: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for files that don't decode

    guess = from_bytes(data[:_SAMPLE]).best()
    found = []
    for candidate in dict.fromkeys([*_LIKELY, *([guess.encoding] if guess else [])]):
        try:
            character = bad.decode(candidate)
        except UnicodeDecodeError:
            continue
        if character.isprintable():
            found.append(f'"{character}" in {candidate}')
    return f": byte 0x{bad.hex().upper()} is {', '.join(found)}" if bad and found else ""
