"""Layouts: which fields a person sees of a case, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.sim.services.cases.case_domains import (
    FIELD,
    LAYOUT,
    check_own_name,
    check_room,
    delete_softly,
    domain_of,
    inside,
    make,
    seen_inside,
    seen_of,
    stamps,
    true_of,
)
from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_refusals import clash, unfit
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

_NEVER_SHOWN = frozenset({"title", "status"})
"""Fields that can't be part of a layout (service model, CreateLayout)."""


def create(session: WorldSession, params: Members) -> Members:
    """Make a layout of fields that are there."""
    domain = domain_of(session, params)
    check_own_name(session, domain, LAYOUT, params["name"])
    _check(session, domain, params["content"])
    check_room(session, domain, LAYOUT)
    members = {"Name": params["name"], "Content": params["content"]}
    made = make(session, domain, LAYOUT, members)
    return {"layoutId": made["Id"], "layoutArn": made["Arn"]}


def update(session: WorldSession, params: Members) -> Members:
    """Give a layout another name or content; what is left out stays."""
    domain = domain_of(session, params)
    layout = _changeable(session, domain, params["layoutId"])
    if "name" in params:
        check_own_name(session, domain, LAYOUT, params["name"], besides=layout)
    if "content" in params:
        _check(session, domain, params["content"])
    name = params.get("name", layout["Name"])
    session.update(LAYOUT, layout, Name=name, Content=params.get("content", layout["Content"]))
    return {}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a layout softly; one that a template shows is in use."""
    domain = domain_of(session, params)
    layout = _changeable(session, domain, params["layoutId"])
    if any(
        each.get("LayoutId") == layout["Id"] and not each.get("Deleted")
        for each in inside(session, domain, "case-template")
    ):
        raise clash("A template uses the layout.")
    delete_softly(session, domain, LAYOUT, layout)
    return {}


def list_layouts(session: WorldSession, params: Members) -> Members:
    """Return the names of a domain's layouts."""
    numbered = seen_inside(session, domain_of(session, params), LAYOUT)
    return lower_page(session, numbered, params, "layouts", _summary)


def get(session: WorldSession, params: Members) -> Members:
    """Return a layout without the fields that are deleted."""
    domain = domain_of(session, params)
    layout = seen_of(session, domain, LAYOUT, params["layoutId"])
    gone = {each["Id"] for each in inside(session, domain, FIELD) if each.get("Deleted")}
    content = _without(layout["Content"], gone)
    return {**_summary(layout), "content": content, **stamps(layout)}


def _summary(layout: StoredThing) -> Members:
    return {"layoutId": layout["Id"], "layoutArn": layout["Arn"], "name": layout["Name"]}


def _changeable(session: WorldSession, domain: StoredThing, layout_id: str) -> StoredThing:
    layout = true_of(session, domain, LAYOUT, layout_id)
    if layout.get("Deleted"):
        raise unfit("The layout is deleted.")
    return layout


def _check(session: WorldSession, domain: StoredThing, content: Members) -> None:
    ids = list(_fields_in(content))
    known = {each["Id"] for each in inside(session, domain, FIELD) if not each.get("Deleted")}
    if _NEVER_SHOWN & {*ids}:
        raise unfit("Title and status can't be part of a layout.")
    if len({*ids}) < len(ids):
        raise unfit("A field stands twice in the layout.")
    if not known.issuperset(ids):
        raise unfit("The layout has a field that is not there.")


def _fields_in(value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    if isinstance(value, Mapping):
        if set(value) == {"id"}:
            yield str(value["id"])
        for inner in value.values():
            yield from _fields_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _fields_in(inner)


def _without(value: Any, gone: set[str]) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, Mapping):
        return {name: _without(inner, gone) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        kept = [
            each for each in value if not (isinstance(each, Mapping) and each.get("id") in gone)
        ]
        return [_without(each, gone) for each in kept]
    return value


OPERATIONS: Mapping[str, Handler] = {
    "CreateLayout": create,
    "UpdateLayout": update,
    "DeleteLayout": delete,
    "ListLayouts": list_layouts,
    "GetLayout": get,
}
