from __future__ import annotations

import pytest

from bulkops.definition.job import Look
from bulkops.engine.calls.settling import RESEND_AFTER_SECONDS, Sighting, conclude
from bulkops.ledger.states import CallState

UNIQUE = Look(duplicate="DuplicateResourceException")


def concluded(verb, seen, **changed):
    usual = {"waited": 0.0, "refused": False, "last": False}
    look = changed.pop("look", UNIQUE)
    verdict = conclude(verb, seen, look, **(usual | changed))
    return verdict and verdict.state


def test_what_is_there_as_it_was_sent_is_ours():
    for verb in ("create", "associate", "update"):
        assert concluded(verb, Sighting.AS_SENT) is CallState.SUCCEEDED


def test_what_is_there_but_different_is_unknown():
    assert concluded("create", Sighting.DIFFERENT) is CallState.UNKNOWN
    assert concluded("associate", Sighting.DIFFERENT) is CallState.UNKNOWN


def test_what_is_absent_may_not_be_visible_yet_so_it_is_sent_again_only_later():
    assert concluded("create", Sighting.ABSENT) is None
    assert concluded("create", Sighting.ABSENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED


def test_without_a_code_for_duplicates_it_is_sent_again_only_after_the_last_look():
    later = {"look": Look(), "waited": 100.0}
    assert concluded("associate", Sighting.ABSENT, **later) is None
    assert concluded("associate", Sighting.ABSENT, last=True, **later) is CallState.PLANNED


def test_what_the_service_says_is_there_is_waited_for_and_unknown_if_it_never_shows():
    assert concluded("create", Sighting.ABSENT, refused=True, waited=60) is None
    assert (
        concluded("create", Sighting.ABSENT, refused=True, waited=300, last=True)
        is CallState.UNKNOWN
    )


@pytest.mark.parametrize("verb", ["delete", "disassociate"])
def test_what_is_gone_was_removed(verb):
    assert concluded(verb, Sighting.ABSENT) is CallState.SUCCEEDED
    assert concluded(verb, Sighting.DIFFERENT, refused=True) is CallState.SUCCEEDED
    assert concluded(verb, Sighting.AS_SENT) is None
    assert concluded(verb, Sighting.AS_SENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED


def test_a_value_that_is_not_set_is_set_again():
    assert concluded("update", Sighting.DIFFERENT) is None
    assert concluded("update", Sighting.DIFFERENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED
