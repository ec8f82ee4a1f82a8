"""Writes bulkops/definition/newer_operations anew: `python -m tests.renew_models BOTOCORE`.

BOTOCORE is the folder of a newer botocore than the one that is installed. What its models have
beside the installed ones is kept: whole operations with all their shapes, under names of their
own where a shape of that name is another one already. Of what both know, members are kept that
jobs need: those of answers alone, so that jobs derived from an operation stay as they were. It is
run by hand, and what it changes is looked at like any other change.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bulkops.definition.model.model_files import (
    MODEL,
    NEWER_OPERATIONS,
    extras,
    extras_types,
    merge_into,
    sdk_description,
    versions,
)

SERVICES = (
    "connect",
    "customer-profiles",
    "connectcases",
    "qconnect",
    "connectcampaignsv2",
    "connectparticipant",
    "appintegrations",
)
MEMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "connect": {
        "User": (
            *("AutoAcceptConfigs", "AfterContactWorkConfigs", "PhoneNumberConfigs"),
            *("PersistentConnectionConfigs", "VoiceEnhancementConfigs"),
        ),
        # what no request sets: were it not known, rules and forms could not be changed
        "Rule": ("RuleCapabilityTiers",),
        "EvaluationForm": ("LastValidationTime", "LatestValidationStatus"),
    }
}
"""Service → the shapes of its answers → those of their newer members that they get.

Not those of SearchUsers: it tells seconds in milliseconds, and of which members is not said.
"""
_SENTENCE = re.compile(r"^.+?[.!?](?=\s|$)", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


def additions(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the operations that a newer model has beside an old one, with all their shapes."""
    names = sorted(new["operations"].keys() - old["operations"].keys())
    operations = {name: new["operations"][name] for name in names}
    renamed, shapes = _shapes_of(operations, old, new)
    rendered = {name: _rendered(each, renamed) for name, each in operations.items()}
    return {"operations": rendered, "shapes": shapes}


def members(
    old: dict[str, Any], new: dict[str, Any], wanted: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Return some members that shapes have in a newer model alone, with their shapes."""
    more = {
        shape: {"members": {name: new["shapes"][shape]["members"][name] for name in sorted(names)}}
        for shape, names in wanted.items()
        if not set(names) & old["shapes"][shape]["members"].keys()
    }
    renamed, shapes = _shapes_of(more, old, new)
    return {"shapes": {**shapes, **{name: _rendered(each, renamed) for name, each in more.items()}}}


def _shapes_of(
    part: dict[str, Any], old: dict[str, Any], new: dict[str, Any]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the names that a part's shapes get beside an old model, and those that it lacks."""
    used = set(_closure(part, new))
    theirs = {name: name for name in used if _same(name, old, new)}
    mine = {name: f"Newer{name}" if name in old["shapes"] else name for name in used - set(theirs)}
    renamed = theirs | mine
    return renamed, {mine[name]: _rendered(new["shapes"][name], renamed) for name in sorted(mine)}


def _same(name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell whether both models mean the same by a shape, all that it is made of included."""
    return all(
        _bare(old["shapes"].get(each)) == _bare(new["shapes"][each])
        for each in {name, *_closure(new["shapes"][name], new)}
    )


def _closure(value: Any, model: dict[str, Any]) -> Iterator[str]:
    """Yield the names of all shapes that a part of a model refers to, directly or not."""
    found: set[str] = set()
    left = list(_references(value))
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            yield name
            left.extend(_references(model["shapes"][name]))


def _references(value: Any) -> Iterator[str]:
    match value:
        case {"shape": str(name)}:
            yield name
        case dict():
            for inner in value.values():
                yield from _references(inner)
        case list():
            for inner in value:
                yield from _references(inner)


def _bare(value: Any) -> Any:
    """Return a part of a model without what it says to people."""
    match value:
        case dict():
            return {key: _bare(each) for key, each in value.items() if key != "documentation"}
        case list():
            return [_bare(each) for each in value]
        case _:
            return value


def _rendered(value: Any, renamed: dict[str, str]) -> Any:
    """Return a part of a model with the shapes' new names, and of its texts the first sentence."""
    match value:
        case dict():
            return {key: _member(key, each, renamed) for key, each in value.items()}
        case list():
            return [_rendered(each, renamed) for each in value]
        case _:
            return value


def _member(key: str, value: Any, renamed: dict[str, str]) -> Any:
    if key == "shape" and isinstance(value, str):
        return renamed[value]
    if key == "documentation" and isinstance(value, str):
        text = " ".join(_TAGS.sub(" ", value).split())
        found = _SENTENCE.match(text)
        return found.group() if found else text
    if key == "pattern" and isinstance(value, str):
        return value.replace("\\\\", "\\")  # some are escaped twice
    return _rendered(value, renamed)


def _write(folder: Path, kind: str, merge: dict[str, Any]) -> None:
    if any(merge.values()):
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"merge": merge}, ensure_ascii=False, sort_keys=True)
        (folder / f"{extras(kind)}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    """Write the files of each service."""
    data = Path(sys.argv[1]) / "data"
    for service in SERVICES:
        version = max(versions(service))
        packed = data / service / version / f"{MODEL}.json.gz"
        new = json.loads(gzip.decompress(packed.read_bytes()))
        old = sdk_description(service)
        assert old is not None
        shutil.rmtree(NEWER_OPERATIONS / service, ignore_errors=True)
        folder = NEWER_OPERATIONS / service / version
        small, whole = extras_types(service)
        more = members(old, new, MEMBERS.get(service, {}))
        _write(folder, small, more)
        merge_into(old, more)
        _write(folder, whole, additions(old, new))


if __name__ == "__main__":
    main()
