"""Where a person has service models: a file, a folder, an archive of botocore, a package.

Nothing of them is trusted: what is read is bounded, links are not followed, and no name of theirs
becomes the name of a file.
"""

from __future__ import annotations

import gzip
import json
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from bulkops.aws.bounded_body import GZIP_OR_ZLIB
from bulkops.definition.model.model_differences import model_faults
from bulkops.definition.model.model_files import MODEL
from bulkops.errors import UsageError

FAMILY = (
    *("connect", "customer-profiles", "connectcases", "qconnect", "connectcampaignsv2"),
    *("connect-contact-lens", "connectparticipant", "appintegrations"),
)
"""The services of a contact centre, by botocore's names: what is taken unless others are named."""
BESIDE = ("paginators-1", "endpoint-rule-set-1", "waiters-2", f"{MODEL}.sdk-extras")
"""What comes along with a model, where it is given."""
MOST_OCTETS = 64 << 20
"""Of one file unpacked: the largest model there is, Amazon EC2's, has a tenth of it."""
_MOST_FILES = 100_000
_MOST_IN_ALL = 4 << 30
"""Octets of an archive that must be unpacked to find what is at its end."""
_PLACE = re.compile(
    r"(?:^|/)(?P<service>[a-z0-9][a-z0-9.-]*)/(?P<version>\d{4}-\d{2}-\d{2})/"
    r"(?P<name>[a-z0-9.-]+?)\.json(?:\.gz)?"
)
_UNREADABLE = (
    *(OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error),
    *(NotImplementedError, RuntimeError),  # packed or locked in a way that is not known
)
Read = Callable[[], bytes]


class ModelError(UsageError):
    """A model can't be had from where it is said to be, or is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """One service's model as it was found. `files` are JSON by the names that botocore has."""

    service: str
    version: str
    description: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)
    source: str


def models_in(where: str, wanted: Collection[str] = ()) -> list[FoundModel]:
    """Return the newest model of each wanted service; ModelError where there is none, or a bad one.

    `where` is the path of a file, a folder or an archive, or the name of an installed package.
    """
    path = Path(where)
    if path.is_file() and not (zipfile.is_zipfile(path) or tarfile.is_tarfile(path)):
        return [_alone(path, wanted)]
    with _files_of(path, where) as files:
        return _gathered(files, where, wanted or FAMILY)


@contextmanager
def _files_of(path: Path, where: str) -> Iterator[Iterator[tuple[str, Read]]]:
    """Give the path of each file of a source, with what reads it."""
    try:
        if path.is_dir():
            yield _in_folder(path)
        elif not path.exists():
            yield _in_folder(_package(where))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _in_zip(archive)
        else:
            with tarfile.open(path) as archive:
                yield _in_tar(archive)
    except _UNREADABLE as error:
        raise ModelError(f"{where} can't be read: {error}") from error


def _package(name: str) -> Path:
    try:
        found = find_spec(name) if re.fullmatch(r"[A-Za-z_][\w.]*", name) else None
    except (ImportError, ValueError):
        found = None
    places = found.submodule_search_locations if found is not None else None
    for place in places or ():
        return Path(place)
    raise ModelError(f"There is no file, folder or installed package {name}.")


def _in_folder(folder: Path) -> Iterator[tuple[str, Read]]:
    for file in sorted(folder.rglob("*.json*")):
        if file.is_file() and not file.is_symlink():
            yield file.relative_to(folder.parent).as_posix(), _reader(file.open, "rb")


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, Read]]:
    for entry in archive.infolist()[:_MOST_FILES]:
        if not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16):
            yield entry.filename, _reader(archive.open, entry)


def _in_tar(archive: tarfile.TarFile) -> Iterator[tuple[str, Read]]:
    for _ in range(_MOST_FILES):
        entry = archive.next()
        if entry is None:
            return
        if entry.offset_data + entry.size > _MOST_IN_ALL:
            raise ModelError(f"It unpacks to more than {_MOST_IN_ALL >> 30} GB.")
        if entry.isreg():
            yield entry.name, _reader(archive.extractfile, entry)


def _reader(opened: Callable[..., Any], what: object) -> Read:
    def read() -> bytes:
        with opened(what) as file:
            return _bounded(file.read(MOST_OCTETS + 1))

    return read


def _bounded(octets: bytes) -> bytes:
    if len(octets) > MOST_OCTETS:
        raise ModelError(f"A file of it has more than {MOST_OCTETS >> 20} MB: that is no model.")
    return octets


def _unpacked(octets: bytes) -> bytes:
    """Return JSON that may be packed by gzip."""
    if octets[:2] != b"\x1f\x8b":
        return octets
    return _bounded(zlib.decompressobj(GZIP_OR_ZLIB).decompress(octets, MOST_OCTETS + 1))


def _gathered(
    files: Iterator[tuple[str, Read]], where: str, wanted: Collection[str]
) -> list[FoundModel]:
    versions: dict[str, str] = {}
    read: dict[tuple[str, str], dict[str, bytes]] = {}
    for path, reader in files:
        place = _PLACE.search(PurePosixPath(path).as_posix())
        if place is None or place.end() != len(path) or place["service"] not in wanted:
            continue
        if place["name"] not in (MODEL, *BESIDE):
            continue
        key = place["service"], place["version"]
        read.setdefault(key, {}).setdefault(place["name"], _unpacked(reader()))
        if place["name"] == MODEL:
            versions[key[0]] = max(key[1], versions.get(key[0], ""))
    if not versions:
        named = ", ".join(wanted)
        raise ModelError(f"{where} holds no model of {named}. Name others with --service.")
    return [_model(service, read[service, version], where) for service, version in versions.items()]


def _alone(path: Path, wanted: Collection[str]) -> FoundModel:
    """Return the model that one file holds, with what lies beside it."""
    octets = _unpacked(_reader(path.open, "rb")())
    place = _PLACE.search(path.resolve().as_posix())
    service = next(iter(wanted), place["service"] if place else "")
    if not service or len(wanted) > 1:
        raise ModelError(f"{path} does not say of which service it is: give one --service.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", service):
        raise ModelError(f"{service} is no name of a service: they are such as connectcases.")
    files = {MODEL: octets}
    for name in BESIDE if place else ():
        for beside in (path.parent / f"{name}.json", path.parent / f"{name}.json.gz"):
            if beside.is_file():
                files.setdefault(name, _unpacked(_reader(beside.open, "rb")()))
    return _model(service, files, str(path))


def _model(service: str, files: Mapping[str, bytes], source: str) -> FoundModel:
    parsed = {name: _parsed(octets, f"{name} of {service}") for name, octets in files.items()}
    faults = model_faults(parsed[MODEL])
    if faults:
        raise ModelError(f"{source} holds no model of {service} that can be used: {faults[0]}.")
    return FoundModel(
        service=service,
        version=str(parsed[MODEL]["metadata"]["apiVersion"]),
        description=parsed[MODEL],
        files={name: gzip.compress(octets, mtime=0) for name, octets in files.items()},
        source=source,
    )


def _parsed(octets: bytes, what: str) -> Any:  # noqa: ANN401  # JSON
    try:
        return json.loads(octets)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{what} is not JSON that can be read.") from error
