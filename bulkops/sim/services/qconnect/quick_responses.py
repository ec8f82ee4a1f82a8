"""Quick responses: made and changed by work that goes on after the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

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
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "quick-response"
PLAIN = "application/x.quickresponse;format=plain"
CHANNELS = frozenset({"Chat", "Email"})
LANGUAGES = frozenset(
    {
        *("de_DE", "en_US", "es_ES", "fr_FR", "id_ID", "it_IT"),
        *("ja_JP", "ko_KR", "pt_BR", "zh_CN", "zh_TW"),
    }
)
CRITERIA = "RoutingProfileArn"
SET = ("contentType", "groupingConfiguration", "description", "shortcutKey", "isActive")
GIVEN = (*SET, "channels", "language")
"""Members that a request sets and a record keeps by the same names."""
REMOVED_BY = {
    "removeDescription": "description",
    "removeShortcutKey": "shortcutKey",
    "removeGroupingConfiguration": "groupingConfiguration",
}
HIDDEN_FROM_LISTS = ("groupingConfiguration", "shortcutKey", "language")
"""What only a search and a Get tell."""
_PROFILE = re.compile(r".+/routing-profile/(?P<id>[^/]+)")


def create(session: WorldSession, params: Members) -> Members:
    """Accept a quick response; whether its content can be used shows only later."""
    base = quick_base(session, params)
    record = made_once(session, KIND, params, lambda: _made(session, base, params))
    return {"quickResponse": shown(session, base, record)}


def _made(session: WorldSession, base: StoredThing, params: Members) -> StoredThing:
    check_count(session, KIND, len(session.table(KIND)))
    given = {name: params[name] for name in GIVEN if name in params}
    _check(session, base, given, besides="")
    return session.put_named(
        KIND,
        session.new_id(),
        {
            "contentType": PLAIN,
            "isActive": True,
            **given,
            "Name": params["name"],
            "KnowledgeBaseId": base["Id"],
            "Content": _content(params),
            "Tags": checked_tags(params),
            "CreatedTime": session.now,
            "WorkedOnUntil": session.now + WORK_SECONDS,
            "Edition": 1,
        },
    )


def quick_base(session: WorldSession, params: Members) -> StoredThing:
    """Return the knowledge base that a request names: one of quick responses."""
    base = base_of(session, params)
    if base["Type"] != QUICK_RESPONSES:
        raise invalid("The knowledge base is not of type QUICK_RESPONSES.")
    return base


def _content(params: Members) -> str:
    if set(params["content"]) != {"content"}:
        raise invalid("content must have exactly one member.")
    return str(params["content"]["content"])


def _check(session: WorldSession, base: StoredThing, given: Members, *, besides: str) -> None:
    """Refuse what a quick response other than `besides` has already, or what none can have."""
    unknown = set(given.get("channels", ())) - CHANNELS
    if unknown or ("channels" in given and not given["channels"]):
        raise invalid("channels must be some of Chat, Email.")
    if given.get("language", "en_US") not in LANGUAGES:
        raise invalid("The language is not supported.")
    shortcut = given.get("shortcutKey")
    if shortcut is not None:
        for other in session.all(KIND):
            is_own = other["Id"] == besides or other["KnowledgeBaseId"] != base["Id"]
            if not is_own and other.get("shortcutKey", "").casefold() == shortcut.casefold():
                raise conflict("Another quick response has the shortcut key.")
    grouping = given.get("groupingConfiguration")
    if grouping is not None:
        _check_grouping(session, grouping)


def _check_grouping(session: WorldSession, grouping: Members) -> None:
    if grouping.get("criteria") != CRITERIA or not grouping.get("values"):
        raise invalid(f"groupingConfiguration takes the criteria {CRITERIA} and values of it.")
    for arn in grouping["values"]:
        found = _PROFILE.fullmatch(arn)
        profile = session.table("routing-profile").get(found["id"]) if found else None
        if profile is None or profile["Arn"] != arn:
            raise invalid("A value of groupingConfiguration is no routing profile's ARN.")


def update(session: WorldSession, params: Members) -> Members:
    """Accept changes of a quick response that no other change is under way of."""
    base = quick_base(session, params)
    record = inside(session, KIND, base, params["quickResponseId"])
    if status_of(session, record).endswith("IN_PROGRESS"):
        raise conflict("The quick response is being made or changed.")
    given = {name: params[name] for name in GIVEN if name in params}
    gone = [member for flag, member in REMOVED_BY.items() if params.get(flag)]
    if set(gone) & set(given):
        raise invalid("A member can't be set and removed at once.")
    _check(session, base, given, besides=record["Id"])
    if "name" in params:
        given["Name"] = params["name"]
    if "content" in params:
        given["Content"] = _content(params)
    removed: dict[str, Any] = dict.fromkeys(gone)
    until = session.now + WORK_SECONDS
    changed = session.update(
        KIND, record, **given, **removed, WorkedOnUntil=until, Edition=record["Edition"] + 1
    )
    return {"quickResponse": shown(session, base, changed)}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a quick response."""
    base = base_of(session, params)
    session.delete(KIND, inside(session, KIND, base, params["quickResponseId"])["Id"])
    return {}


def get(session: WorldSession, params: Members) -> Members:
    """Return a quick response whole."""
    base = base_of(session, params)
    inside(session, KIND, base, params["quickResponseId"])
    record = session.see(KIND, params["quickResponseId"])
    return {"quickResponse": shown(session, base, record)}


def list_responses(session: WorldSession, params: Members) -> Members:
    """Return the quick responses of a knowledge base without content, grouping and shortcut."""
    base = base_of(session, params)
    page = paged(session, params, within(session, base))
    summaries = [_summary(session, base, each) for each in page.items]
    return page.small_reply("quickResponseSummaries", summaries)


def within(
    session: WorldSession, base: StoredThing, *, searched: bool = False
) -> list[tuple[int, StoredThing]]:
    """Return what a read sees of a knowledge base's quick responses, numbered."""
    seen = session.see_all(KIND, searched=searched)
    return [pair for pair in seen if pair[1]["KnowledgeBaseId"] == base["Id"]]


def status_of(session: WorldSession, record: StoredThing) -> str:
    """Return how far the making or the last change of a quick response is."""
    stem = "UPDATE" if record["Edition"] > 1 else "CREATE"
    if session.now < record["WorkedOnUntil"]:
        return f"{stem}_IN_PROGRESS"
    return "CREATED" if _is_usable(record["Content"]) else f"{stem}_FAILED"


def _is_usable(content: str) -> bool:
    """Tell whether there is text, and each reference to a contact's attribute comes to its end."""
    return bool(content.strip()) and content.count("{{") == content.count("}}")


def shown(session: WorldSession, base: StoredThing, record: StoredThing) -> Members:
    """Return a quick response as a Get and a search show it."""
    form = "plainText" if record["contentType"] == PLAIN else "markdown"
    return {
        **bearings(session, base),
        "quickResponseId": record["Id"],
        "quickResponseArn": arn_of(session, KIND, base["Id"], record["Id"]),
        "name": record["Name"],
        "status": status_of(session, record),
        "createdTime": moment(record["CreatedTime"]),
        "lastModifiedTime": moment(record["LastModifiedTime"]),
        "contents": {form: {"content": record["Content"]}},
        "tags": record["Tags"],
        **{name: record[name] for name in GIVEN if name in record},
    }


def _summary(session: WorldSession, base: StoredThing, record: StoredThing) -> Members:
    whole = shown(session, base, record)
    left = {"contents", *HIDDEN_FROM_LISTS}
    return {name: value for name, value in whole.items() if name not in left}


OPERATIONS: Mapping[str, Handler] = {
    "CreateQuickResponse": create,
    "UpdateQuickResponse": update,
    "DeleteQuickResponse": delete,
    "GetQuickResponse": get,
    "ListQuickResponses": list_responses,
}
