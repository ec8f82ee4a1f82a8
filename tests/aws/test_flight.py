"""The request that a call makes, as far as it is known while it is under way."""

from __future__ import annotations

from bulkops.aws.http_session import Flight
from bulkops.aws.wire_answers import WireAnswer


def test_an_answer_that_was_taken_is_let_go_of():
    flight = Flight(answer=WireAnswer(status=200, headers={}, body=b"x"), members={"a": 1})
    flight.forget()
    assert (flight.answer, flight.members) == (None, None)
