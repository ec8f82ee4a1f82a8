"""The page's part about pace: how long it took against the least, each lane against its quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkops.reports import formats
from bulkops.reports.html.axes import spans
from bulkops.reports.html.chart import Chart, legend, time_axis
from bulkops.reports.html.markup import Html, el, scrolling
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.timeline import LaneHistory, Pool, Timeline, quota_of

MOST_CHARTS = 12


def pace(facts: RunFacts, timeline: Timeline) -> Html:
    """Return the section, or nothing where nothing was sent."""
    lanes = [(pool, lane) for pool, lane in timeline.lanes.items() if lane.sends]
    if not lanes:
        return Html()
    lanes.sort(key=lambda each: -each[1].sends.total())
    return el(
        "section",
        el("h2", "Pace"),
        el("p", _time_taken(facts)),
        legend(),
        *_charts(facts, lanes[:MOST_CHARTS]),
        _quotas(facts, lanes),
    )


def _time_taken(facts: RunFacts) -> str:
    taken, least = facts.seconds, facts.least_seconds
    said = f"The last attempt took {formats.duration(taken)}"
    if least <= 0:
        return f"{said}."
    return (
        f"{said}; the quotas allow its calls no less than {formats.duration(least)}. "
        f"That is {taken / least:.2f} times the least time."
    )


def _charts(facts: RunFacts, lanes: Sequence[tuple[Pool, LaneHistory]]) -> Iterator[Html]:
    axis = time_axis(
        spans(second for _, lane in lanes for second in (*lane.sends, *lane.throttles))
    )
    for pool, lane in lanes:
        chart = Chart(lane, quota_of(facts, pool), axis)
        sent, throttled = lane.sends.total(), lane.throttles.total()
        said = f"{sent:,} {'call' if sent == 1 else 'calls'} sent, {throttled:,} throttled"
        highest = f"highest {formats.rate(chart.highest)} over {formats.duration(axis.width)}"
        yield el(
            "figure",
            el("figcaption", el("h3", pool[3]), el("span", said, class_="soft small")),
            chart.svg(f"{pool[3]}: calls a second over time", f"{said}, {highest}."),
        )


def _quotas(facts: RunFacts, lanes: Sequence[tuple[Pool, LaneHistory]]) -> Html:
    heads = ("Operation", "Account and Region", "Sent", "Throttled", "Quota", "Burst", "Source")
    numeric = heads[2:6]
    return scrolling(
        "Quotas kept to, by operation; each is shared by an account and Region",
        el("thead", el("tr", *(_head(name, numeric=name in numeric) for name in heads))),
        el("tbody", *(_quota_row(facts, pool, lane) for pool, lane in lanes)),
    )


def _head(name: str, *, numeric: bool) -> Html:
    return el("th", name, scope="col", class_="number" if numeric else None)


def _quota_row(facts: RunFacts, pool: Pool, lane: LaneHistory) -> Html:
    account, region, service, operation = pool
    quota = quota_of(facts, pool)
    numbers = (
        f"{lane.sends.total():,}",
        f"{lane.throttles.total():,}",
        formats.rate(quota.rate) if quota else "",
        f"{quota.burst:g}" if quota else "",
    )
    return el(
        "tr",
        el("td", el("code", f"{service}:{operation}")),
        el("td", account, *((el("br"), region) if region else ())),
        *(el("td", text, class_="number") for text in numbers),
        el("td", el("div", quota.source, *_note(quota.note)) if quota else ""),
    )


def _note(note: str) -> Iterator[Html]:
    if note:
        yield el("p", note, class_="hint small")
