"""What an export has read so far, kept beside the file that it is to become."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bulkops.errors import LedgerBusyError, LedgerError, SheetError
from bulkops.ledger.lock import RunLock
from bulkops.transfer.kept_replies import KeptReplies

TOKENS_LIVE = timedelta(hours=24)
"""How long a page's token is taken (Amazon Connect API best practices)."""
_ABOUT, _REPLIES, _FILES = "export.json", "replies.ndjson", "files"


def partial_folder(path: Path) -> Path:
    """Return the folder that keeps what was read for an export to a file."""
    return path.with_name(f"{path.name}.partial")


@dataclass(kw_only=True)
class PartialExport:
    """A folder for one export: the replies that were read, and files that go beside the sheet.

    `notes` say what was done with what an earlier attempt had left.
    """

    folder: Path
    replies: KeptReplies
    about: Mapping[str, Any]
    notes: list[str] = field(default_factory=list)
    is_done: bool = False

    @property
    def files(self) -> Path:
        """The folder for files that go beside the sheet; it may not be there yet."""
        return self.folder / _FILES

    def begin_anew(self, why: str) -> None:
        """Let go of what an earlier attempt had read."""
        self.notes[:] = [f"What was read before is not gone on with: {why}."]
        self.replies.clear()
        shutil.rmtree(self.files, ignore_errors=True)
        _write_about(self.folder, self.about)


@contextmanager
def partial_export(
    path: Path, now: datetime, subject: Mapping[str, str]
) -> Iterator[PartialExport]:
    """Open the folder of an export to a file, with what an attempt within a day has left there.

    `subject` is whose instance is read: what was read of another one is let go of. The folder is
    taken away once `is_done`, or where nothing was read. Raises SheetError where another process
    has it, or it can't be written.
    """
    folder, about = partial_folder(path), {"begun": now.isoformat(), "subject": dict(subject)}
    with ExitStack() as stack:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            lock = RunLock(folder)
            stack.callback(lock.release)
            replies = stack.enter_context(KeptReplies(folder / _REPLIES))
        except LedgerBusyError as error:
            said = str(error).partition(" is being ")[2]
            raise SheetError(
                "being-written", f"{path} is being {said}: wait for it, or end it"
            ) from error
        except (OSError, LedgerError) as error:
            said = getattr(error, "strerror", None) or str(error)
            raise SheetError("not-written", f"{folder} can't be written: {said}") from error
        found = PartialExport(folder=folder, replies=replies, about=about)
        _take_up(found, _about(folder), now)
        try:
            yield found
        finally:
            if found.is_done or not replies:
                stack.close()
                shutil.rmtree(folder, ignore_errors=True)


def _take_up(found: PartialExport, earlier: Mapping[str, Any], now: datetime) -> None:
    """Go on with what an earlier attempt has left, or begin."""
    if not found.replies or not earlier:
        found.replies.clear()
        shutil.rmtree(found.files, ignore_errors=True)
        _write_about(found.folder, found.about)
        return
    begun = datetime.fromisoformat(earlier["begun"])
    if earlier["subject"] != found.about["subject"]:
        found.begin_anew("it was of another instance")
    elif now - begun >= TOKENS_LIVE:
        found.begin_anew("it is more than a day old, and the service takes its page tokens no more")
    else:
        said = f"{len(found.replies):,} replies read since {begun:%Y-%m-%d %H:%M} UTC"
        found.notes.append(f"Gone on with what an earlier attempt has left: {said}.")


def _about(folder: Path) -> Mapping[str, Any]:
    try:
        said = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        datetime.fromisoformat(said["begun"])
        return {"begun": said["begun"], "subject": said["subject"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write_about(folder: Path, about: Mapping[str, Any]) -> None:
    path = folder / _ABOUT
    path.touch(mode=0o600)
    path.write_text(json.dumps(about), encoding="utf-8")
