"""For which columns a thing must be described: no search tells what they are compared with."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Find, Held, Look, Member, Step
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.described_columns import described_set

PROFILE = Find("security-profile", Col("profile"))
CHANGE = Step(
    operation="UpdateSecurityProfile",
    subject=PROFILE,
    args={"SecurityProfileId": PROFILE, "Permissions": Col("permissions")},
    settle=Again(),
)
CREATE = Step(
    operation="CreateSecurityProfile",
    subject=PROFILE,
    args={"SecurityProfileName": Col("profile")},
    settle=Look(),
    otherwise=(CHANGE,),
)


def test_what_an_alternative_sets_is_looked_at_where_it_may_be_sent():
    assert described_set(CREATE, "update") == {"permissions"}
    assert described_set(CREATE, "fail") == frozenset()


def test_a_place_in_a_list_is_told_by_the_list_and_no_thing_is_described_for_it():
    place = replace(CHANGE, subject=Member("queue-quick-connect", of=Find("queue", Col("queue"))))
    assert described_set(place, "update") == frozenset()
    assert described_set(replace(CHANGE, subject=None), "update") == frozenset()


def test_what_a_step_sends_of_the_state_is_described_where_no_search_tells_it():
    held = replace(CHANGE, args={**CHANGE.args, "Permissions": Held("TagRestrictedResources")})
    hidden = KINDS["security-profile"].described_only
    assert ("profile" in described_set(held, "fail")) is ("TagRestrictedResources" in hidden)
    timer = Step(
        operation="UpdateRoutingProfileAgentAvailabilityTimer",
        subject=Find("routing-profile", Col("routing_profile")),
        args={"AgentAvailabilityTimer": Held("AgentAvailabilityTimer")},
        settle=Again(),
    )
    assert "routing_profile" in described_set(timer, "fail")
