from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.definition.model.patterns import TextPattern
from bulkops.definition.model.value_limits import (
    Breach,
    Limits,
    number_breach,
    size_breach,
    text_breach,
)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1, 99, "1 to 99 units"),
        (0, 2_000_000, "0 to 2,000,000 units"),
        (None, 64, "at most 64 units"),
        (None, 256_000, "at most 256,000 units"),
        (8, 8, "8 units"),
        (1, None, "at least 1 units"),
        (1.0, 5.0, "1 to 5 units"),
        (None, None, ""),
    ],
)
def test_bounds_are_said_in_words(low, high, words):
    assert Limits(minimum=low, maximum=high).range("units") == words


def test_bounds_without_a_unit_end_in_the_number():
    assert Limits(minimum=1, maximum=99).range() == "1 to 99"


def test_a_number_outside_its_range_is_too_small_or_too_large():
    limits = Limits(minimum=1, maximum=99)
    assert number_breach(limits, 0) == Breach(message="is too small", allowed="1 to 99")
    assert number_breach(limits, 100) == Breach(message="is too large", allowed="1 to 99")
    assert number_breach(limits, 1) is None
    assert number_breach(limits, 99) is None


def test_a_size_outside_its_range_is_counted():
    breach = size_breach(Limits(maximum=10), 11, "values")
    assert breach == Breach(message="has 11 values", allowed="at most 10 values")


def test_a_word_that_is_not_allowed_gets_the_nearest_that_is():
    limits = Limits(one_of=("SOFT_PHONE", "DESK_PHONE"))
    breach = text_breach(limits, "SOFT-PHONE")
    assert breach.message == 'is not one of the values allowed. Did you mean "SOFT_PHONE"?'
    assert breach.allowed == "SOFT_PHONE, DESK_PHONE"
    assert text_breach(limits, "carrier pigeon").message == "is not one of the values allowed"
    assert text_breach(limits, "DESK_PHONE") is None


def test_a_pattern_is_said_in_plain_words_where_there_are_any():
    digits = TextPattern(r"^[0-9]+\Z")
    said = text_breach(Limits(pattern=digits, says="digits alone"), "a")
    assert said == Breach(message="is not of the form that is asked for", allowed="digits alone")
    assert text_breach(Limits(pattern=digits), "a").allowed == r"the pattern ^[0-9]+\Z"
    assert text_breach(Limits(pattern=digits), "1") is None


def test_letters_made_of_several_characters_are_told_from_whole_ones():
    limits = Limits(nfc=True)
    assert text_breach(limits, "Se\u0301an").message == "has letters made of several characters"
    assert text_breach(limits, "S\u00e9an") is None


@given(st.text())
def test_no_limits_refuse_nothing(value):
    assert text_breach(Limits(), value) is None


@given(st.integers(-5, 120), st.integers(0, 50), st.integers(50, 100))
def test_a_number_is_refused_exactly_outside_its_bounds(value, low, high):
    refused = number_breach(Limits(minimum=low, maximum=high), value) is not None
    assert refused is not (low <= value <= high)
