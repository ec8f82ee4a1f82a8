"""Finding profiles by their keys: what they say of themselves, what was added, their objects'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.sim.services.connect.listing import Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.customer_profiles.object_types import filled_by, keys_in
from bulkops.sim.services.customer_profiles.profile_domains import (
    OBJECT,
    PROFILE,
    DomainView,
    bad,
)
from bulkops.sim.state.tables import StoredThing

Key = tuple[str, str]
"""(name, value)."""
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "_account": ("AccountNumber",),
    "_phone": ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber"),
    "_email": ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress"),
}
"""Key → the members of a profile by which it is found."""
PAGE = 20
"""Profiles on a page where MaxResults is not given (API reference, SearchProfiles)."""
KEPT = ("Domain", "Keys", "Name", "Id", "LastModifiedTime", "LastModifiedRegion")
"""What a record has beside the members of a profile."""


def search(view: DomainView, params: Members) -> Members:
    """Return the profiles that have the keys asked for: one of them, or with AND all."""
    asked = [params, *params.get("AdditionalSearchKeys", ())]
    for each in asked:
        view.check_key(each["KeyName"])
        if not each["Values"]:
            raise bad("Values must hold a value.")
    found = []
    for number, record in view.lying(PROFILE, searched=True):
        keys = set(keys_of(view, record, searched=True))
        by = [each for each in asked if _has(keys, each)]
        if by and (len(by) == len(asked) or params.get("LogicalOperator") != "AND"):
            found.append((number, {**shown(view, record), "FoundByItems": _found_by(by)}))
    sized = {"MaxResults": PAGE, **params}
    page = page_of(found, "SearchProfiles", sized, view.session.now)
    return page.reply("Items", page.items)


def _has(keys: set[Key], asked: Members) -> bool:
    return any((asked["KeyName"], value) in keys for value in asked["Values"])


def _found_by(asked: list[Members]) -> list[Mapping[str, Any]]:
    return [{"KeyName": each["KeyName"], "Values": [*each["Values"]]} for each in asked]


def keys_of(view: DomainView, record: StoredThing, *, searched: bool = False) -> Iterator[Key]:
    """Yield every key by which a profile is found."""
    yield "_profileId", record["Id"]
    whole = shown(view, record)
    for key, members in MEMBERS.items():
        yield from ((key, whole[member]) for member in members if member in whole)
    parts = (whole.get(each, "") for each in ("FirstName", "MiddleName", "LastName"))
    if name := " ".join(filter(None, parts)):
        yield "_fullName", name
    for key, values in record["Keys"].items():
        yield from ((key, value) for value in values)
    for _, each in view.lying(OBJECT, searched=searched):
        if each["Profile"] == record["Id"]:
            type_ = view.type_of(each["Type"])
            for name, value, identifiers in keys_in(type_, each["Content"], "PROFILE"):
                if "LOOKUP_ONLY" not in identifiers:
                    yield name, value


def shown(view: DomainView, record: StoredThing) -> dict[str, Any]:
    """Return a profile as reads show it: what was set, and what its objects fill beside that."""
    whole: dict[str, Any] = {}
    for each in view.true(OBJECT):
        if each["Profile"] == record["Id"]:
            _fill(whole, filled_by(view.type_of(each["Type"]), each["Content"]))
    _fill(whole, {name: value for name, value in record.items() if name not in KEPT})
    return {"ProfileId": record["Id"], **whole}


def _fill(whole: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        inside = whole.get(name, {})
        whole[name] = {**inside, **value} if isinstance(value, Mapping) else value
