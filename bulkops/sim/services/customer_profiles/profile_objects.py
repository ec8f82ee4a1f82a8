"""Objects of profiles: put by what an object type says tells them apart and whose they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import limit_of
from bulkops.sim.services.customer_profiles.object_types import keys_in
from bulkops.sim.services.customer_profiles.profile_domains import (
    OBJECT,
    PROFILE,
    DomainView,
    absent,
    bad,
)
from bulkops.sim.services.customer_profiles.profile_searches import PAGE, keys_of
from bulkops.sim.services.customer_profiles.profiles import made
from bulkops.sim.state.ids import drawn
from bulkops.sim.state.tables import StoredThing


def put(view: DomainView, params: Members) -> Members:
    """Make an object, or put it in the place of the one that has the same unique key."""
    type_ = view.type_of(params["ObjectTypeName"])
    content = _read(params["Object"])
    unique = [(name, value) for name, value, _ in keys_in(type_, content, "UNIQUE")]
    if not unique:
        raise bad("A field of the unique key is missing.")
    object_id = f"{view.name} {type_['TypeName']} {unique[0][1]}"
    before = view.session.table(OBJECT).get(object_id)
    owner = before["Profile"] if before is not None else _owner(view, type_, content)
    if before is None:
        _room_for(view, owner)
    key = drawn(object_id).hex()[:32]
    members = {"Domain": view.name, "Type": type_["TypeName"], "Profile": owner, "Key": key}
    view.session.put_named(OBJECT, object_id, {**members, "Content": content})
    return {"ProfileObjectUniqueKey": key}


def _read(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except ValueError:
        raise bad("Object is not JSON.") from None
    if not isinstance(content, dict):
        raise bad("Object is not a JSON object.")
    return content


def _owner(view: DomainView, type_: StoredThing, content: Mapping[str, Any]) -> str:
    """Return whose an object is: of the profile that alone has one of its keys, or of a new one.

    Keys that are SECONDARY come after the others; one that several profiles have is rejected.
    """
    keys = sorted(keys_in(type_, content, "PROFILE"), key=lambda key: "SECONDARY" in key[2])
    for name, value, _ in keys:
        there = [each for each in view.true(PROFILE) if (name, value) in set(keys_of(view, each))]
        if len(there) > 1:
            raise bad(f"Several profiles have the key {name} of the object.")
        if there:
            return str(there[0]["Id"])
    if not type_["AllowProfileCreation"]:
        raise bad("No profile has a key of the object, and its type makes none.")
    return str(made(view, {})["Id"])


def _room_for(view: DomainView, profile_id: str) -> None:
    there = sum(1 for each in view.true(OBJECT) if each["Profile"] == profile_id)
    if there >= limit_of(view.session, OBJECT):
        raise bad("The profile has as many objects as it may.")


def listed(view: DomainView, params: Members) -> Members:
    """Return the objects of one type that a profile has, page by page."""
    profile = view.session.table(PROFILE).seen(params["ProfileId"], view.session.now)
    if profile is None or profile["Domain"] != view.name:
        raise absent("profile")
    type_ = view.type_of(params["ObjectTypeName"])
    wanted = params.get("ObjectFilter")
    there = [
        (number, each)
        for number, each in view.lying(OBJECT)
        if (each["Profile"], each["Type"]) == (profile["Id"], type_["TypeName"])
        and (wanted is None or _meets(type_, each, wanted))
    ]
    sized = {"MaxResults": PAGE, **params}
    page = page_of(there, "ListProfileObjects", sized, view.session.now)
    return page.reply("Items", [_shown(each) for each in page.items])


def _meets(type_: StoredThing, record: StoredThing, wanted: Members) -> bool:
    if wanted["KeyName"] not in type_["Keys"]:
        raise bad(f"The key {wanted['KeyName']} is not defined by the object type.")
    standings = {each for ways in type_["Keys"].values() for way in ways for each in _standing(way)}
    return any(
        name == wanted["KeyName"] and value in wanted["Values"]
        for standing in standings
        for name, value, _ in keys_in(type_, record["Content"], standing)
    )


def _standing(way: Mapping[str, Any]) -> list[str]:
    return [*way.get("StandardIdentifiers", ())]


def _shown(record: StoredThing) -> Mapping[str, Any]:
    return {
        "ObjectTypeName": record["Type"],
        "ProfileObjectUniqueKey": record["Key"],
        "Object": json.dumps(record["Content"], ensure_ascii=False),
    }


def delete(view: DomainView, params: Members) -> Members:
    """Take an object of a profile away, by the key that the service gave it."""
    view.type_of(params["ObjectTypeName"])
    view.need(PROFILE, params["ProfileId"], "profile")
    for each in view.true(OBJECT):
        told = (each["Type"], each["Profile"], each["Key"])
        asked = ("ObjectTypeName", "ProfileId", "ProfileObjectUniqueKey")
        if told == tuple(params[name] for name in asked):
            view.session.delete(OBJECT, each["Id"])
            return {"Message": "OK"}
    raise absent("profile object")
