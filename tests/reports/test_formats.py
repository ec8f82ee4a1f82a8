from __future__ import annotations

import pytest

from bulkops.reports import formats


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (612.3, "10 min 12 s"),
        (3599.4, "59 min 59 s"),
        (3599.6, "1 h 00 min"),
        (11_040, "3 h 04 min"),
        (3_600_000, "1,000 h 00 min"),
    ],
)
def test_a_span_of_time_is_said_as_people_do(seconds, said):
    assert formats.duration(seconds) == said


@pytest.mark.parametrize(("rate", "said"), [(2.0, "2/s"), (0.5, "0.5/s"), (1.937, "1.94/s")])
def test_a_rate_has_no_needless_digits(rate, said):
    assert formats.rate(rate) == said


def test_a_moment_is_said_in_utc():
    assert formats.moment("2026-11-22T18:04:05.120Z") == "2026-11-22 18:04:05 UTC"
    assert formats.moment("2026-11-22T20:04:05+02:00") == "2026-11-22 18:04:05 UTC"


def test_a_text_that_is_no_moment_stays_as_it_is():
    assert formats.moment("soon") == "soon"


def test_rows_are_counted_in_words():
    assert [formats.rows_named(n) for n in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


def test_a_text_is_cut_with_an_ellipsis():
    assert formats.shortened("abcd", 4) == "abcd"
    assert formats.shortened("abcde", 4) == "abc…"
