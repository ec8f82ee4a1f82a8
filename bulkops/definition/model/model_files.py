"""The service models' files, found and read as botocore does it, without what else it loads.

botocore's own loader brings its signing and its HTTP library with it: a tenth of a second for
commands that send nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MODEL = "service-2"
NEWER_OPERATIONS = Path(__file__).parents[1] / "newer_operations"
"""Where operations are packaged that the installed botocore does not know yet."""
_given: list[Path] = []
"""Where a person has models beside `~/.aws/models`, by `look_first_in`."""


def extras_types(service: str) -> tuple[str, str]:
    """Return what the packaged files of a service bear as botocore's types of extras.

    The first holds members of what botocore knows, and is small; the second whole operations. Each
    service has types of its own, so that a person's own model of one leaves the others as they are.
    """
    return f"bulkops-{service}-members", f"bulkops-{service}"


def extras(kind: str) -> str:
    """Return how a file of a type of extras is named, as botocore names what it merges."""
    return f"{MODEL}.{kind}-extras"


def look_first_in(folders: Iterable[Path]) -> None:
    """Have models looked for in a person's folders before all others, in their order.

    That is said before the first model is read: what was read already stays.
    """
    _given[:] = folders
    _folders.cache_clear()


def services() -> tuple[str, ...]:
    """Return botocore's names of all services that there are models of, sorted."""
    names = {each.name for folder in _folders() for each in _inside(folder)}
    return tuple(sorted(name for name in names if versions(name)))


def description(service: str) -> dict[str, Any] | None:
    """Return a service's newest model with the members packaged for it; None where there is none.

    Operations that botocore does not know are apart, in `newer_operations`: few commands need them.
    """
    model = sdk_description(service)
    if model is not None:
        merge_into(model, _packaged(service, extras_types(service)[0]))
    return model


def paginators(service: str) -> dict[str, Any]:
    """Return how a service's operations are paged, as botocore has it; empty where it has none."""
    known = versions(service)
    folders = [folder / service / max(known) for folder in _folders()] if known else []
    found = _first(folders, "paginators-1")
    merge_into(found, _first(folders, "paginators-1.sdk-extras").get("merge", {}))
    return dict(found.get("pagination", {}))


def newer_operations(service: str) -> Mapping[str, Any]:
    """Return the operations that are packaged beside a service's model, with their shapes."""
    return {"operations": {}, "shapes": {}, **_packaged(service, extras_types(service)[1])}


def merged(model: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return a model with operations and shapes beside its own."""
    return {**model, **{part: {**model[part], **more[part]} for part in more}}


def services_with_newer() -> tuple[str, ...]:
    """Return the services that operations are packaged for, but those with a person's own model."""
    folders = sorted(each.name for each in _inside(NEWER_OPERATIONS) if each.is_dir())
    return tuple(each for each in folders if versions(each) and own_folder(each) is None)


def own_folder(service: str) -> Path | None:
    """Return the folder in which a person has a model of a service in place of botocore's."""
    newest = max(versions(service), default="")
    return next((each for each in _own() if _has_model(each / service / newest)), None)


def sdk_description(service: str) -> dict[str, Any] | None:
    """Return a service's newest model as its JSON has it; None where there is none."""
    return _read(service, _folders())


def sdk_model_description(service: str) -> dict[str, Any] | None:
    """Return botocore's own model of a service, whatever a person has put in its place."""
    return _read(service, sdk_folders())


def _read(service: str, places: tuple[Path, ...]) -> dict[str, Any] | None:
    known = _versions_in(service, places)
    if not known:
        return None
    folders = [folder / service / max(known) for folder in places]
    model = _first(folders, MODEL)
    merge_into(model, _first(folders, extras("sdk")).get("merge", {}))
    return model


def _packaged(service: str, kind: str) -> Mapping[str, Any]:
    if own_folder(service) is not None:
        return {}
    folder = NEWER_OPERATIONS / service / max(versions(service))
    found: Mapping[str, Any] = _first([folder], extras(kind)).get("merge", {})
    return found


@cache
def _folders() -> tuple[Path, ...]:
    """Return where models lie, a person's own before those that are packaged."""
    return (*_own(), *sdk_folders())


def sdk_folders() -> tuple[Path, ...]:
    """Return where botocore's own models lie."""
    found = find_spec("botocore")
    places = found.submodule_search_locations if found is not None else None
    return tuple(Path(place) / "data" for place in places or ())


def _own() -> tuple[Path, ...]:
    kept = models_folder()
    return tuple(_given) if kept is None else (*_given, kept)


def models_folder() -> Path | None:
    """Return where AWS's tools look for a person's own models; None for one without a home."""
    try:
        return Path.home() / ".aws" / "models"
    except RuntimeError:
        return None


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def versions(service: str) -> frozenset[str]:
    """Return the versions of a service's API that there are models of."""
    return _versions_in(service, _folders())


def _versions_in(service: str, places: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(
        version.name
        for folder in places
        for version in _inside(folder / service)
        if _has_model(version)
    )


def _has_model(version: Path) -> bool:
    return any(file.is_file() for file in _files(version, MODEL))


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.json", folder / f"{name}.json.gz"


def _first(folders: Iterable[Path], name: str) -> dict[str, Any]:
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


def merge_into(base: dict[str, Any], extra: Mapping[str, Any]) -> None:
    """Put into a model what is to be corrected in it, as deep as both are objects."""
    for name, value in extra.items():
        if isinstance(base.get(name), dict) and isinstance(value, dict):
            merge_into(base[name], value)
        else:
            base[name] = value
