"""Files put where the service says, just before the calls that take their ids.

The address is a secret and stays in memory. The id is none: the ledger has it before the call
leaves, so that a call that may have acted is sent again with the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bulkops.definition.file_uploads import Upload
from bulkops.definition.homes import filled
from bulkops.engine.calls.context import RunContext
from bulkops.engine.ports import Uploading
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.ledger.records import StoredCall
from bulkops.pacing.error_codes import group_of
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.planning.calls.uploaded_files import ARGS, octets_of
from bulkops.planning.plan import Placeholder

FRESH = timedelta(minutes=15)
"""How long an id is used again for a call that did not act: addresses last that long at least."""
_NOTE = "uploaded"


class UploadError(Exception):
    """A file could not be put; `fault` says why. The call that needs it has not left."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class FileUploads:
    """The files of one run's calls, and under which ids they were put."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._ids: dict[int, _Ids] = {}
        self._earlier: Mapping[str, Any] | None = None
        """What earlier processes noted; None: nobody has asked yet."""

    async def filled(self, call: StoredCall, params: Mapping[str, object]) -> Mapping[str, object]:
        """Return a call's arguments with the ids of its files, which are noted by then.

        Raises UploadError where a file can't be put.
        """
        holes = {name: value for name, value in params.items() if isinstance(value, Placeholder)}
        if not holes:
            return params
        known = await self._known(call)
        if known is None or not self._counts(call, known):
            known = self._ids[call.id] = await self._put_anew(call, holes)
        return {**params, **known.ids}

    async def _known(self, call: StoredCall) -> _Ids | None:
        if call.id not in self._ids and (call.attempts or call.doubts):
            if self._earlier is None:
                self._earlier = await self._context.ledger.notes()
            noted = self._earlier.get(_key(call))
            if noted is not None:
                self._ids[call.id] = _Ids(noted["ids"], datetime.fromisoformat(noted["at"]))
        return self._ids.get(call.id)

    def _counts(self, call: StoredCall, known: _Ids) -> bool:
        """Tell whether a call has to be sent with the ids that it had before, or may be.

        With other ids, what its token stands for would not be the same any more. What the service
        has refused did not act, and may have been refused for an id that was too old.
        """
        if call.doubts and (not call.error_code or group_of(call.error_code) is not None):
            return True
        return not call.error_code and self._context.world.now() - known.at < FRESH

    async def _put_anew(self, call: StoredCall, holes: Mapping[str, Placeholder]) -> _Ids:
        context, at = self._context, self._context.world
        uploads = context.job.step(call.step).uploads
        ids = {name: await _put(context, call, uploads[name], hole) for name, hole in holes.items()}
        await context.ledger.note(_key(call), {"ids": ids, "at": at.stamp()})
        return _Ids(ids, at.now())


class _Ids(NamedTuple):
    """Member → the id of its file, and when they were got."""

    ids: Mapping[str, str]
    at: datetime


def _key(call: StoredCall) -> str:
    return f"{_NOTE} {call.id}"


async def _put(context: RunContext, call: StoredCall, upload: Upload, hole: Placeholder) -> str:
    held, client = hole.holds or {}, context.clients[call.target]
    reader = context.reader(call.target)
    places = filled(call.service, upload.operation, context.targets[call.target].places)
    try:
        reply = await reader.read(call.service, upload.operation, {**places, **held[ARGS]})
    except ReadError as error:
        raise UploadError(_passing(error.fault)) from error
    if not isinstance(client, Uploading):
        message = "Files can't be put anywhere from here."
        raise UploadError(Fault(fault_class=FaultClass.FATAL, code="NoUpload", message=message))
    address, headers = str(reply.data[upload.url]), reply.data[upload.headers]
    outcome = await client.upload(address, headers, octets_of(held))
    if isinstance(outcome, Fault):
        raise UploadError(_passing(outcome))
    return str(reply.data[upload.id])


def _passing(fault: Fault) -> Fault:
    """Return a fault as one that passes, where it is not certain what it did: that was harmless."""
    if fault.fault_class is FaultClass.IN_DOUBT:
        return replace(fault, fault_class=FaultClass.TRANSIENT)
    return fault
