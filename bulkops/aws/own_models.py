"""A person's own service models, in the folder where AWS's tools look for them before their own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bulkops.aws.model_sources import FoundModel, ModelError
from bulkops.definition.model.model_differences import Brought, brought
from bulkops.definition.model.model_files import (
    description,
    models_folder,
    newer_operations,
    own_folder,
    sdk_model_description,
    services,
    services_with_newer,
    versions,
)

_NOTE = "bulkops.json"
"""Beside a model: that bulkops put it there, and where it is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """A service whose model is not the SDK's alone. `operations` counts all of them."""

    service: str
    version: str
    source: str
    operations: int
    brought: Brought


def known_models() -> Iterator[KnownModel]:
    """Yield the services whose models are newer than the SDK's, or stand beside them."""
    packaged = services_with_newer()
    for service in services():
        folder, version = own_folder(service), max(versions(service))
        if folder is not None:
            place = folder / service / version
            yield _known(service, version, f"{place}{_origin(place)}")
        elif service in packaged:
            yield _known(service, version, "botocore, and what bulkops brings beside it")


def _known(service: str, version: str, source: str) -> KnownModel:
    model = description(service) or {}
    more = newer_operations(service)
    shapes = {**model["shapes"], **more["shapes"]}
    whole = {"operations": {**model["operations"], **more["operations"]}, "shapes": shapes}
    return KnownModel(
        service=service,
        version=version,
        source=source,
        operations=len(whole["operations"]),
        brought=brought(sdk_model_description(service), whole),
    )


def _origin(place: Path) -> str:
    try:
        said = json.loads((place / _NOTE).read_bytes())
        return f" (from {said['source']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def home_of_models() -> Path:
    """Return where models are put; ModelError for a user without a home."""
    folder = models_folder()
    if folder is None:
        raise ModelError("There is no home folder to put models in: say where with --to FOLDER.")
    return folder


def put(found: FoundModel, folder: Path) -> Path:
    """Put a model in place, whole or not at all, and return where it is.

    Raises ModelError where it is older than the SDK's, or can't be written.
    """
    lost = brought(sdk_model_description(found.service), found.description).lost
    if lost:
        named = ", ".join(lost[:5])
        raise ModelError(
            f"{found.source}: its model of {found.service} lacks {len(lost)} operations that the"
            f" installed one has ({named}): it is older, and is not put in its place."
        )
    place = folder / found.service / found.version
    if place.exists() and not (place / _NOTE).is_file():
        raise ModelError(f"{place} is there, and was not put there by bulkops: move it away first.")
    try:
        _write(found, place)
    except OSError as error:
        raise ModelError(f"{place} can't be written: {error.strerror or error}.") from error
    return place


def _write(found: FoundModel, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".bulkops-", dir=place.parent))
    try:
        for name, octets in found.files.items():
            (made / f"{name}.json.gz").write_bytes(octets)
        note = {"source": found.source, "operations": len(found.description["operations"])}
        (made / _NOTE).write_text(json.dumps(note), encoding="utf-8")
        made.chmod(0o755)
        _take_place(made, place)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take_place(made: Path, place: Path) -> None:
    """Give a whole folder its name; one of that name goes aside first, and then away."""
    if not place.exists():
        made.rename(place)
        return
    aside = Path(tempfile.mkdtemp(prefix=".bulkops-", dir=place.parent))
    os.replace(place, aside / "old")  # noqa: PTH105  # of folders
    made.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def remove(service: str, folder: Path) -> list[Path]:
    """Remove what bulkops put of a service's models; ModelError where there is nothing of it."""
    home = folder / service
    there = sorted(home.iterdir()) if home.is_dir() else []
    put_here = [each for each in there if (each / _NOTE).is_file()]
    if not put_here:
        kept = f" What is there was not put there by bulkops: {home}." if there else ""
        raise ModelError(f"bulkops has put no model of {service} in {folder}.{kept}")
    for each in put_here:
        shutil.rmtree(each)
    with suppress(OSError):
        home.rmdir()  # unless something else is in it
    return put_here
