"""A lane's rate over time against its quota, as SVG inside the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkops.reports import formats
from bulkops.reports.html.axes import Bin, Span, TimeAxis, rate_ticks
from bulkops.reports.html.markup import Html, el
from bulkops.reports.run_facts import QuotaUsed
from bulkops.reports.timeline import LaneHistory

WIDTH, HEIGHT = 920, 190
LEFT, RIGHT, TOP, BOTTOM = 44, WIDTH - 64, 14, HEIGHT - 40
TICKS_APART = 96
PAUSES_APART = 130


def time_axis(active: Sequence[Span]) -> TimeAxis:
    """Return the axis that all charts of a page share, so that they can be compared."""
    return TimeAxis(active, left=LEFT, right=RIGHT, gap=26)


class Chart:
    """One lane's chart: an area for what was sent, a dashed line for the quota, throttles below."""

    def __init__(self, history: LaneHistory, quota: QuotaUsed | None, axis: TimeAxis) -> None:
        self._axis = axis
        self._quota = quota
        self._rates = [
            [(each, _total(history.sends, each) / each.seconds) for each in span]
            for span in axis.bins()
        ]
        self._throttled = [
            (each, count)
            for span in axis.bins()
            for each in span
            if (count := _total(history.throttles, each))
        ]
        self.highest = max((rate for span in self._rates for _, rate in span), default=0.0)
        top = max(self.highest, quota.rate if quota else 0.0) * 1.08
        self._rate_ticks = rate_ticks(top)
        self._top = self._rate_ticks[-1]

    def svg(self, title: str, description: str) -> Html:
        """Return the drawing; the title and the description are what a screen reader says."""
        return el(
            "svg",
            el("title", title),
            el("desc", description),
            *self._grid(),
            *self._areas(),
            *self._quota_line(),
            *self._times(),
            *self._throttle_marks(),
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            role="img",
            class_="chart",
        )

    def _y(self, rate: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * rate / self._top

    def _grid(self) -> Iterator[Html]:
        for rate in self._rate_ticks:
            y = self._y(rate)
            yield el("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="base" if not rate else "grid")
            yield _label(f"{rate:g}", LEFT - 8, y + 4, "end")

    def _areas(self) -> Iterator[Html]:
        for span in self._rates:
            line = " ".join(
                f"L{each.left:.1f},{self._y(rate):.1f} {each.right:.1f},{self._y(rate):.1f}"
                for each, rate in span
            )
            start, end = span[0][0].left, span[-1][0].right
            yield el("path", d=f"M{start:.1f},{BOTTOM} {line} L{end:.1f},{BOTTOM}Z", class_="area")
            yield el("path", d=f"M{line[1:]}", class_="sent")

    def _quota_line(self) -> Iterator[Html]:
        if self._quota is None:
            return
        y = self._y(self._quota.rate)
        yield el("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="quota")
        yield _label("quota", RIGHT + 8, y - 2, "start", "quota-label")
        yield _label(formats.rate(self._quota.rate), RIGHT + 8, y + 11, "start", "quota-label")

    def _times(self) -> Iterator[Html]:
        for x, text in self._axis.ticks(TICKS_APART):
            yield el("line", x1=x, x2=x, y1=BOTTOM, y2=BOTTOM + 4, class_="base")
            yield _label(text, x, BOTTOM + 32, "middle")
        labelled = -float(PAUSES_APART)
        for x, seconds in self._axis.pauses():
            yield el("line", x1=x, x2=x, y1=TOP, y2=BOTTOM, class_="pause")
            if x - labelled >= PAUSES_APART:
                labelled = x
                yield _label(f"paused {formats.duration(seconds)}", x, TOP - 3, "middle")

    def _throttle_marks(self) -> Iterator[Html]:
        for each, count in self._throttled:
            times = "once" if count == 1 else f"{count:,} times"
            yield el(
                "rect",
                el("title", f"throttled {times}"),
                x=each.left,
                y=BOTTOM + 7,
                width=max(each.right - each.left - 0.5, 2.0),
                height=9,
                rx=1,
                class_="throttle",
            )


def _total(counts: dict[int, int], each: Bin) -> int:
    return sum(counts.get(second, 0) for second in range(each.first, each.first + each.seconds))


def _label(text: str, x: float, y: float, anchor: str, class_: str | None = None) -> Html:
    return el("text", text, x=x, y=y, text_anchor=anchor, class_=class_)


def legend() -> Html:
    """Return what the marks of the charts mean."""
    keys = (
        (
            "calls a second",
            (el("rect", x=0, y=3, width=26, height=9, class_="area"), _stroke(3, "sent")),
        ),
        ("quota", (_stroke(6, "quota"),)),
        ("throttled", (el("rect", x=9, y=2, width=8, height=9, rx=1, class_="throttle"),)),
    )
    return el(
        "ul",
        *(
            el("li", el("svg", *marks, viewBox="0 0 26 12", aria_hidden="true"), meaning)
            for meaning, marks in keys
        ),
        el("li", "Times are UTC. Right after a pause the quota's burst goes out above the line."),
        class_="legend",
    )


def _stroke(y: float, class_: str) -> Html:
    return el("line", x1=0, x2=26, y1=y, y2=y, class_=class_)
