"""Long texts of things that were read, kept on the disk until they are asked for."""

from __future__ import annotations

import hashlib
import os
import tempfile
import weakref
from dataclasses import replace
from functools import partial

from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.newer_members import like
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import LaterText


class SpilledTexts:
    """A file without a name, that nobody else can read and that goes with the last of its texts."""

    def __init__(self) -> None:
        self._file: int | None = None
        self._size = 0

    def without(self, thing: Thing, kind: ThingKind) -> Thing:
        """Return a thing whose long text is here: what a flow does."""
        state = thing.state or {}
        text = state.get(kind.may_lack)
        if not isinstance(text, str):
            return thing
        return replace(thing, state=like(state, {**state, kind.may_lack: self._kept(text)}))

    def _kept(self, text: str) -> LaterText:
        octets = text.encode("utf-8", "surrogatepass")
        place, self._size = self._size, self._size + len(octets)
        os.lseek(self._opened(), place, os.SEEK_SET)
        with os.fdopen(self._opened(), "wb", closefd=False) as file:
            file.write(octets)
        digest = hashlib.sha256(octets).hexdigest()
        return LaterText(digest, partial(self._text, place, len(octets)))

    def _text(self, place: int, length: int) -> str:
        os.lseek(self._opened(), place, os.SEEK_SET)
        with os.fdopen(self._opened(), "rb", closefd=False) as file:
            return file.read(length).decode("utf-8", "surrogatepass")

    def _opened(self) -> int:
        if self._file is None:
            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())
            weakref.finalize(self, os.close, self._file)
        return self._file
