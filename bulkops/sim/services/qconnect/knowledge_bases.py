"""Knowledge bases: what quick responses and contents lie in, each of one type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bulkops.sim.services.connect.client_tokens import once_for
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import Page, small_page_of
from bulkops.sim.state.refusals import ServiceError, not_found
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "knowledge-base"
QUICK_RESPONSES = "QUICK_RESPONSES"
WORK_SECONDS = 1.5
"""How long what is accepted is worked on."""


_TAG_KEY = re.compile(r"(?!aws:)[a-zA-Z+-=._:/]{1,128}")


def invalid(message: str) -> ServiceError:
    """Return the refusal of what the service does not take: it has one code for all of it."""
    return ServiceError("ValidationException", message)


def conflict(message: str) -> ServiceError:
    """Return the refusal of what is taken, or is being changed, already."""
    return ServiceError("ConflictException", message)


def base_of(session: WorldSession, params: Members) -> StoredThing:
    """Return the knowledge base that a request names."""
    return session.need(KIND, params["knowledgeBaseId"])


def arn_of(session: WorldSession, *parts: str) -> str:
    """Return an ARN of the service: a word for the kind of thing, and the ids that lead to it."""
    instance = session.instance
    return f"arn:aws:wisdom:{instance.region}:{instance.account}:{'/'.join(parts)}"


def bearings(session: WorldSession, base: StoredThing) -> Members:
    """Return by what a thing tells the knowledge base that it lies in."""
    return {
        "knowledgeBaseId": base["Id"],
        "knowledgeBaseArn": arn_of(session, "knowledge-base", base["Id"]),
    }


def inside(session: WorldSession, kind: str, base: StoredThing, thing_id: str) -> StoredThing:
    """Return a thing of a knowledge base; ResourceNotFoundException where it has none of the id."""
    found = session.table(kind).get(thing_id)
    if found is None or found["KnowledgeBaseId"] != base["Id"]:
        raise not_found(kind.replace("-", " "))
    return found


def made_once(
    session: WorldSession, kind: str, params: Members, make: Callable[[], StoredThing]
) -> StoredThing:
    """Make a thing, or return the one that was made under the same client token before."""
    token = params.get("clientToken")
    if token is None:
        return make()
    made: list[StoredThing] = []

    def act() -> Members:
        made.append(make())
        return {"Id": made[0]["Id"]}

    given = {name: value for name, value in params.items() if name != "clientToken"}
    told = once_for(session, token, given, act, differs="ConflictException")
    return made[0] if made else session.need(kind, told["Id"])


def checked_tags(params: Members) -> Members:
    """Return the tags of what is made; keys are of fewer letters here than in Connect."""
    tags = params.get("tags", {})
    if not all(_TAG_KEY.fullmatch(key) for key in tags):
        raise invalid("A tag key is not allowed.")
    return dict(tags)


def paged(
    session: WorldSession, params: Members, numbered: list[tuple[int, StoredThing]]
) -> Page[StoredThing]:
    """Return the page that a request asks for."""
    return small_page_of(numbered, session.operation, params, session.now)


def _shown(session: WorldSession, base: StoredThing) -> Members:
    return {
        **bearings(session, base),
        "name": base["Name"],
        "knowledgeBaseType": base["Type"],
        "status": "ACTIVE",
    }


def list_bases(session: WorldSession, params: Members) -> Members:
    """Return the knowledge bases of the account, page by page."""
    page = paged(session, params, session.see_all(KIND))
    shown = [_shown(session, base) for base in page.items]
    return page.small_reply("knowledgeBaseSummaries", shown)


def get_base(session: WorldSession, params: Members) -> Members:
    """Return one knowledge base."""
    return {"knowledgeBase": _shown(session, base_of(session, params))}


OPERATIONS: Mapping[str, Handler] = {
    "ListKnowledgeBases": list_bases,
    "GetKnowledgeBase": get_base,
}
