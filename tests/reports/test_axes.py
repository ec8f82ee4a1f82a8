from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.reports.html.axes import MOST_BINS, PAUSE_SECONDS, Span, TimeAxis, rate_ticks, spans

START = int(datetime(2026, 11, 22, 18, 4, 5, tzinfo=UTC).timestamp())


def axis(*active, gap=20.0):
    return TimeAxis(active, left=0.0, right=100.0, gap=gap)


def test_time_is_cut_where_nothing_happened_for_long():
    seconds = [10, 12, 11, 12 + PAUSE_SECONDS, 13 + 2 * PAUSE_SECONDS]
    assert spans(seconds) == [Span(10, 12 + PAUSE_SECONDS), Span(*[13 + 2 * PAUSE_SECONDS] * 2)]


def test_bins_share_the_width_by_their_seconds():
    bins = [
        [(b.first, b.seconds, b.left, b.right) for b in span] for span in axis(Span(0, 3)).bins()
    ]
    assert bins == [[(0, 1, 0, 25), (1, 1, 25, 50), (2, 1, 50, 75), (3, 1, 75, 100)]]


def test_a_pause_takes_a_gap_and_is_told():
    cut = axis(Span(0, 3), Span(1000, 1003))
    assert [(span[0].left, span[-1].right) for span in cut.bins()] == [(0, 40), (60, 100)]
    assert cut.pauses() == [(50, 996)]


def test_many_pauses_take_no_room():
    many = [Span(1000 * number, 1000 * number + 3) for number in range(5)]
    assert [span[0].left for span in axis(*many).bins()] == [0, 20, 40, 60, 80]


def test_the_last_bin_of_a_span_lasts_as_long_as_is_left():
    long = axis(Span(0, 2 * MOST_BINS + 1))
    assert long.width == 5
    assert [each.seconds for each in next(long.bins())][-2:] == [5, 2]


def test_ticks_stand_at_round_moments_so_far_apart():
    found = axis(Span(START, START + 599)).ticks(20.0)
    assert [text for _, text in found] == ["18:06", "18:08", "18:10", "18:12", "18:14"]
    places = [place for place, _ in found]
    assert all(after - before >= 20 - 1e-9 for before, after in itertools.pairwise(places))


def test_a_run_of_seconds_is_told_with_its_seconds():
    assert axis(Span(START, START + 9)).ticks(50.0) == [
        (0.0, "18:04:05"),
        (50.0, "18:04:10"),
    ]


def test_a_run_without_a_round_moment_is_told_by_its_beginning():
    assert axis(Span(START + 1, START + 2)).ticks(400.0) == [(0.0, "18:04:06")]


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (2.16, [0, 1, 2, 3]),
        (4.0, [0, 1, 2, 3, 4]),
        (0.54, [0, 0.2, 0.4, 0.6]),
        (0.0, [0, 0.1]),
        (54, [0, 20, 40, 60]),
        (8000, [0, 2000, 4000, 6000, 8000]),
    ],
)
def test_rates_have_round_ticks_up_to_the_highest(top, ticks):
    assert rate_ticks(top) == ticks


@given(st.sets(st.integers(min_value=0, max_value=200_000), min_size=1, max_size=60))
def test_every_second_with_a_call_is_in_exactly_one_bin(seconds):
    drawn = axis(*spans(seconds))
    bins = [each for span in drawn.bins() for each in span]
    assert len(bins) <= MOST_BINS + len(drawn.spans)
    for second in seconds:
        assert sum(each.first <= second < each.first + each.seconds for each in bins) == 1
    assert all(-1e-6 <= each.left < each.right <= 100 + 1e-6 for each in bins)
    assert all(a.right <= b.left + 1e-6 for a, b in itertools.pairwise(bins))
