from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load, names
from bulkops.definition.lost_answers import after_lost_answer
from bulkops.definition.settling_ways import Look, Never


def said(name, address="0"):
    job = load(name).job
    return after_lost_answer(job.service, job.step(address))


def test_what_is_made_is_claimed_by_its_tag():
    assert "claimed by its tag bulkops:call alone" in said("create-users")
    assert said("create-users", "0.undo").startswith("looked for: gone is gone")


def test_what_takes_no_tag_is_unknown_where_it_is_there():
    step = replace(load("create-users").job.step("0"), operation="CreatePredefinedAttribute")
    assert "unknown where it is there" in after_lost_answer("connect", step)
    assert "bulkops:call" not in after_lost_answer("connect", step)


def test_a_value_is_set_again_and_looked_at_first_where_that_can_be():
    assert "after a crash it is looked at first" in said("update-user-routing-profiles")
    assert said("connect:PutUserStatus") == "set again, which changes nothing where it was set"


def test_an_entry_of_a_list_is_looked_for():
    assert "as it was sent is done" in said("associate-routing-profile-queues")


def test_a_client_token_makes_it_certain():
    assert "the same client token" in said("connect:CreateVocabulary")


def test_where_nothing_tells_a_person_decides():
    assert said("connect:StopContact") == "unknown, for nothing tells: a person decides"
    assert said("connect:CreateContactFlowModuleAlias").startswith("unknown")
    step = replace(load("delete-users").job.step("0"), settle=Never())
    assert after_lost_answer("connect", step).startswith("looked for but never sent again")


@pytest.mark.parametrize("name", names())
def test_every_step_of_the_catalogue_says_something_certain(name):
    job = load(name).job
    for _, step in job.addresses():
        assert step.each_of or not isinstance(step.settle, Never)
        assert after_lost_answer(job.service, step)
        if isinstance(step.settle, Look):
            assert step.subject is not None
