"""Views: what agents are shown step by step. AWS manages some, which nobody can change.

A view of one's own is published, or a draft that only its qualifier `$SAVED` shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import (
    NAMED,
    Handler,
    Members,
    ReadOperations,
    same,
    shown,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.services.connect.search_criteria import member_is
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import ServiceError, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "view"
OWN = "CUSTOMER_MANAGED"
SAVED, LATEST = "$SAVED", "$LATEST"
MANAGED_VERSION = "1"


def create(session: WorldSession, params: Members) -> Members:
    """Make a view of one's own, as a draft or published."""
    check_new(session, KIND, params["Name"])
    own = [each for each in session.all(KIND) if each["Type"] == OWN]
    check_count(session, KIND, len(own))
    content = {"InputSchema": "{}", **params["Content"]}
    view = session.create(
        KIND,
        {
            **{name: params.get(name) for name in ("Name", "Description", "Status")},
            "Type": OWN,
            "Content": content,
            "Version": 1,
            "CreatedTime": session.now,
            "Tags": checked_tags(params.get("Tags", {})),
        },
    )
    return {"View": _whole(view)}


def update_content(session: WorldSession, params: Members) -> Members:
    """Write a draft, or publish what a view shows."""
    view = _own(session, params)
    content = {"InputSchema": "{}", **params["Content"]}
    if params["Status"] == "PUBLISHED" or view["Status"] != "PUBLISHED":
        given = {"Content": content, "Status": params["Status"], "Draft": None}
    else:
        given = {"Draft": content}
    return {"View": _whole(session.update(KIND, view, **given))}


def update_metadata(session: WorldSession, params: Members) -> Members:
    """Give a view another name or description; what is not given stays."""
    view = _own(session, params)
    given = {name: params[name] for name in ("Name", "Description") if name in params}
    if not given:
        raise refused("Name or Description must be given.")
    check_new(session, KIND, str(given.get("Name", view["Name"])), besides=view)
    session.update(KIND, view, **given)
    return {}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a view of one's own, whatever flow shows it."""
    session.delete(KIND, _own(session, params)["Id"])
    return {}


def describe(session: WorldSession, params: Members) -> Members:
    """Return a view by its id or ARN: those that AWS manages by their ARN alone."""
    given, qualifier = _named(session, params["ViewId"])
    view = session.see(KIND, given)
    is_own = view["Type"] == OWN
    if not is_own and not params["ViewId"].startswith("arn:"):
        raise not_found("view")
    if not is_own and qualifier not in {"", LATEST, MANAGED_VERSION}:
        raise not_found("view")
    if is_own and qualifier == SAVED:
        view = {**view, "Content": view.get("Draft", view["Content"]), "Status": "SAVED"}
    elif is_own and (qualifier not in {"", LATEST} or view["Status"] != "PUBLISHED"):
        raise not_found("view")
    return {"View": _whole(view)}


def list_views(session: WorldSession, params: Members) -> Members:
    """Return the views by type and name, page by page."""
    wanted = params.get("Type")
    seen = [each for _, each in session.see_all(KIND) if wanted in (None, each["Type"])]
    ordered = sorted(seen, key=lambda each: (each["Type"], each["Name"]))
    page = page_of([*enumerate(ordered, start=1)], "ListViews", params, session.now)
    return page.reply("ViewsSummaryList", [shown(each, SUMMARY) for each in page.items])


def _own(session: WorldSession, params: Members) -> StoredThing:
    """Return the true record of a view that may be changed."""
    view = session.need(KIND, _named(session, params["ViewId"])[0])
    if view["Type"] != OWN:
        raise ServiceError("AccessDeniedException", "A view that AWS manages can't be changed.")
    return view


def _named(session: WorldSession, given: str) -> tuple[str, str]:
    """Return the id in an id or ARN, and the qualifier behind it."""
    if given.startswith("arn:"):
        managed = f"arn:aws:connect:{session.instance.region}:aws:view/"
        own = f"{session.instance.arn}/view/"
        if not given.startswith((managed, own)):
            raise not_found("view")
        given = given.removeprefix(managed).removeprefix(own)
    view_id, _, qualifier = given.partition(":")
    return view_id, qualifier


def _whole(view: StoredThing) -> Mapping[str, Any]:
    created = {"CreatedTime": moment(view["CreatedTime"])} if "CreatedTime" in view else {}
    return {**shown(view, WHOLE), **created}


SUMMARY = same("Id", "Arn", "Name", "Type", "Status", "Description")
WHOLE = {**SUMMARY, **same("Version", "Content", "Tags", "LastModifiedTime")}
READING = ReadOperations(
    kind=KIND,
    listing=("ListViews", "ViewsSummaryList"),
    summary=SUMMARY,
    describing=("DescribeView", "ViewId", "View"),
    whole=WHOLE,
    searching=("SearchViews", "Views"),
    found=WHOLE,
    fields=NAMED,
    leaves=lambda _: {
        "ViewTypeCondition": member_is("Type"),
        "ViewStatusCondition": member_is("Status"),
    },
)

OPERATIONS: Mapping[str, Handler] = {
    **READING.operations(),
    "ListViews": list_views,
    "DescribeView": describe,
    "CreateView": once(create),
    "UpdateViewContent": update_content,
    "UpdateViewMetadata": update_metadata,
    "DeleteView": delete,
}
