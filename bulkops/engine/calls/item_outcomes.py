"""What an answer that speaks of each item says of each row of its call: one pure function."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bulkops.definition.item_answers import ItemAnswers
from bulkops.definition.model.member_paths import value_at_dotted


class ItemEnd(StrEnum):
    """What became of one item."""

    DONE = "done"
    REFUSED = "refused"
    SLOWED = "slowed"  # it came too soon: again, no attempt spent
    PASSING = "passing"  # not done for a reason that passes: again
    DOUBTFUL = "doubtful"  # the answer does not say whether it was done


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one item, in the service's words."""

    end: ItemEnd
    code: str = ""
    message: str = ""


DONE = ItemOutcome(ItemEnd.DONE)
_UNSAID = "The answer says nothing certain of this item."
_FOREIGN = "The answer speaks of an item that was not sent, so that it says nothing certain."
NO_WORD = "NoWordOfItem"
"""bulkops' own code for an answer that leaves an item's outcome open."""


def outcomes_of(
    answers: ItemAnswers, items: Sequence[Any], data: Mapping[str, Any]
) -> list[ItemOutcome]:
    """Return what a reply says of each item, in the order in which they were sent.

    What is not said, or said twice, is a doubt, and so is all where the reply speaks of what was
    not sent: never a success.
    """
    sent = [_known_by(item, answers.sent_by) for item in items]
    said: dict[Any, list[ItemOutcome]] = defaultdict(list)
    for entry in _entries(data, answers.succeeded):
        said[_known_by(entry, answers.answered_by)].append(DONE)
    for entry in _entries(data, answers.failed):
        said[_known_by(entry, answers.answered_by)].append(_failure(answers, entry))
    if said.keys() - set(sent):
        return [ItemOutcome(ItemEnd.DOUBTFUL, NO_WORD, _FOREIGN)] * len(sent)
    return [_of(answers, said.get(each, ()), alone=sent.count(each) == 1) for each in sent]


def _of(answers: ItemAnswers, said: Sequence[ItemOutcome], *, alone: bool) -> ItemOutcome:
    if not said and not answers.succeeded and alone:
        return DONE
    if len(said) == 1 and alone:
        return said[0]
    return ItemOutcome(ItemEnd.DOUBTFUL, NO_WORD, _UNSAID)


def _failure(answers: ItemAnswers, entry: Mapping[str, Any]) -> ItemOutcome:
    code = str((value_at_dotted(entry, answers.code) if answers.code else "") or "Failed")
    message = str((value_at_dotted(entry, answers.message) if answers.message else "") or "")
    ends = (
        (ItemEnd.SLOWED, answers.slowed),
        (ItemEnd.PASSING, answers.passing),
        (ItemEnd.DOUBTFUL, answers.doubtful),
    )
    end = next((end for end, codes in ends if code in codes), ItemEnd.REFUSED)
    return ItemOutcome(end, code, message)


def _entries(data: Mapping[str, Any], member: str) -> Sequence[Mapping[str, Any]]:
    return (data.get(member) or ()) if member else ()


def _known_by(value: Any, paths: str) -> str:  # noqa: ANN401  # what was sent, or what came back
    """Return what tells an item from the others, as one text."""
    named = [value_at_dotted(value, path) for path in paths.split(",")]
    return json.dumps(named, sort_keys=True, default=str)
