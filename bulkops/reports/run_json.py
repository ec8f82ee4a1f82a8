"""run.json: what was run where, by whom and how fast, and the checksums of the reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from bulkops.ledger.records import RunRecord
from bulkops.reports.atomic_report import write_text
from bulkops.reports.row_counts import RowCounts
from bulkops.reports.run_facts import RunFacts, by_status
from bulkops.visible_text import visible_json


def write_manifest(
    path: Path,
    run: RunRecord,
    facts: RunFacts,
    counts: RowCounts,
    files: Sequence[Path],
) -> Path:
    """Write run.json whole and return the name that it got.

    It holds what was fixed when the run began, the run's meta (mapping of headers, options), the
    targets with the caller's ARN, the quotas kept to with their sources, the counts of the whole
    run, of the sheets of a workbook and of the last attempt, that attempt, and the sha256 of each
    of `files`.
    """
    attempt = facts.as_json()
    told = {
        **run.meta,
        "run": run.id,
        "job": run.job,
        "job_sha256": run.job_sha256,
        "sheet": run.sheet,
        "sheet_sha256": run.sheet_sha256,
        "headers": run.headers,
        "version": run.version,
        "created_at": run.created_at,
        "targets": attempt.pop("targets"),
        "quotas": attempt.pop("quotas"),
        "counts": {
            "cumulative": by_status(counts.all),
            "attempt": attempt.pop("attempt"),
            **_by_sheet(counts),
        },
        "attempt": attempt,
        "files": {file.name: sha256_of(file) for file in files},
    }
    landed: list[Path] = []
    document = json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode()
    write_text(path, visible_json(document) + "\n", landed)
    return landed[0]


def _by_sheet(counts: RowCounts) -> dict[str, object]:
    by_sheet = {name: by_status(each) for name, each in counts.by_sheet.items()}
    return {"by_sheet": by_sheet, "waiting_for_failed": dict(counts.waiting)} if by_sheet else {}


def sha256_of(path: Path) -> str:
    """Return the hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
