from __future__ import annotations

import pytest


def status(centre, name="Lunch"):
    return {"AgentStatusId": centre.id("agent-status", name)}


def told(centre, own):
    found = centre.ask("DescribeAgentStatus", **own)["AgentStatus"]
    members = ("Name", "Description", "State", "DisplayOrder", "Type")
    return {name: found[name] for name in members if name in found}


def test_a_status_is_made_changed_and_disabled(centre):
    made = centre.ask("CreateAgentStatus", Name="Coaching", State="ENABLED", DisplayOrder=9)
    own = {"AgentStatusId": made["AgentStatusId"]}
    usual = {"Name": "Coaching", "State": "ENABLED", "DisplayOrder": 9, "Type": "CUSTOM"}
    assert told(centre, own) == usual
    centre.ask("UpdateAgentStatus", **own, State="DISABLED", Description="Talks")
    assert told(centre, own) == {**usual, "State": "DISABLED", "Description": "Talks"}
    centre.ask("UpdateAgentStatus", **own, ResetOrderNumber=True, Description="")
    assert "DisplayOrder" not in told(centre, own)


def test_a_status_that_may_not_be_is_refused(centre):
    def code(**given):
        return centre.code("CreateAgentStatus", **{"Name": "New", "State": "ENABLED", **given})

    assert code(Name="LUNCH") == "DuplicateResourceException"
    assert code(DisplayOrder=51) == "InvalidParameterException"
    assert code(Description="") == "InvalidParameterException"
    assert code(State="OFF") == "InvalidParameterException"
    centre.world.limits = {"agent-status": 5}
    assert code() == "LimitExceededException"


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("Lunch", {}, "InvalidRequestException"),
        ("Lunch", {"Name": "BREAK"}, "DuplicateResourceException"),
        ("Lunch", {"DisplayOrder": 2, "ResetOrderNumber": True}, "InvalidParameterException"),
        ("Available", {"State": "DISABLED"}, "InvalidRequestException"),
    ],
)
def test_a_change_that_may_not_be_is_refused(centre, name, given, code):
    assert centre.code("UpdateAgentStatus", **status(centre, name), **given) == code
