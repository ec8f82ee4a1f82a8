"""Finding out the encoding of a text file, or saying exactly where it can't be known."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

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
_LONGEST_MARK = 4
_LIKELY = ("cp1252", "cp1250", "cp1251", "mac_roman")
"""What Excel saves "CSV" in where not UTF-8, the likeliest first."""


def decoded(stream: BinaryIO, name: str, encoding: str | None) -> tuple[io.TextIOWrapper, str]:
    """Return a seekable stream as text that is known to decode, and the encoding's name.

    A byte order mark decides, then `encoding`, then strict UTF-8; nothing is guessed. It is read
    block by block, never whole. Raises SheetError with the line where decoding fails, or where a
    NUL stands.
    """
    stream.seek(0)
    codec, called = _codec(stream.read(_LONGEST_MARK), encoding)
    decoder = codecs.getincrementaldecoder(codec)()
    for start, block in _blocks(stream):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeError as error:  # punycode does not say where
            unread = len(getattr(error, "object", block)) - getattr(error, "start", 0)
            failed = max(start + len(block) - unread, 0)
            raise _undecodable(stream, codec, failed, name, called) from error
        if "\0" in text:
            raise _nul(name, _line(stream, codec, start + len(block)))
    stream.seek(0)
    return io.TextIOWrapper(cast("IO[bytes]", stream), encoding=codec, newline=""), called


def _blocks(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the blocks of a stream with where each begins; the last is empty."""
    start, block = 0, b"\0"
    stream.seek(0)
    while block:
        block = stream.read(_BLOCK)
        yield start, block
        start += len(block)


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


def _line(stream: BinaryIO, codec: str, end: int) -> int:
    """Return the line that stands at a byte, or that of the first NUL where one is before it."""
    decoder = codecs.getincrementaldecoder(codec)("ignore")
    line, carried = 1, ""
    for start, block in _blocks(stream):
        text, found, _ = (carried + decoder.decode(block[: max(end - start, 0)])).partition("\0")
        carried = text[-1:] if text.endswith("\r") else ""  # its line feed may be in the next block
        line += len(_BREAKS.findall(text[: len(text) - len(carried)]))
        if found or start + len(block) >= end:
            break
    return line + len(carried)


def _nul(name: str, line: int) -> SheetError:
    return SheetError(
        "nul",
        f"{name} line {line} holds a NUL character: it is UTF-16"
        " without a byte order mark, or not text at all; in Excel, save it as"
        ' "CSV UTF-8 (Comma delimited)", or name its encoding (such as utf-16-le)',
    )


def _undecodable(stream: BinaryIO, codec: str, failed: int, name: str, called: str) -> SheetError:
    """Say where decoding fails and what the byte is in the encodings that are likely."""
    line = _line(stream, codec, failed)
    stream.seek(failed)
    bad = stream.read(1)
    stream.seek(0)
    return SheetError(
        "encoding",
        f"{name} line {line} can't be read as {called}"
        f'{_readings(stream.read(_SAMPLE), bad)}; in Excel, save it as "CSV UTF-8 (Comma'
        ' delimited)", or name its encoding',
    )


def _readings(sample: bytes, bad: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for files that don't decode

    guess = from_bytes(sample).best()
    found = []
    for candidate in dict.fromkeys([*_LIKELY, *([guess.encoding] if guess else [])]):
        try:
            character = bad.decode(candidate)
        except UnicodeDecodeError:
            continue
        if character.isprintable():
            found.append(f'"{character}" in {candidate}')
    return f": byte 0x{bad.hex().upper()} is {', '.join(found)}" if bad and found else ""
