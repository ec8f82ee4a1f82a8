"""report.html: one page that says what a run did, complete in itself, for browser and paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from string import Template

from bulkops.errors import Exit
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.planning.target import Target
from bulkops.reports import formats
from bulkops.reports.causes import Causes
from bulkops.reports.html import row_sections
from bulkops.reports.html.markup import Html, el, safe, together
from bulkops.reports.html.pace_section import pace
from bulkops.reports.html.sheet_section import sheets
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.timeline import Timeline

ENDINGS: Mapping[int | None, tuple[str, str]] = {
    None: ("held", "The run has not ended."),
    Exit.DONE: ("good", "Every row succeeded or was already so."),
    Exit.SOME_FAILED: ("bad", "Finished; some rows failed or are unknown."),
    Exit.STOPPED: ("held", "Stopped before the end. It can be resumed."),
    Exit.EXHAUSTED: ("bad", "A resource quota is used up. Waiting does not help."),
    Exit.TIME_OVER: ("held", "The time that was given is over. It can be resumed."),
    Exit.INTERRUPTED: (
        "held",
        "Stopped by Ctrl-C after finishing what was in flight. It can be resumed.",
    ),
    Exit.TERMINATED: (
        "held",
        "Stopped by a signal after finishing what was in flight. It can be resumed.",
    ),
}
"""Exit code → tone and sentence."""

_ORDER = (
    RowStatus.SUCCEEDED,
    RowStatus.UNCHANGED,
    RowStatus.SKIPPED,
    RowStatus.UNDONE,
    RowStatus.FAILED,
    RowStatus.INVALID,
    RowStatus.UNKNOWN,
    RowStatus.PENDING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """All that the page tells. `standing` is how many rows have something that an undo left."""

    run: RunRecord
    facts: RunFacts
    counts: RowCounts
    standing: int
    causes: Causes
    unknown: Sequence[RowResult]
    timeline: Timeline
    files: Sequence[Path]


def page(told: PageFacts) -> str:
    """Return the page. It asks for nothing from elsewhere, and its policy forbids that it could."""
    template = Template(
        resources("bulkops.reports.html").joinpath("report.html").read_text(encoding="utf-8")
    )
    unknown = told.counts.all.get(RowStatus.UNKNOWN, 0)
    results = row_sections.results_file(told.files)
    main = together(
        (
            _what(told),
            sheets(told.counts),
            row_sections.failures(told.causes, told.run, results),
            row_sections.unknown_rows(told.unknown, unknown, results, told.run.names),
            pace(told.facts, told.timeline),
            row_sections.settled(told.timeline, told.run.names),
            row_sections.files(told.files, told.run),
        )
    )
    return template.substitute(
        policy=policy(template.template),
        title=safe(f"{told.run.job}: {_headline(told.counts.all)}"),
        header=_header(told),
        main=main,
        footer=_footer(told),
    )


def policy(template: str) -> str:
    """Return the content security policy that allows the template's own style and nothing else."""
    style = template.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _headline(counts: Mapping[RowStatus, int]) -> str:
    done = sum(counts.get(each, 0) for each in (RowStatus.SUCCEEDED, RowStatus.UNCHANGED))
    taken_back = f", {undone:,} undone" if (undone := counts.get(RowStatus.UNDONE)) else ""
    return f"{done:,} of {formats.rows_named(sum(counts.values()))} done{taken_back}"


def _header(told: PageFacts) -> Html:
    tone, ending = _ending(told)
    reason, command = told.facts.reason, told.facts.next_command
    return together(
        (
            el("p", "bulkops · ", el("b", told.run.job), " · ", told.run.id, class_="eyebrow"),
            el("h1", _headline(told.counts.all)),
            el(
                "div",
                el("p", el("b", ending), f" {reason}" if reason else ""),
                el("p", "Next: ", el("code", command)) if command else "",
                class_=f"ending {tone}",
            ),
            _bar(told.counts.all),
            el("dl", *_totals(told.counts.all), class_="totals"),
        )
    )


def _ending(told: PageFacts) -> tuple[str, str]:
    if told.counts.all.get(RowStatus.UNDONE):
        # how the run itself had ended is no news by now, and would be taken for how things stand
        much = "part" if told.standing else "all"
        return "held", f"An undo has taken back {much} of what it did."
    code = told.facts.exit
    return ENDINGS.get(code, ("bad", f"Ended with exit code {code}."))


def _bar(counts: Mapping[RowStatus, int]) -> Html:
    """Return the rows by status as one bar; the numbers below it say the same."""
    total, left, parts = sum(counts.values()), 0.0, []
    for status in _ORDER:
        width = 1000 * counts.get(status, 0) / total if total else 0.0
        if width:
            parts.append(el("rect", x=left, y=0, width=width, height=14, class_=status.value))
        left += width
    return el(
        "svg",
        *parts,
        viewBox="0 0 1000 14",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_="bar",
    )


def _totals(counts: Mapping[RowStatus, int]) -> Iterator[Html]:
    for status in _ORDER:
        key = el(
            "svg",
            el("rect", width=9, height=9, rx=2),
            class_=f"key {status.value}",
            viewBox="0 0 9 9",
            aria_hidden="true",
        )
        number = counts.get(status, 0)
        yield el(
            "div",
            el("dt", key, status.value),
            el("dd", f"{number:,}"),
            class_=None if number else "zero",
        )
    yield el("div", el("dt", "total"), el("dd", f"{sum(counts.values()):,}"))


def _what(told: PageFacts) -> Html:
    run, facts = told.run, told.facts
    lines: list[tuple[str, str]] = [
        (
            "Workbook" if run.sheets else "Sheet",
            together((run.sheet, " ", _digest(run.sheet_sha256))),
        ),
        ("Job", together((run.job, " ", _digest(run.job_sha256)))),
        *(("Instance", _target(target)) for target in facts.targets),
        *(("Run by", el("code", caller)) for caller in facts.callers),
        ("Begun", formats.moment(run.created_at)),
        ("Last attempt", facts.span()),
    ]
    described = (part for name, said in lines for part in (el("dt", name), el("dd", said)))
    return el("section", el("h2", "What was run"), el("dl", *described, class_="facts"))


def _digest(sha256: str) -> Html:
    return el("code", f"sha256 {sha256[:16]}…", class_="soft") if sha256 else Html()


def _target(target: Target) -> Html:
    place = f", account {target.account}, {target.region}"
    name = f" (target {target.name})" if target.name else ""
    alias = (el("b", target.alias), " ") if target.alias else ()
    return together((*alias, el("code", target.instance_id), place, name))


def _footer(told: PageFacts) -> Html:
    written = told.facts.finished_at or told.facts.started_at
    return el(
        "p",
        f"Written by bulkops {told.run.version} as of {formats.moment(written)}. "
        "This page loads nothing from elsewhere.",
    )
