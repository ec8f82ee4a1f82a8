"""run.json: what was run where, by whom and how fast, and the checksums of the reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bulkops.ledger.port import RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.reports.facts import RunFacts, by_status
from bulkops.reports.landing import landing


def write_manifest(
    path: Path,
    run: RunRecord,
    facts: RunFacts,
    counts: Mapping[RowStatus, int],
    files: Sequence[Path],
) -> Path:
    """Write run.json whole and return the name that it got."""
    told = {
        "run": run.id,
        "job": run.job,
        "job_sha256": run.job_sha256,
        "sheet": run.sheet,
        "sheet_sha256": run.sheet_sha256,
        "headers": run.headers,
        "version": run.version,
        "created_at": run.created_at,
        **run.meta,
        "counts": by_status(counts),
        "attempt": facts.as_json(),
        "files": {file.name: sha256_of(file) for file in files},
    }
    landed: list[Path] = []
    with landing(path, landed) as written:
        written.touch(mode=0o600)
        written.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
    return landed[0]


def sha256_of(path: Path) -> str:
    """Return the hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
