"""What flows and modules do, as files: one at a time, with what they refer to gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulkops.definition.job import Job
from bulkops.errors import SheetError
from bulkops.planning.export_scope import owner_kind, places_of
from bulkops.planning.file_names import file_names
from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm
from bulkops.planning.flows.readable_flow import readable_text
from bulkops.planning.inventory import Thing
from bulkops.planning.rows.cells import LaterText
from bulkops.planning.rows.readers.cell_files import FilePath
from bulkops.planning.target import Target

FOLDERS: Mapping[str, str] = {"contact-flow": "flows", "contact-flow-module": "modules"}
"""Kind → the folder beside the workbook that has the files of its contents."""
_MAPPED = (
    ReferenceForm.ID,
    ReferenceForm.ARN,
    ReferenceForm.NAME,
    ReferenceForm.EXTERNAL,
    ReferenceForm.TEMPLATE,
)
"""The forms of what may have to be mapped; the rest is AWS's own, or known as contacts come."""


@dataclass(slots=True)
class FlowFiles:
    """The files of the contents of flows and modules, in a folder that is made when it is needed.

    `found` are (kind, id) of all that they refer to → how the first of them writes it.
    """

    folder: Path
    source: FlowSource
    folders: Mapping[str, str] = field(default_factory=lambda: FOLDERS)
    found: dict[tuple[str, str], str] = field(default_factory=dict)
    odd: list[tuple[str, str]] = field(default_factory=list)
    """(kind, name) of those whose content is no flow: its file has it as the service has it."""
    _names: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, target: Target, folders: Mapping[str, str] = FOLDERS) -> FlowFiles:
        """Return the files of an instance's flows; `folders` are those in it, by kind."""
        source = FlowSource(
            instance_id=target.instance_id, account=target.account, region=target.region
        )
        return cls(folder, source, folders)

    def expect(self, kind: str, things: Iterable[Thing]) -> None:
        """Name the files of all things of a kind, so that each has its own."""
        self._names[kind] = file_names((thing.name for thing in things), ".json")

    def kept(self, kind: str, member: str, thing: Thing) -> Thing:
        """Return a thing with the path of a file in the place of its content, which goes there."""
        text = (thing.state or {}).get(member)
        text = str(text) if isinstance(text, LaterText) else text
        if not isinstance(text, str) or isinstance(text, FilePath):
            return thing
        path = FilePath(f"{self.folders[kind]}/{self._names[kind][thing.name]}")
        _write(self.folder / path, self._readable(kind, thing.name, text))
        return replace(thing, state={**(thing.state or {}), member: path})

    def _readable(self, kind: str, name: str, text: str) -> str:
        document = read_flow(text).document
        if document is None:
            self.odd.append((kind, name))
            return text
        for reference in references(document.content, self.source):
            found = reference.found
            if reference.form in _MAPPED:
                self.found.setdefault((found.kind, found.thing_id or found.raw), found.raw)
        return readable_text(document.content)


def place_contents(folder: Path, beside: Path) -> None:
    """Put files of folders in a folder where the workbook is. Raises SheetError."""
    try:
        for file in sorted(folder.glob("*/*")):
            (beside / file.parent.name).mkdir(exist_ok=True)
            file.replace(beside / file.parent.name / file.name)
    except OSError as error:
        raise SheetError("not-written", f"{beside} can't be written: {error.strerror}") from error


def content_member(job: Job) -> str:
    """Return the member of a state that is written to a file for a job; empty for no such."""
    for column in job.columns:
        if column.kind == "flow":
            return next((place.path[0] for place in places_of(job, column)), "")
    return ""


def folders_for(path: Path, jobs: Iterable[Job], *, force: bool) -> Mapping[str, str]:
    """Return the folders, by kind, in which contents of jobs are put beside a workbook.

    Where another workbook's are there, they bear this one's name: `prod flows`. `force`: its own
    earlier ones are replaced. Raises SheetError where nothing may be.
    """
    kinds = {owner_kind(job).name for job in jobs if content_member(job)}
    plain = {kind: name for kind, name in FOLDERS.items() if kind in kinds}
    own = {kind: f"{path.stem} {name}" for kind, name in plain.items()}
    taken = [name for name in own.values() if _is_taken(path.parent / name)]
    if not any(_is_taken(path.parent / name) for name in plain.values()):
        return plain
    if force and path.exists() and not taken:
        return plain
    if taken and not force:
        raise SheetError(
            "there-already",
            f"{path.parent / taken[0]} holds files of another export: move it away, write to"
            " another folder, or add --force to replace them",
        )
    return own


def _is_taken(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _write(path: Path, text: str) -> None:
    try:
        for folder in (path.parents[1], path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
    except OSError as error:
        raise SheetError("not-written", f"{path} can't be written: {error.strerror}") from error
