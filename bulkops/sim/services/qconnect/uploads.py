"""Uploads: a place to put a file, for a time, with the headers that belong to it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.services.qconnect.knowledge_bases import base_of, invalid
from bulkops.sim.state.ids import drawn
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import (
    Caller,
    SimulatedInstance,
    SimulatedWorld,
    WorldSession,
    moment,
)

KIND = "upload"
PREFIX = "/_uploads/"
"""Where the paths of uploads begin, on whatever host stands in for the service."""
UPLOADED_TO = "https://uploads.simulated.invalid"
"""The host of addresses that are given away in process: nothing answers there."""
MINUTES = 60
"""How long an address holds where a request does not say it."""
LARGEST = 1_000_000
"""Bytes of a document (Amazon Connect administrator guide, quotas of Q in Connect)."""
UNSIGNED = ServiceError("SignatureDoesNotMatch", "The signature does not match.", 403)
LIFE_SECONDS = 24 * 3600.0
"""How long what was put there can be used."""


def start(session: WorldSession, params: Members) -> Members:
    """Give an address to which one file of a type can be put."""
    base = base_of(session, params)
    if base["Type"] != "CUSTOM":
        raise invalid("Content can only be uploaded to a knowledge base of type CUSTOM.")
    upload_id = session.new_id()
    seal = drawn(session.world.seed, session.instance.id, upload_id).hex()
    until = session.now + 60 * params.get("presignedUrlTimeToLive", MINUTES)
    session.put_named(
        KIND,
        upload_id,
        {
            "KnowledgeBaseId": base["Id"],
            "contentType": params["contentType"],
            "Seal": seal,
            "Until": until,
        },
    )
    return {
        "uploadId": upload_id,
        "url": f"{UPLOADED_TO}{PREFIX}{upload_id}?X-Amz-Signature={seal}",
        "urlExpiry": moment(until),
        "headersToInclude": headers_of(upload_id, params["contentType"]),
    }


def headers_of(upload_id: str, content_type: str) -> Mapping[str, str]:
    """Return the headers with which alone a file is taken."""
    return {
        "content-type": content_type,
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": upload_id,
    }


class _NoModel(Rules):
    """No operation has a model: whatever is sent is looked at as it is."""

    def __contains__(self, operation: object) -> bool:
        return False


class Uploads:
    """What takes files in: an object store, which knows its callers by what they were given."""

    def __init__(self, world: SimulatedWorld) -> None:
        self.world = world
        self.rules: Rules = _NoModel("uploads")

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Take a file in at an address without its host, or refuse it as Amazon S3 does."""
        del caller
        instance, record = self._place(params["target"])
        if now > record["Until"]:
            raise ServiceError("AccessDenied", "Request has expired", 403)
        given = {name.lower(): value for name, value in params["headers"].items()}
        for name, value in headers_of(str(record["Id"]), record["contentType"]).items():
            if given.get(name) != value:
                raise UNSIGNED
        if len(params["body"]) > LARGEST:
            raise ServiceError("EntityTooLarge", "The file is too large.")
        session = WorldSession(self.world, instance, operation, now)
        digest = b64encode(hashlib.sha256(params["body"]).digest()).decode()
        session.update(KIND, record, Sha256=digest, Size=len(params["body"]), PutAt=now)
        commit = session.commit()
        if commit is not None:
            self.world.commit(commit)
        return Response(commit=commit)

    def _place(self, target: str) -> tuple[SimulatedInstance, StoredThing]:
        upload_id, _, seal = target.removeprefix(PREFIX).partition("?X-Amz-Signature=")
        for instance in self.world.instances.values():
            record = instance.tables[KIND].get(upload_id)
            if record is not None and record["Seal"] == seal:
                return instance, record
        raise UNSIGNED


def used(session: WorldSession, base: StoredThing, upload_id: str) -> StoredThing:
    """Return what was put to the address of an upload, or refuse a request that names it."""
    record = session.table(KIND).get(upload_id)
    if record is None or record["KnowledgeBaseId"] != base["Id"]:
        raise invalid("There is no such upload.")
    if "Sha256" not in record or session.now > record["PutAt"] + LIFE_SECONDS:
        raise invalid("Nothing was uploaded under this id.")
    return record


OPERATIONS: Mapping[str, Handler] = {"StartContentUpload": start}
