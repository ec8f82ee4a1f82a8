"""All of a run's reports, each written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulkops.ledger.interface import Ledger
from bulkops.reports.atomic_report import WrittenReports, noting, write_text
from bulkops.reports.html.page import PageFacts, page
from bulkops.reports.html.row_sections import FILES
from bulkops.reports.results import Walk, is_large, write_results
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.run_facts import RunFacts
from bulkops.reports.run_json import write_manifest
from bulkops.reports.timeline import timeline
from bulkops.sheets.output.atomic_file import clear_leftovers, original_name

PAGE = "report.html"
KEPT = ("events.ndjson", "ledger.sqlite")
"""Files of a run's folder that are not reports: they grow while it runs."""


async def write_reports(
    ledger: Ledger, folder: Path, *, facts: RunFacts, stopped: bool = False
) -> WrittenReports:
    """Write failed, results, report.html and run.json from the ledger; return what was written.

    Where another program holds an earlier report open, the new one is there under a numbered
    name such as results-2.xlsx. What can't be written is noted with its reason: an earlier file
    stays as it was then, and the others are written. Nobody else may be writing reports there.

    Where a run of many rows was `stopped`, somebody waits: run.json comes first too, with the
    counts and without checksums, and results.xlsx is left out.
    """
    clear_leftovers(folder, (*FILES, PAGE))
    run, counts = await ledger.run(), await RowCounts.read(ledger)
    brief = stopped and is_large(counts.all)
    if brief:
        with noting([]):  # the one that comes last is the one that counts
            write_manifest(folder / "run.json", run, facts, counts, ())
    walk = await write_results(ledger, folder, facts, brief=brief)
    files, unwritten = sorted(walk.files, key=_as_listed), walk.unwritten
    with noting(unwritten):
        files.append(await _write_page(ledger, folder, facts, walk))
    with noting(unwritten):
        files.append(write_manifest(folder / "run.json", run, facts, counts, files))
    return WrittenReports(tuple(files), tuple(unwritten))


def _as_listed(file: Path) -> int:
    """Put the files that people open before those for programs."""
    return list(FILES).index(original_name(file.name))


async def _write_page(ledger: Ledger, folder: Path, facts: RunFacts, walk: Walk) -> Path:
    told = PageFacts(
        run=await ledger.run(),
        facts=facts,
        counts=await RowCounts.read(ledger),
        standing=await ledger.standing(),
        causes=walk.causes,
        unknown=walk.unknown,
        timeline=await timeline(ledger, facts),
        files=sorted([*walk.files, *_beside(folder)], key=_as_listed),
    )
    landed: list[Path] = []
    write_text(folder / PAGE, page(told), landed)
    return landed[0]


def _beside(folder: Path) -> Iterable[Path]:
    yield folder / "run.json"
    yield from (folder / name for name in KEPT if (folder / name).exists())
