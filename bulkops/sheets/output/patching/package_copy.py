"""A package copied member by member: some parts changed or added, the rest byte for byte."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bulkops.sheets.output.patching.xml_text import (
    UnpatchableError,
    attribute,
    decoded,
    element,
    elements,
    with_content,
)

TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
_MOST = 64 * 1024 * 1024
"""Bytes of a part that is held in memory to be changed."""


class PackageCopy:
    """What a copy of a package has otherwise than the package."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._changed: dict[str, str] = {}
        self._gone: set[str] = set()
        self.names = frozenset(archive.namelist())

    def read(self, path: str) -> str:
        """Return a small part as it will be in the copy. Raises UnpatchableError without one."""
        if path not in self._changed:
            if path not in self.names or self._archive.getinfo(path).file_size > _MOST:
                raise UnpatchableError
            self._changed[path] = decoded(self._archive.read(path))
        return self._changed[path]

    def change(self, path: str, xml: str) -> None:
        """Give a part this text in the copy, whether or not the package has it."""
        self._changed[path] = xml

    def add_type(self, path: str, kind: str) -> None:
        """Say of what type a part is that the package does not have."""
        self._into_types(f'<{{}}Override PartName="/{path}" ContentType="{kind}"/>')

    def add_default_type(self, extension: str, kind: str) -> None:
        """Say of what type parts of a file extension are, where that is not said yet."""
        types = self.read(TYPES)
        known = (attribute(each.attributes, "Extension") for each in elements(types, "Default"))
        if extension not in known:
            self._into_types(f'<{{}}Default Extension="{extension}" ContentType="{kind}"/>')

    def relations(self, path: str) -> Mapping[str, tuple[str, str]]:
        """Return a part's relations in the copy: id → (last word of the type, path)."""
        found = {}
        file = _relations_of(path)
        xml = self.read(file) if file in self.names or file in self._changed else _NO_RELATIONS
        for each in elements(xml, "Relationship"):
            target = attribute(each.attributes, "Target") or ""
            kind = (attribute(each.attributes, "Type") or "").rpartition("/")[2]
            full = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target))
            found[attribute(each.attributes, "Id") or ""] = (kind, full.lstrip("/"))
        return found

    def relate(self, path: str, kind: str, target: str) -> str:
        """Relate a part to another one; return the relation's id."""
        taken = self.relations(path)
        number = next(each for each in range(1, len(taken) + 2) if f"rIdB{each}" not in taken)
        file = _relations_of(path)
        xml = self.read(file) if file in self.names or file in self._changed else _NO_RELATIONS
        whole = element(xml, "Relationships")
        new = (
            f'<{whole.prefix}Relationship Id="rIdB{number}" Type="{_OFFICE}/{kind}"'
            f' Target="/{target}"/>'
        )
        self.change(file, with_content(xml, whole, "Relationships", whole.content + new))
        return f"rIdB{number}"

    def leave_out(self, gone: Callable[[str], bool]) -> None:
        """Leave out parts, with what is said of their types and with the relations to them."""
        self._gone |= {name for name in self.names if gone(name)}
        self._without(TYPES, "Override", "PartName", lambda name: name.lstrip("/") in self._gone)
        for file in self.names:
            if file.endswith(".rels") and file not in self._gone:
                folder = posixpath.dirname(posixpath.dirname(file))

                def is_gone(target: str, folder: str = folder) -> bool:
                    full = posixpath.normpath(posixpath.join("/", folder, target))
                    return full.lstrip("/") in self._gone

                self._without(file, "Relationship", "Target", is_gone)

    def _without(self, path: str, name: str, key: str, gone: Callable[[str], bool]) -> None:
        xml = self.read(path)
        for each in reversed(list(elements(xml, name))):
            if gone(attribute(each.attributes, key) or ""):
                xml = xml[: each.start] + xml[each.end :]
        self.change(path, xml)

    def _into_types(self, template: str) -> None:
        xml = self.read(TYPES)
        whole = element(xml, "Types")
        new = template.format(whole.prefix)
        self.change(TYPES, with_content(xml, whole, "Types", whole.content + new))

    def paths(self) -> frozenset[str]:
        """Return the paths of all parts, those of the copy alone included."""
        return self.names | self._changed.keys()

    def unrelate(self, path: str) -> None:
        """Take all relations from a part."""
        if _relations_of(path) in self.names:
            self.change(_relations_of(path), _NO_RELATIONS)

    def write(
        self,
        target: Path,
        streamed: Mapping[str, Callable[[], Iterator[bytes]]],
        finish: Callable[[], None],
    ) -> None:
        """Write the copy: streamed parts first, then `finish`, which may change the others."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            copy.writestr(TYPES, self.read(TYPES))
            for path, blocks in streamed.items():
                with copy.open(_info(self._archive, path), "w", force_zip64=True) as part:
                    for block in blocks():
                        part.write(block)
            finish()
            done = {TYPES, *streamed, *self._gone}
            for path in dict.fromkeys((*self._archive.namelist(), *self._changed)):
                if path in self._changed and path not in done:
                    copy.writestr(_info(self._archive, path), self._changed[path])
                elif path not in done:
                    with (
                        self._archive.open(path) as old,
                        copy.open(_info(self._archive, path), "w") as part,
                    ):
                        shutil.copyfileobj(old, part, 1 << 18)


def free_path(names: frozenset[str], pattern: str) -> str:
    """Return the first path of a pattern such as `xl/comments{}.xml` that no part has."""
    taken = {name.casefold() for name in names}
    return next(
        path
        for number in range(1, len(names) + 2)
        if (path := pattern.format(number)).casefold() not in taken
    )


def _relations_of(path: str) -> str:
    folder, leaf = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{leaf}.rels")


def _info(archive: zipfile.ZipFile, path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path)
    info.compress_type = zipfile.ZIP_DEFLATED
    if path in archive.NameToInfo:
        info.date_time = archive.getinfo(path).date_time
    return info
