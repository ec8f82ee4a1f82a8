"""Writing all of a run's reports, each whole or not at all."""

from __future__ import annotations

from pathlib import Path

from bulkops.ledger.port import Ledger
from bulkops.reports.facts import RunFacts
from bulkops.reports.landing import landing
from bulkops.reports.manifest import write_manifest
from bulkops.reports.page import PageFacts, page
from bulkops.reports.results import Walk, write_results
from bulkops.reports.sections import FILES
from bulkops.reports.timeline import timeline


async def write_reports(ledger: Ledger, folder: Path, *, facts: RunFacts) -> tuple[Path, ...]:
    """Write results, failed, report.html and run.json from the ledger; return what was written.

    Raises ReportError where a file can't be written; an earlier one stays as it was then.
    """
    walk = await write_results(ledger, folder)
    files = sorted(walk.files, key=_as_listed)
    files.append(await _write_page(ledger, folder, facts, walk))
    run, counts = await ledger.run(), await ledger.counts()
    files.append(write_manifest(folder / "run.json", run, facts, counts, files))
    return tuple(files)


def _as_listed(file: Path) -> tuple[int, str]:
    """Put the files that people open before those for programs."""
    known = list(FILES)
    return (known.index(file.name) if file.name in known else len(known), file.name)


async def _write_page(ledger: Ledger, folder: Path, facts: RunFacts, walk: Walk) -> Path:
    told = PageFacts(
        run=await ledger.run(),
        facts=facts,
        counts=await ledger.counts(),
        causes=walk.causes,
        unknown=walk.unknown,
        timeline=await timeline(ledger, facts),
        files=sorted(walk.files, key=_as_listed),
    )
    landed: list[Path] = []
    with landing(folder / "report.html", landed) as written:
        written.touch(mode=0o600)
        written.write_text(page(told), encoding="utf-8", errors="replace")
    return landed[0]
