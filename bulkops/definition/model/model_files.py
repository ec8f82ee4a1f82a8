"""The service models' files, found and read as botocore does it, without what else it loads.

botocore's own loader brings its signing and its HTTP library with it: a tenth of a second for
commands that send nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MODEL = "service-2"
NEWER_OPERATIONS = Path(__file__).parents[1] / "newer_operations"
"""Where operations are packaged that the installed botocore does not know yet."""
EXTRAS_TYPE = "bulkops"
EXTRAS = f"{_MODEL}.{EXTRAS_TYPE}-extras"
"""How the files there are named, as botocore names what is merged into its models."""


def services() -> tuple[str, ...]:
    """Return botocore's names of all services that there are models of, sorted."""
    names = {each.name for folder in _folders() for each in _inside(folder)}
    return tuple(sorted(name for name in names if _versions(name)))


def description(service: str) -> dict[str, Any] | None:
    """Return a service's newest model with newer operations; None where there is none."""
    model = sdk_description(service)
    if model is not None and not is_a_persons_own(service):
        folders = [NEWER_OPERATIONS / service / max(_versions(service))]
        _merge(model, _first(folders, EXTRAS).get("merge", {}))
    return model


def paginators(service: str) -> dict[str, Any]:
    """Return how a service's operations are paged, as botocore has it; empty where it has none."""
    versions = _versions(service)
    folders = [folder / service / max(versions) for folder in _folders()] if versions else []
    found = _first(folders, "paginators-1")
    _merge(found, _first(folders, "paginators-1.sdk-extras").get("merge", {}))
    return dict(found.get("pagination", {}))


def is_a_persons_own(service: str) -> bool:
    """Tell whether a person has put a model of a service in place of botocore's, newer or not."""
    own = _own()
    return own is not None and (own / service).is_dir()


def sdk_description(service: str) -> dict[str, Any] | None:
    """Return a service's newest model as its JSON has it; None where there is none."""
    versions = _versions(service)
    if not versions:
        return None
    folders = [folder / service / max(versions) for folder in _folders()]
    model = _first(folders, _MODEL)
    _merge(model, _first(folders, f"{_MODEL}.sdk-extras").get("merge", {}))
    return model


@cache
def _folders() -> tuple[Path, ...]:
    """Return where models lie, a person's own before those that are packaged."""
    found = find_spec("botocore")
    places = found.submodule_search_locations if found is not None else None
    packaged = [Path(place) / "data" for place in places or ()]
    own = _own()
    return tuple(packaged) if own is None else (own, *packaged)


def _own() -> Path | None:
    try:
        return Path.home() / ".aws" / "models"
    except RuntimeError:  # a user without a home
        return None


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _versions(service: str) -> set[str]:
    return {
        version.name
        for folder in _folders()
        for version in _inside(folder / service)
        if any(file.is_file() for file in _files(version, _MODEL))
    }


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.json", folder / f"{name}.json.gz"


def _first(folders: list[Path], name: str) -> dict[str, Any]:
    """Return what the first file of that name holds; nothing where there is none."""
    for folder in folders:
        plain, packed = _files(folder, name)
        if plain.is_file():
            return _object(plain.read_bytes())
        if packed.is_file():
            return _object(gzip.decompress(packed.read_bytes()))
    return {}


def _object(text: bytes) -> dict[str, Any]:
    return dict(json.loads(text))


def _merge(base: dict[str, Any], extra: dict[str, Any]) -> None:
    """Put into a model what is to be corrected in it, as deep as both are objects."""
    for name, value in extra.items():
        if isinstance(base.get(name), dict) and isinstance(value, dict):
            _merge(base[name], value)
        else:
            base[name] = value
