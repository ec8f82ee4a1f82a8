"""Ids and ARNs in the place of names: told by their form, and what an ARN is that does not fit."""

from __future__ import annotations

import re
from functools import cache

from bulkops.definition.iam.acted_on import arns_by_type
from bulkops.definition.thing_kinds import KINDS, article
from bulkops.planning.target import Target

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ARN = "arn:"
_PLACES = {
    "partition": "partition",
    "region": "Region",
    "account": "account",
    "instance_id": "instance",
}
"""Places of an ARN that tell where a thing is, in the order in which they are looked at."""


def looks_like_id(text: str) -> bool:
    """Tell whether a text has the form of an id or an ARN."""
    return text.startswith(_ARN) or _UUID.fullmatch(text) is not None


def id_in(kind: str, text: str, target: Target) -> str:
    """Return the id that a text means for a kind on a target; empty where it means none."""
    if not text.startswith(_ARN):
        return text if _UUID.fullmatch(text) else ""
    form = _forms().get(kind)
    found = form.fullmatch(text) if form is not None else None
    return found["id"] if found and not _elsewhere(found, target) else ""


def misfit(kind: str, text: str, target: Target) -> str:
    """Return what an ARN is that means no thing of a kind on a target; empty for other texts."""
    if not text.startswith(_ARN) or id_in(kind, text, target):
        return ""
    wanted = article(KINDS[kind].noun)
    for name, form in _forms().items():
        found = form.fullmatch(text)
        if found is None:
            continue
        is_one = article(KINDS[name].noun)
        other = "" if name == kind else f", not {wanted}"
        place = _elsewhere(found, target)
        where = f" of another {_PLACES[place]}, {found[place]}" if place else ""
        return f"is the ARN of {is_one}{where}{other}"
    return f"is an ARN, but not that of {wanted}"


def _elsewhere(found: re.Match[str], target: Target) -> str:
    """Return the place in which an ARN differs from those of a target; empty where in none."""
    mine = {
        "partition": target.partition,
        "region": target.region,
        "account": target.account,
        "instance_id": target.instance_id,
    }
    given = found.groupdict()
    return next((place for place in _PLACES if given.get(place, mine[place]) != mine[place]), "")


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Return the form of the ARN of each kind that has one, its places as named groups."""
    arns = arns_by_type()
    return {kind: _form(arns[kind]) for kind in KINDS if kind in arns}


def _form(arn: str) -> re.Pattern[str]:
    pattern = re.escape(arn).replace(r"\*", "(?P<id>[^/:]+)")
    for place in _PLACES:
        pattern = pattern.replace(rf"\{{{place}\}}", f"(?P<{place}>[^/:]*)")
    return re.compile(pattern)
