"""The tag by which a thing says which call of which run made it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from bulkops.definition.job import Step
from bulkops.definition.model.operations import OperationFacts, operation
from bulkops.definition.verbs import verb

MARK_KEY = "bulkops:call"
RESERVED = "aws:"
"""What the keys of AWS's own tags begin with."""
"""The tag's key; its value is `<run id>/<call id>`."""
TAGS = "Tags"
"""The member by which operations take tags for what they make, and by which reads answer them."""
_BEARERS: Mapping[str, str] = {"customer-profiles": "Attributes", "connectcampaignsv2": "tags"}
"""Service → the member that bears the mark, where it is not called Tags."""
USUAL_MOST = 50
MOST_LETTERS = 256
"""Letters that the value of a tag may have, whatever the service."""


@cache
def most_tags(service: str, name: str) -> int:
    """Return how many tags an operation takes for what it makes; 0 where it takes no mark.

    It takes one where it creates something, its tags are a map of texts, and no client token
    makes repeating it safe already.
    """
    facts = operation(service, name)
    tags = facts.members.get(bearer(service))
    if (
        verb(name) != "create"
        or facts.token
        or tags is None
        or not _holds_mark(facts, bearer(service))
    ):
        return 0
    # where the model says no number, it is the most that AWS lets any resource have
    return int(tags.limits.maximum or USUAL_MOST)


def bearer(service: str) -> str:
    """Return the member of what a service makes that bears the mark."""
    return _BEARERS.get(service, TAGS)


def _holds_mark(facts: OperationFacts, tags: str) -> bool:
    """Tell whether an operation's tags are a map of texts in which the mark's key may stand."""
    key, value = facts.members.get(f"{tags}{{key}}"), facts.members.get(f"{tags}{{value}}")
    if key is None or value is None:
        return False
    allowed = key.limits.pattern is None or key.limits.pattern.search(MARK_KEY)
    return key.type == value.type == "string" and allowed


def takes_mark(service: str, step: Step) -> bool:
    """Tell whether a step's calls bear a mark, unless the person does without."""
    return most_tags(service, step.operation) > 0


def mark_of(run: str, call: int) -> str:
    """Return what the tag of one call's thing says; each call of each run has its own."""
    return f"{run}/{call}"[-MOST_LETTERS:]


def marked(service: str, name: str, params: Mapping[str, Any], mark: str) -> Mapping[str, Any]:
    """Return a request's params with the mark among the tags.

    They stay as they are where the operation takes no mark, or where the row fills all its tags.
    """
    most = most_tags(service, name)
    if not most:  # other operations have tags of another form, such as lists of structures
        return params
    member = bearer(service)
    tags = {**params.get(member, {}), MARK_KEY: mark}
    return {**params, member: tags} if len(tags) <= most else params


def mark_in(state: Mapping[str, Any]) -> str:
    """Return the mark that a thing's state bears; empty where it bears none or tells no tags."""
    found = (state.get(member) for member in (TAGS, *_BEARERS.values()))
    marks = (str(tags.get(MARK_KEY, "")) for tags in found if isinstance(tags, Mapping))
    return next(filter(None, marks), "")


def unmarked(tags: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a thing's tags as people gave them: the mark and AWS's own are of no sheet.

    Nobody can set or take off what begins with aws:, such as the name of a stack.
    """
    return {
        key: value
        for key, value in tags.items()
        if key != MARK_KEY and not key.startswith(RESERVED)
    }
