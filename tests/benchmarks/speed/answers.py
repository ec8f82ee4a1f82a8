"""Answers about 100,000 users, checked and parsed: pages of the list, and pages of the search."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.aws.parsed_answers import outcome_of
from bulkops.aws.wire_answers import WireAnswer
from bulkops.pacing.replies import Reply
from tests.benchmarks.speed.scene import Scene, measure

USERS, PAGE = 100_000, 500
SEED = 1


def _users(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield what the list and the search say of each user."""
    for number in range(PAGE):
        name = str(uuid.UUID(int=rng.getrandbits(128)))
        yield {
            "Id": name,
            "Arn": f"arn:aws:connect:us-east-1:123456789012:instance/a/agent/{name}",
            "Username": f"agent{number:05d}",
        }


def _list_page(rng: random.Random) -> Mapping[str, Any]:
    when = {"LastModifiedTime": 1767225600.5, "LastModifiedRegion": "us-east-1"}
    return {"UserSummaryList": [{**user, **when} for user in _users(rng)], "NextToken": "next"}


def _search_page(rng: random.Random) -> Mapping[str, Any]:
    settings = {
        "IdentityInfo": {"FirstName": "First", "LastName": "Last"},
        "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "DeskPhoneNumber": ""},
        "RoutingProfileId": str(uuid.UUID(int=rng.getrandbits(128))),
        "SecurityProfileIds": [str(uuid.UUID(int=rng.getrandbits(128)))],
        "Tags": {},
    }
    users = [{**user, **settings} for user in _users(rng)]
    return {"Users": users, "ApproximateTotalCount": USERS}


def _seconds(operation: str, page: Mapping[str, Any]) -> float:
    body = json.dumps(page).encode()
    answer = WireAnswer(status=200, headers={"x-amzn-requestid": "request"}, body=body)
    assert isinstance(outcome_of(answer, "connect", operation), Reply)  # loads the model, too
    began = time.process_time()
    for _ in range(USERS // PAGE):
        outcome_of(answer, "connect", operation)
    return time.process_time() - began


@measure("answers of ListUsers about 100,000 users", unit="CPU s", goal=0.5)
def listed(_: Scene) -> float:
    """Check and parse 200 pages of a list."""
    return _seconds("ListUsers", _list_page(random.Random(SEED)))


@measure("answers of SearchUsers about 100,000 users", unit="CPU s", goal=1)
def searched(_: Scene) -> float:
    """Check and parse 200 pages of a search."""
    return _seconds("SearchUsers", _search_page(random.Random(SEED)))
