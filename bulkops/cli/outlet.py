"""Standard output and standard error, written to so that a dead one stops no run."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO, cast


class Outlet:
    """One of the two streams. What can't be written is let go of, and `lost` says why.

    A terminal that has hung up, a pipe that nobody reads any more and a full disk are alike here:
    from then on nothing more is written, and whoever prints need not know.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._dead: TextIO | None = None
        self._why: OSError | ValueError | None = None

    @property
    def lost(self) -> str:
        """Why the stream was let go of; empty where it was not."""
        if self._why is None or self._dead is not self._found:
            return ""
        return getattr(self._why, "strerror", None) or "it is closed"

    @property
    def is_unread(self) -> bool:
        """Whether the stream was let go of because its reader wants no more of it."""
        return bool(self.lost) and getattr(self._why, "errno", None) == errno.EPIPE

    @property
    def encoding(self) -> str:
        """The encoding, by which it is known which characters can be drawn."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        """Write a text; what the stream's encoding lacks is spelt out."""
        stream = self._stream
        if stream is None:
            return len(text)
        try:
            try:
                stream.write(text)
            except UnicodeEncodeError:
                stream.write(text.encode(self.encoding, "backslashreplace").decode(self.encoding))
        except (OSError, ValueError) as error:  # ValueError: somebody closed it
            self._let_go(stream, error)
        return len(text)

    def flush(self) -> None:
        """Write what is held back."""
        stream = self._stream
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError) as error:
                self._let_go(stream, error)

    def isatty(self) -> bool:
        """Tell whether a person looks at it."""
        try:
            return self._stream is not None and self._stream.isatty()
        except ValueError:
            return False

    def fileno(self) -> int:
        """Return the number of the file behind it."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    def as_text(self) -> TextIO:
        """Return the outlet for a library that asks for a file."""
        return cast("TextIO", self)

    @property
    def _found(self) -> TextIO | None:
        return cast("TextIO | None", getattr(sys, self._name))  # None: closed before the start

    @property
    def _stream(self) -> TextIO | None:
        return None if self._found is self._dead else self._found

    def _let_go(self, stream: TextIO, why: OSError | ValueError) -> None:
        """Lead the stream into nowhere: Python itself writes what is left in it at its end."""
        self._dead, self._why = stream, why
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return  # a stream without a file of its own leaves nothing behind


STDOUT, STDERR = Outlet("stdout"), Outlet("stderr")
