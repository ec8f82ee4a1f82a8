"""Calls a second against the quota: small charts of the same scale side by side, as one SVG."""

from __future__ import annotations

from collections import Counter
from math import ceil
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 190, 78
LEFT, TOP, GAP = 150, 46, 16
GRANTED, THROTTLED, QUOTA = "#3b6ea5", "#c8452d", "#222222"
STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#222}"
    ".title{font-size:15px;font-weight:600}.small{font-size:9.5px;fill:#555}"
    ".name{font-weight:600}"
)
STEPS = 60
"""Bars in a chart, at the most."""


def chart(scenarios, results, speed):
    """Return an SVG with a line of charts for each scenario and a column for each contender."""
    names = list(dict.fromkeys(result.contender for result in results))
    width = LEFT + len(names) * (WIDTH + GAP)
    height = TOP + len(scenarios) * (HEIGHT + GAP + 14) + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(8, 18, "Calls a second against the quota", "title"),
    ]
    for column, name in enumerate(names):
        parts.append(_text(LEFT + column * (WIDTH + GAP), 38, name, "name"))
    found = {(result.scenario, result.contender): result for result in results}
    for line, scenario in enumerate(scenarios):
        top = TOP + line * (HEIGHT + GAP + 14)
        parts.append(_text(8, top + 14, scenario.title))
        parts.append(_text(8, top + 28, f"{scenario.rows:,} rows", "small"))
        lasting = max(result.seconds for result in results if result.scenario == scenario.name)
        for column, name in enumerate(names):
            result = found.get((scenario.name, name))
            if result is not None:
                left = LEFT + column * (WIDTH + GAP)
                parts += _panel((left, top), scenario, result, lasting=lasting, speed=speed)
    parts += [*_legend(height), "</svg>"]
    return "\n".join(parts)


def _legend(height):
    marks = ((GRANTED, "granted"), (THROTTLED, "throttled"), (QUOTA, "quota of the operations"))
    for number, (colour, word) in enumerate(marks):
        left = LEFT + number * 110
        yield f'<rect x="{left}" y="{height - 17}" width="9" height="9" fill="{colour}"/>'
        yield _text(left + 14, height - 9, word, "small")


def _panel(place, scenario, result, *, lasting, speed):
    left, top = place
    step = max(1.0 / speed, ceil(lasting) / STEPS)
    count = ceil(lasting / step) + 1
    most = 4.0 * max(quota.rate for _, quota in scenario.faster(speed)) * len(scenario.operations)
    wide = WIDTH / count

    def y(rate):
        return top + HEIGHT * (1 - min(rate, most) / most)

    granted = _rates(result.granted_at, step)
    throttled = _rates(result.throttled_at, step)
    for bar in sorted({*granted, *throttled}):
        for low, high, colour in (
            (0.0, granted[bar], GRANTED),
            (granted[bar], granted[bar] + throttled[bar], THROTTLED),
        ):
            if y(low) > y(high):
                yield (
                    f'<rect x="{left + bar * wide:.1f}" y="{y(high):.1f}" width="{wide:.2f}" '
                    f'height="{y(low) - y(high):.1f}" fill="{colour}"/>'
                )
    points = [
        f"{left + moment / step * wide:.1f},{y(rate * len(scenario.operations)):.1f}"
        for since, until, rate in _course(scenario, speed, lasting)
        for moment in (since, until)
    ]
    yield (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{QUOTA}" '
        'stroke-dasharray="3 2"/>'
    )
    yield (
        f'<line x1="{left}" y1="{top + HEIGHT}" x2="{left + WIDTH}" y2="{top + HEIGHT}" '
        'stroke="#999"/>'
    )
    yield _text(left, top + HEIGHT + 12, _said(result), "small")


def _said(result):
    failed = f", {result.failed} failed" if result.failed else ""
    return f"{result.ratio:.2f} of the least time, {result.throttles} throttled{failed}"


def _rates(times, step):
    counted = Counter(int(at / step) for at in times)
    return Counter({place: number / step for place, number in counted.items()})


def _course(scenario, speed, lasting):
    """Yield the quota that is left to a contender: from when to when, calls a second."""
    quotas = scenario.faster(speed)
    ends = [since for since, _ in quotas[1:]] + [lasting]
    for (since, quota), until in zip(quotas, ends, strict=True):
        if since < lasting:
            yield since, min(until, lasting), quota.rate - quota.foreign


def _text(x, y, text, kind=""):
    return f'<text x="{x}" y="{y}" class="{kind}">{escape(text)}</text>'
