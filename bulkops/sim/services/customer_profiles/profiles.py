"""Profiles: made without being told apart, changed by what is named, gone with what they have."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.customer_profiles.profile_domains import (
    OBJECT,
    PROFILE,
    DomainView,
    bad,
)
from bulkops.sim.services.customer_profiles.profile_searches import keys_of, shown
from bulkops.sim.state.tables import StoredThing


def create(view: DomainView, params: Members) -> Members:
    """Make a profile, whatever others there are: asked twice, there are two."""
    given = {name: value for name, value in params.items() if name != "DomainName"}
    return {"ProfileId": made(view, given)["Id"]}


def made(view: DomainView, members: Members) -> StoredThing:
    """Ask for a profile with an id of its own, and return it."""
    profile_id = view.session.new_id().replace("-", "")
    kept = {"Domain": view.name, "Keys": {}, "Name": _called(view, members), **members}
    return view.session.put_named(PROFILE, profile_id, kept)


def _called(view: DomainView, members: Members) -> str:
    """Return what a profile is told apart by where ids don't count, in dumps of a world."""
    given = (str(members.get(name, "")) for name in ("AccountNumber", "EmailAddress"))
    name = next(filter(None, given), "nobody")
    taken = (view.session.table(PROFILE).named(f"{name} {number}") for number in count(1))
    return f"{name} {next(number for number, there in enumerate(taken, start=1) if not there)}"


def update(view: DomainView, params: Members) -> Members:
    """Set what is given; an empty text takes away what is there, and what is absent stays."""
    record = _needed(view, params)
    given = {
        name: value for name, value in params.items() if name not in ("DomainName", "ProfileId")
    }
    changed: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, Mapping) and name != "EngagementPreferences":
            merged = {**record.get(name, {}), **value}
            changed[name] = {each: text for each, text in merged.items() if text != ""} or None
        else:
            changed[name] = None if value == "" else value
    view.session.update(PROFILE, record, **changed)
    return {"ProfileId": record["Id"]}


def delete(view: DomainView, params: Members) -> Members:
    """Take a profile away, and all of its objects."""
    record = _needed(view, params)
    for each in view.true(OBJECT):
        if each["Profile"] == record["Id"]:
            view.session.delete(OBJECT, each["Id"])
    view.session.delete(PROFILE, record["Id"])
    return {"Message": "OK"}


def _needed(view: DomainView, params: Members) -> StoredThing:
    return view.need(PROFILE, params["ProfileId"], "profile")


def add_key(view: DomainView, params: Members) -> Members:
    """Add values under a key by which a profile is found; those that it has change nothing."""
    record = _checked(view, params)
    name, had = params["KeyName"], record["Keys"].get(params["KeyName"], [])
    values = [*had, *(each for each in params["Values"] if each not in had)]
    view.session.update(PROFILE, record, Keys={**record["Keys"], name: values})
    return {"KeyName": name, "Values": [*params["Values"]]}


def delete_key(view: DomainView, params: Members) -> Members:
    """Take values of a key away that were added to a profile."""
    record = _checked(view, params)
    name, had = params["KeyName"], record["Keys"].get(params["KeyName"], [])
    own = {value for key, value in keys_of(view, record) if key == name}
    if any(value not in had for value in params["Values"]):
        kept = any(value in own for value in params["Values"])
        raise bad("The key is one of the profile's own." if kept else "The key does not exist.")
    left = [each for each in had if each not in params["Values"]]
    keys = {key: values for key, values in {**record["Keys"], name: left}.items() if values}
    view.session.update(PROFILE, record, Keys=keys)
    return {"Message": "OK"}


def _checked(view: DomainView, params: Members) -> StoredThing:
    view.check_key(params["KeyName"])
    if not params["Values"]:
        raise bad("Values must hold a value.")
    if params["KeyName"] == "_profileId":
        raise bad("The id of a profile is no key that is added or taken away.")
    return _needed(view, params)


def get_several(view: DomainView, params: Members) -> Members:
    """Return profiles by their ids, and an error of each that is not there."""
    found, errors = [], []
    for profile_id in params["ProfileIds"]:
        record = view.session.table(PROFILE).seen(profile_id, view.session.now)
        if record is None or record["Domain"] != view.name:
            said = "The profile does not exist."
            errors.append({"ProfileId": profile_id, "Code": "404", "Message": said})
        else:
            found.append(shown(view, record))
    return {"Profiles": found, "Errors": errors}


def merge(view: DomainView, params: Members) -> Members:
    """Make several profiles one, which keeps what it has and takes what it lacks: for good."""
    main = view.need(PROFILE, params["MainProfileId"], "profile")
    if main["Id"] in params["ProfileIdsToBeMerged"]:
        raise bad("A profile can not be merged with itself.")
    members, keys = dict(main), dict(main["Keys"])
    for profile_id in params["ProfileIdsToBeMerged"]:
        other = view.need(PROFILE, profile_id, "profile")
        members = {**other, **members}
        for name, values in other["Keys"].items():
            keys[name] = list(dict.fromkeys([*keys.get(name, ()), *values]))
        for each in view.true(OBJECT):
            if each["Profile"] == profile_id:
                view.session.update(OBJECT, each, Profile=main["Id"])
        view.session.delete(PROFILE, profile_id)
    view.session.update(PROFILE, main, **{**members, "Keys": keys})
    return {"Message": "OK"}
