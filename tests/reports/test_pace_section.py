from __future__ import annotations

import re
from dataclasses import replace

from bulkops.reports.html.pace_section import MOST_CHARTS, pace
from bulkops.reports.timeline import timeline
from tests.reports.paper import FACTS, PaperLedger, call, event, now

SENT_EACH_HALF_SECOND = [
    event(second, number, "planned", "sent")
    for number, second in enumerate([each // 2 for each in range(240)], start=1)
]


def section(calls, events, facts=FACTS):
    return pace(facts, now(timeline(PaperLedger(calls=calls, events=events), facts)))


def calls_of(count, **more):
    return [call(number, **more) for number in range(1, count + 1)]


def test_nothing_sent_is_nothing_told():
    assert section([call(1)], []) == ""


def test_the_time_taken_stands_against_the_least():
    text = section([call(1)], [event(1, 1, "planned", "sent")])
    assert (
        "The last attempt took 10 min 12 s; the quotas allow its calls no less than 10 min 00 s. "
        "That is 1.02 times the least time."
    ) in text


def test_where_no_least_is_known_the_time_stands_alone():
    text = section([call(1)], [event(1, 1, "planned", "sent")], replace(FACTS, least_seconds=0.0))
    assert "<p>The last attempt took 10 min 12 s.</p>" in text


def test_a_chart_says_in_words_what_it_shows():
    text = section(calls_of(240), SENT_EACH_HALF_SECOND)
    assert "<title>CreateUser: calls a second over time</title>" in text
    assert "<desc>240 calls sent, 0 throttled, highest 2/s over 1.0 s.</desc>" in text
    assert 'role="img"' in text


def test_a_steady_rate_at_the_quota_lies_on_the_quotas_line():
    text = section(calls_of(240), SENT_EACH_HALF_SECOND)
    quota = re.search(r'<line x1="44" x2="856" y1="(\S+)" y2="\1" class="quota"/>', text)
    heights = set(re.findall(r",(\d+\.\d)", re.search(r'd="([^"]*)" class="sent"', text)[1]))
    assert heights == {f"{float(quota[1]):.1f}"}
    assert ">2/s</text>" in text


def test_an_area_begins_and_ends_on_the_base():
    text = section(calls_of(240), SENT_EACH_HALF_SECOND)
    area = re.search(r'd="([^"]*)" class="area"', text)[1]
    assert area.startswith("M44.0,150 L44.0,")
    assert area.endswith("L856.0,150Z")


def test_throttles_are_marked_under_the_chart_where_they_happened():
    events = [
        *SENT_EACH_HALF_SECOND,
        *[event(60, number, "sent", "planned", "ThrottlingException") for number in (1, 2)],
        event(90, 3, "sent", "planned", "TooManyRequestsException"),
    ]
    text = section(calls_of(240), events)
    marks = re.findall(r'<rect x="(\S+)" y="157" [^>]*class="throttle"><title>(.*?)</title>', text)
    assert marks == [("450", "throttled 2 times"), ("653", "throttled once")]
    assert "240 calls sent, 3 throttled" in text


def test_a_pause_is_cut_out_and_said():
    events = [event(0, 1, "planned", "sent"), event(36_000, 2, "planned", "sent")]
    text = section(calls_of(2), events)
    assert "paused 10 h 00 min" in text
    assert text.count('class="area"') == 3  # two spans and the legend


def test_only_pauses_that_stand_apart_are_named():
    events = [event(1000 * number, number + 1, "planned", "sent") for number in range(12)]
    text = section(calls_of(12), events)
    assert text.count('class="pause"') == 11
    assert 1 < text.count("paused") < 11


def test_a_lane_without_a_known_quota_has_no_line():
    text = section([call(1, operation="TagResource")], [event(1, 1, "planned", "sent")])
    assert 'x2="856" y1="14" y2="14" class="quota"' not in text
    assert "quota-label" not in text
    assert "1 call sent, 0 throttled" in text
    assert '<td class="number"></td>' in text


def test_the_busiest_lanes_come_first_and_only_so_many_are_drawn():
    names = [f"Operation{number:02}" for number in range(MOST_CHARTS + 2)]
    calls = [call(number, operation=name) for number, name in enumerate(names, start=1)]
    events = [event(number, number, "planned", "sent") for number in range(1, len(names) + 1)]
    text = section(calls, [*events, event(1, len(names), "planned", "sent")])
    assert re.findall(r"<h3>(.*?)</h3>", text) == [names[-1], *names[: MOST_CHARTS - 1]]
    assert all(f"<code>connect:{name}</code>" in text for name in names)


def test_a_quota_is_told_with_its_source_and_note():
    facts = replace(FACTS, quotas=(replace(FACTS.quotas[0], note="Half of it."),))
    text = section([call(1)], [event(1, 1, "planned", "sent")], facts)
    assert (
        '<td class="number">2/s</td><td class="number">5</td>'
        '<td><div>service quotas page<p class="hint small">Half of it.</p></div></td>'
    ) in text
