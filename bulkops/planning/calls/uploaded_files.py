"""Files that are put somewhere before the call that takes their ids: what a plan holds of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from bulkops.definition.file_uploads import Upload
from bulkops.definition.job import Step
from bulkops.planning.calls.argument import Argument, ArgumentRead, ArgumentSource
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cells import Flaw

FILE, ARGS = "file", "args"
"""Under which names a placeholder holds the file, and what a place for it is asked for with."""


def upload_reads(step: Step) -> Iterator[ArgumentRead]:
    """Yield what reads a row's files for a step; a blank cell puts nothing."""
    for member, upload in step.uploads.items():
        yield _reader(member, upload)


def _reader(member: str, upload: Upload) -> ArgumentRead:
    name = upload.file.name

    def read(source: ArgumentSource) -> Argument | None:
        file = source.values.get(name)
        if not isinstance(file, str | bytes):
            return None
        args = {each: source.values.get(col.name) for each, col in upload.args.items()}
        given = {each: value for each, value in args.items() if value is not None}
        holds = {FILE: file, ARGS: given}
        return Argument((member,), Placeholder(kind="upload", name=name, holds=holds), name)

    return read


def lacking(step: Step, values: Mapping[str, object]) -> Iterator[tuple[str, Flaw]]:
    """Yield (column, flaw) for each cell that a row's file needs beside it and that is blank."""
    for upload in step.uploads.values():
        for col in upload.args.values():
            if values.get(upload.file.name) is not None and values.get(col.name) is None:
                message = f"{col.name} must be given where {upload.file.name} is"
                yield col.name, Flaw(code="required", message=message)


def octets_of(held: Mapping[str, object]) -> bytes:
    """Return what is put: a file's octets, or a text as UTF-8."""
    file = held[FILE]
    return file if isinstance(file, bytes) else str(file).encode()


def said_of(held: Mapping[str, object]) -> str:
    """Return a file in a few words: how long it is, and what tells it from others."""
    octets = octets_of(held)
    return f"{len(octets):,} bytes, SHA-256 {hashlib.sha256(octets).hexdigest()[:12]}"
