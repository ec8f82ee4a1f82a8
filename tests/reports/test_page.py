from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.rows.sheet_numbers import numbered
from bulkops.reports.causes import Causes
from bulkops.reports.html.page import ENDINGS, PageFacts, page
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.timeline import timeline
from tests.reports.paper import (
    FACTS,
    QUOTA,
    RUN,
    TARGET,
    PaperLedger,
    call,
    event,
    failed,
    now,
    result,
)

EVIL = "</title></style><script>x</script>\"'&${main}`a`"


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, and its text by element."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self._open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "line", "path"):
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        self.texts.append((self._open[-1] if self._open else "", data))

    def text(self, *tags):
        return [data.strip() for tag, data in self.texts if tag in tags and data.strip()]

    def all_text(self):
        return " ".join(" ".join(data for tag, data in self.texts if tag != "style").split())

    @property
    def unclosed(self):
        return self._open


def written(rows=(), *, calls=(), events=(), files=(), run=RUN, facts=FACTS, by_sheet=None):
    causes, counts, unknown = Causes(), {}, []
    for row in rows:
        causes.add(row)
        counts[row.status] = counts.get(row.status, 0) + 1
        unknown += [row] if row.status is RowStatus.UNKNOWN else []
    return page(
        PageFacts(
            run=run,
            facts=facts,
            counts=RowCounts(all=counts, by_sheet=by_sheet or {}),
            standing=counts.get(RowStatus.SUCCEEDED, 0),
            causes=causes,
            unknown=unknown,
            timeline=now(timeline(PaperLedger(calls=calls, events=events), facts)),
            files=files,
        )
    )


def full(text="plain", tmp=()):
    """Return a page with every section, all its texts being the same one."""
    said = {"error": text, "hint": text, "key": text, "request_id": text, "changes": text}
    rows = [
        failed(2, **said, code=text),
        result(3, RowStatus.UNKNOWN, error_code=text, **said),
        result(4),
    ]
    target = replace(TARGET, name=text, alias=text, account=text, region=text, caller_arn=text)
    facts = replace(
        FACTS,
        targets=(replace(target, instance_id=text),),
        quotas=(replace(QUOTA, account=text, region=text, source=text, note=text),),
        reason=text,
        next_command=text,
    )
    return written(
        rows,
        calls=[call(1, 2, target=text), call(2, 3, state=CallState.UNKNOWN, target=text, doubts=1)],
        events=[
            event(1, 1, "planned", "sent"),
            event(2, 2, "planned", "sent"),
            event(2, 1, "sent", "planned", "ThrottlingException"),
            event(900, 2, "in_doubt", "unknown", text),
            event(901, 1, "planned", "sent"),
        ],
        files=tmp,
        run=replace(RUN, id=text, job=text, sheet=text, version=text),
        facts=facts,
    )


def test_no_input_becomes_markup_and_none_is_lost():
    plain, evil = Reader(full()), Reader(full(EVIL))
    assert [tag for tag, _ in evil.elements if tag != "code"] == [
        tag for tag, _ in plain.elements if tag != "code"
    ]
    assert not evil.unclosed
    assert not plain.unclosed
    assert EVIL in evil.all_text()
    assert evil.all_text().count("${main}") == plain.all_text().count("plain")


def test_no_element_runs_code_or_asks_for_anything():
    names = {name for _, attrs in Reader(full(EVIL)).elements for name in attrs}
    assert not [name for name in names if name.startswith("on")]
    assert not names & {"src", "srcset", "style", "data", "action", "xlink:href"}
    assert {tag for tag, _ in Reader(full()).elements}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image"}
    )
    assert not re.search(r"https?:|//|url\(|@import", full())


def test_links_lead_to_files_beside_the_page_alone(tmp_path):
    files = [tmp_path / "results.xlsx", tmp_path / "results-2.csv"]
    links = [attrs["href"] for tag, attrs in Reader(full(tmp=files)).elements if tag == "a"]
    assert links == ["failed.xlsx", "results.xlsx", "results-2.csv"]


def test_the_policy_allows_the_pages_own_style_and_nothing_else():
    text = full()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policies = [
        attrs["content"]
        for tag, attrs in Reader(text).elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_the_headline_and_the_totals_say_how_many_rows_are_done():
    rows = [result(2), result(3, RowStatus.UNCHANGED), failed(4), result(5, RowStatus.PENDING)]
    reader = Reader(written(rows))
    assert reader.text("h1") == ["2 of 4 rows done"]
    assert reader.text("title")[0] == "create-users: 2 of 4 rows done"
    assert reader.text("dt")[:9] == [
        "succeeded", "unchanged", "skipped", "undone", "failed", "invalid", "unknown", "pending",
        "total",
    ]  # fmt: skip
    assert reader.text("dd")[:9] == ["1", "1", "0", "0", "1", "0", "0", "1", "4"]


def test_what_an_undo_took_back_is_not_said_to_be_done():
    rows = [result(2), result(3, RowStatus.UNDONE), result(4, RowStatus.UNDONE)]
    text = written(rows, facts=replace(FACTS, exit=0))
    assert Reader(text).text("h1") == ["1 of 3 rows done, 2 undone"]
    assert "An undo has taken back part of what it did." in text
    assert "Every row succeeded" not in text
    assert "An undo has taken back all of what it did." in written(rows[1:])


def test_the_bar_is_shared_by_the_statuses_that_have_rows():
    text = written([result(2), result(3), failed(4), failed(5)])
    assert re.findall(r'<rect x="(\S+)" y="0" width="(\S+)" height="14" class="(\w+)"/>', text) == [
        ("0", "500", "succeeded"),
        ("500", "500", "failed"),
    ]


def test_an_empty_run_makes_a_page_too():
    reader = Reader(written(facts=replace(FACTS, exit=0, seconds=0.0, next_command="")))
    assert reader.text("h1") == ["0 of 0 rows done"]
    assert reader.text("h2") == ["What was run", "Files"]
    assert not reader.unclosed


@pytest.mark.parametrize("code", [*ENDINGS, 1])
def test_every_ending_is_said(code):
    tone, said = ENDINGS.get(code, ("bad", "Ended with exit code 1."))
    text = written(facts=replace(FACTS, exit=code, reason="The reason."))
    assert f'<div class="ending {tone}"><p><b>{said}</b> The reason.</p>' in text


def test_the_page_tells_what_was_run_where_and_by_whom():
    shown = Reader(written()).all_text()
    assert "Sheet wave 3.xlsx sha256 bbbbbbbbbbbbbbbb…" in shown
    assert "Instance acme-emea 5f1c2b7e , account 123456789012, eu-central-1" in shown
    assert "Run by arn:aws:sts::123456789012:assumed-role/Admin/maria" in shown
    assert "Last attempt 2026-11-22 18:04:05 UTC to 2026-11-22 18:14:17 UTC" in shown


def test_a_digest_that_is_not_known_is_not_shown():
    assert "Sheet wave 3.xlsx Job" in Reader(written(run=replace(RUN, sheet_sha256=""))).all_text()


def test_failures_are_told_by_cause_with_their_rows():
    rows = [failed(number, f'User "u{number}" exists', hint="Try `a`.") for number in range(2, 20)]
    shown = Reader(written([*rows, failed(20, "", code="")])).all_text()
    assert "18 DuplicateResourceException User … exists Try a . 2, 3, 4, 5," in shown
    assert "13 and 6 more" in shown
    assert "1 failed 20" in shown
    assert f"bulkops retry {RUN.id} --from failed.xlsx" in shown


@pytest.mark.parametrize("results", ["results.xlsx", "results-2.xlsx", "results.csv"])
def test_causes_beyond_the_first_are_left_to_the_results(tmp_path, results):
    words = [f"{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    rows = [failed(n, word) for n, word in enumerate(words)]
    shown = Reader(written(rows, files=[tmp_path / results])).all_text()
    assert f"4 rarer causes are in {results}." in shown


def test_a_message_of_any_length_is_cut():
    text = written([failed(2, "x" * 40_000, hint="y" * 40_000)])
    assert len(text) < 20_000


def test_unknown_rows_are_told_one_by_one():
    row = result(
        501, RowStatus.UNKNOWN, error_code="ReadTimeoutError", error="cut", request_id="r-1"
    )
    shown = Reader(written([row])).all_text()
    assert "501 agent501 ReadTimeoutError: cut r-1" in shown


def test_unknown_rows_beyond_those_kept_are_counted():
    rows = [result(2, RowStatus.UNKNOWN)]
    told = PageFacts(
        run=RUN,
        facts=FACTS,
        counts=RowCounts(all={RowStatus.UNKNOWN: 1003}),
        standing=1003,
        causes=Causes(),
        unknown=rows,
        timeline=now(timeline(PaperLedger(), FACTS)),
        files=[Path("results.csv"), Path("results.xlsx")],
    )
    assert "1,002 more are in results.xlsx." in Reader(page(told)).all_text()


def test_calls_that_were_in_doubt_are_told_with_their_end():
    calls = [
        call(1, 2, 3, 4, 5, 6, 7, 8, doubts=1),
        call(2, 9, state=CallState.IN_DOUBT, doubts=1),
        call(3, 10, state=CallState.SENT, doubts=1),
    ]
    shown = Reader(written(calls=calls, events=[event(1, 1, "in_doubt", "succeeded", "found")]))
    assert "2, 3, 4, 5, 6 and 2 more CreateUser succeeded found" in shown.all_text()
    assert "9 CreateUser in doubt 10 CreateUser in doubt" in shown.all_text()


def test_doubts_beyond_the_first_are_counted():
    calls = [call(number, doubts=1) for number in range(1, 71)]
    assert "10 more are in the ledger." in Reader(written(calls=calls)).all_text()


def test_files_are_told_with_what_they_are(tmp_path):
    shown = Reader(written(files=[tmp_path / "results-3.csv", tmp_path / "run.json"])).all_text()
    assert "results-3.csv The same, for programs. results.csv was open in another program." in shown
    assert "run.json What was run where, by whom" in shown


def test_a_workbook_that_was_left_out_is_told_with_what_makes_it(tmp_path):
    made = f"results.xlsx is not made yet: bulkops report {RUN.id}"
    assert made in Reader(written(files=[tmp_path / "results.csv"])).all_text()
    both = [tmp_path / "results.xlsx", tmp_path / "results.csv"]
    assert made not in Reader(written(files=both)).all_text()


CENTRE = replace(
    RUN,
    headers=(),
    meta={
        "sheets": [
            {"place": 0, "name": "Queues", "job": "create-queues", "headers": ["queue"]},
            {"place": 1, "name": "Users", "job": "create-users", "headers": ["username"]},
            {"place": 1, "name": "Users", "job": "delete-users", "headers": ["username"]},
        ]
    },
)


def test_the_rows_of_a_workbook_are_named_by_their_sheets():
    rows = [
        failed(3),
        failed(numbered(1, 2)),
        result(numbered(1, 7), RowStatus.UNKNOWN, key="zoe", error_code="ReadTimeoutError"),
    ]
    calls = [call(1, numbered(1, 7), numbered(1, 8), doubts=1)]
    by_sheet = {"Queues": {RowStatus.FAILED: 1}, "Users": {RowStatus.FAILED: 1}}
    shown = Reader(written(rows, calls=calls, run=CENTRE, by_sheet=by_sheet)).all_text()
    assert "Queues 3; Users 2" in shown
    assert "Users 7 zoe ReadTimeoutError" in shown
    assert "Users 7, 8 CreateUser" in shown
    assert "Workbook wave 3.xlsx" in shown
    assert "Sheet Rows failed Queues 1 1 Users 1 1" in shown


def test_the_files_of_a_workbook_say_that_a_table_of_all_lacks_its_columns():
    files = [Path("results.xlsx"), Path("results.csv")]
    assert (
        "without the columns of the sheets" in Reader(written(files=files, run=CENTRE)).all_text()
    )
    assert "without the columns" not in Reader(written(files=files)).all_text()
