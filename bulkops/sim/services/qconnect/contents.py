"""Contents: documents of a knowledge base, made from what was uploaded before."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.services.qconnect.knowledge_bases import (
    QUICK_RESPONSES,
    WORK_SECONDS,
    arn_of,
    base_of,
    bearings,
    checked_tags,
    conflict,
    inside,
    invalid,
    made_once,
    paged,
)
from bulkops.sim.services.qconnect.uploads import UPLOADED_TO, used
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "content"
URL_SECONDS = 3600.0


def create(session: WorldSession, params: Members) -> Members:
    """Accept a content of a name that no other of the knowledge base has."""
    base = _base(session, params)
    record = made_once(session, KIND, params, lambda: _made(session, base, params))
    return {"content": _whole(session, base, record)}


def _made(session: WorldSession, base: StoredThing, params: Members) -> StoredThing:
    name = params["name"]
    if any(_is_in(base, each) and each["Name"] == name for each in session.all(KIND)):
        raise conflict("Another content has the name.")
    check_count(session, KIND, len(session.table(KIND)))
    upload = used(session, base, params["uploadId"])
    return session.put_named(
        KIND,
        session.new_id(),
        {
            "Name": name,
            "KnowledgeBaseId": base["Id"],
            "title": params.get("title", name),
            "metadata": dict(params.get("metadata", {})),
            "linkOutUri": params.get("overrideLinkOutUri"),
            "Tags": checked_tags(params),
            "contentType": upload["contentType"],
            "Sha256": upload["Sha256"],
            "Size": upload["Size"],
            "Edition": 1,
            "WorkedOnUntil": session.now + WORK_SECONDS,
        },
    )


def update(session: WorldSession, params: Members) -> Members:
    """Change a content, where it is still as the request says that it was read."""
    base = _base(session, params)
    record = inside(session, KIND, base, params["contentId"])
    if "revisionId" in params and params["revisionId"] != _revision(record):
        raise ServiceError("PreconditionFailedException", "The revision has changed.")
    gone = params.get("removeOverrideLinkOutUri", False)
    if gone and "overrideLinkOutUri" in params:
        raise invalid("overrideLinkOutUri can't be set and removed at once.")
    given = {name: params[name] for name in ("title", "metadata") if name in params}
    if gone or "overrideLinkOutUri" in params:
        given["linkOutUri"] = params.get("overrideLinkOutUri")
    if "uploadId" in params:
        upload = used(session, base, params["uploadId"])
        given |= {name: upload[name] for name in ("contentType", "Sha256", "Size")}
    record = session.update(KIND, record, **given, Edition=record["Edition"] + 1)
    return {"content": _whole(session, base, record)}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a content."""
    base = base_of(session, params)
    record = inside(session, KIND, base, params["contentId"])
    if _status(session, record) == "CREATE_IN_PROGRESS":
        raise conflict("The content is being made.")
    session.delete(KIND, record["Id"])
    return {}


def get(session: WorldSession, params: Members) -> Members:
    """Return a content whole, with an address at which it can be had for a time."""
    base = base_of(session, params)
    inside(session, KIND, base, params["contentId"])
    return {"content": _whole(session, base, session.see(KIND, params["contentId"]))}


def list_contents(session: WorldSession, params: Members) -> Members:
    """Return the contents of a knowledge base, page by page."""
    return _found(session, params, base_of(session, params), set())


def search(session: WorldSession, params: Members) -> Members:
    """Return the contents of exact names."""
    base = _base(session, params)
    filters = params["searchExpression"]["filters"]
    if len({each["value"] for each in filters}) != 1:
        raise invalid("A search is for one name.")
    return _found(session, params, base, {each["value"] for each in filters})


def _found(session: WorldSession, params: Members, base: StoredThing, names: set[str]) -> Members:
    seen = session.see_all(KIND, searched=bool(names))
    numbered = [
        pair for pair in seen if _is_in(base, pair[1]) and (not names or pair[1]["Name"] in names)
    ]
    page = paged(session, params, numbered)
    shown = [_summary(session, base, each) for each in page.items]
    return page.small_reply("contentSummaries", shown)


def _base(session: WorldSession, params: Members) -> StoredThing:
    base = base_of(session, params)
    if base["Type"] == QUICK_RESPONSES:
        raise invalid("The knowledge base is of type QUICK_RESPONSES.")
    return base


def _is_in(base: StoredThing, record: StoredThing) -> bool:
    return bool(record["KnowledgeBaseId"] == base["Id"])


def _revision(record: StoredThing) -> str:
    return f"{record['Id']}-{record['Edition']}"


def _status(session: WorldSession, record: StoredThing) -> str:
    if session.now < record["WorkedOnUntil"]:
        return "CREATE_IN_PROGRESS"
    return "ACTIVE" if record["Size"] else "CREATE_FAILED"


def _summary(session: WorldSession, base: StoredThing, record: StoredThing) -> Members:
    return {
        **bearings(session, base),
        "contentId": record["Id"],
        "contentArn": arn_of(session, KIND, base["Id"], record["Id"]),
        "name": record["Name"],
        "revisionId": _revision(record),
        "status": _status(session, record),
        "tags": record["Tags"],
        **{name: record[name] for name in ("title", "contentType", "metadata")},
    }


def _whole(session: WorldSession, base: StoredThing, record: StoredThing) -> Members:
    link = {"linkOutUri": record["linkOutUri"]} if record.get("linkOutUri") else {}
    return {
        **_summary(session, base, record),
        **link,
        "url": f"{UPLOADED_TO}/_contents/{record['Id']}?X-Amz-Signature={record['Sha256']}",
        "urlExpiry": moment(session.now + URL_SECONDS),
    }


OPERATIONS: Mapping[str, Handler] = {
    "CreateContent": create,
    "UpdateContent": update,
    "DeleteContent": delete,
    "GetContent": get,
    "ListContents": list_contents,
    "SearchContent": search,
}
