from __future__ import annotations

import pytest

from bulkops.definition.settling_ways import Look
from bulkops.engine.calls.sightings import Sighting
from bulkops.engine.calls.verdicts import Circumstances, conclude
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LATE_SECONDS, SOON_SECONDS

OK, F, U, P = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN, CallState.PLANNED
TAKEN = "DuplicateResourceException"
UNIQUE = Look(duplicate=TAKEN)
EARLY, SOON, LATE = 0.0, SOON_SECONDS, LATE_SECONDS


def states(verb, seen, look=UNIQUE, **given):
    """Return the states in which a doubt ends by looks at first, soon and late."""
    found = (
        conclude(verb, seen, look, Circumstances(waited=waited, **given))
        for waited in (EARLY, SOON, LATE)
    )
    return [verdict and verdict.state for verdict in found]


def test_what_bears_the_calls_tag_is_its_own_whatever_else_was_said():
    assert states("create", Sighting.OURS) == [OK, OK, OK]
    assert states("create", Sighting.OURS, refused=TAKEN) == [OK, OK, OK]
    assert states("create", Sighting.OURS, Look()) == [OK, OK, OK]


def test_what_another_call_made_is_a_name_that_is_taken_once_no_stale_read_can_be_it():
    assert states("create", Sighting.ANOTHERS) == [None, F, F]
    assert states("create", Sighting.ANOTHERS, refused=TAKEN) == [None, F, F]


def test_of_names_that_several_may_bear_another_one_says_nothing():
    assert states("create", Sighting.ANOTHERS, Look()) == [None, None, P]


@pytest.mark.parametrize("seen", [Sighting.AS_SENT, Sighting.DIFFERENT])
def test_what_bears_no_tag_is_never_claimed_nor_denied(seen):
    assert states("create", seen) == [None, U, U]
    assert states("create", seen, refused=TAKEN) == [None, U, U]
    assert states("create", seen, Look()) == [None, None, U]


def test_what_is_listed_but_not_to_be_read_is_waited_for():
    assert states("create", Sighting.HIDDEN) == [None, None, U]


def test_what_is_absent_is_sent_again_soon_where_the_name_refuses_a_second():
    assert states("create", Sighting.ABSENT) == [None, P, P]
    assert states("create", Sighting.ABSENT, Look()) == [None, None, P]


@pytest.mark.parametrize("code", [TAKEN, "IdempotencyException", "ResourceConflictException"])
def test_what_the_service_says_is_there_is_waited_for_and_unknown_if_it_never_shows(code):
    assert states("create", Sighting.ABSENT, refused=code) == [None, None, U]


@pytest.mark.parametrize("verb", ["create", "associate", "update", "delete", "disassociate"])
def test_any_other_refusal_fails_the_row_once_it_is_clear_that_nothing_acted_before(verb):
    seen = Sighting.AS_SENT if verb in ("delete", "disassociate") else Sighting.ABSENT
    assert states(verb, seen, refused="InvalidParameterException") == [None, None, F]


@pytest.mark.parametrize("verb", ["associate", "update"])
def test_a_value_or_an_entry_found_as_sent_is_the_state_asked_for(verb):
    assert states(verb, Sighting.AS_SENT) == [OK, OK, OK]
    assert states(verb, Sighting.AS_SENT, refused="InvalidRequestException") == [OK, OK, OK]


@pytest.mark.parametrize("verb", ["associate", "update"])
def test_a_value_or_an_entry_that_is_another_is_left_to_a_person(verb):
    assert states(verb, Sighting.DIFFERENT) == [None, U, U]


@pytest.mark.parametrize("seen", [Sighting.ABSENT, Sighting.PARTLY, Sighting.HIDDEN])
def test_an_entry_is_sent_again_at_the_time_that_consistency_needs(seen):
    assert states("associate", seen) == [None, P, P]


@pytest.mark.parametrize("seen", [Sighting.AS_BEFORE, Sighting.ABSENT, Sighting.HIDDEN])
def test_a_value_that_is_not_set_is_set_again(seen):
    assert states("update", seen) == [None, P, P]


def test_a_refused_batch_is_sent_again_to_be_halved():
    given = {"refused": "InvalidRequestException", "rows": 2}
    assert states("associate", Sighting.ABSENT, **given) == [None, P, P]


@pytest.mark.parametrize("verb", ["delete", "disassociate"])
def test_what_is_gone_was_removed(verb):
    missing = "ResourceNotFoundException"
    assert states(verb, Sighting.ABSENT) == [OK, OK, OK]
    assert states(verb, Sighting.AS_SENT) == [None, P, P]
    assert states(verb, Sighting.AS_SENT, refused=missing) == [OK, OK, OK]
    assert states(verb, Sighting.HIDDEN) == [None, P, P]
    # of a batch one entry was missing: that is no word on the others
    assert states(verb, Sighting.PARTLY, refused=missing, rows=2) == [None, P, P]
