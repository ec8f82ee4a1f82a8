"""Writes bulkops/definition/newer_operations anew: `python -m tests.renew_models BOTOCORE`.

BOTOCORE is the folder of a newer botocore than the one that is installed. What its models have
beside the installed ones is kept: whole operations with all their shapes, under names of their
own where a shape of that name is another one already. It is run by hand, and what it changes is
looked at like any other change.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bulkops.definition.model.model_files import EXTRAS, NEWER_OPERATIONS, sdk_description

SERVICES = {"connect": "2017-08-08"}
_SENTENCE = re.compile(r"^.+?[.!?](?=\s|$)", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


def additions(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the operations that a newer model has beside an old one, with all their shapes."""
    names = sorted(new["operations"].keys() - old["operations"].keys())
    operations = {name: new["operations"][name] for name in names}
    used = {each for operation in operations.values() for each in _closure(operation, new)}
    theirs = {name: name for name in used if _same(name, old, new)}
    mine = {name: f"Newer{name}" if name in old["shapes"] else name for name in used - set(theirs)}
    renamed = theirs | mine
    return {
        "operations": {name: _rendered(each, renamed) for name, each in operations.items()},
        "shapes": {mine[name]: _rendered(new["shapes"][name], renamed) for name in sorted(mine)},
    }


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


def main() -> None:
    """Write the file of each service."""
    data = Path(sys.argv[1]) / "data"
    for service, version in SERVICES.items():
        packed = (data / service / version / "service-2.json.gz").read_bytes()
        old = sdk_description(service)
        assert old is not None
        merge = additions(old, json.loads(gzip.decompress(packed)))
        folder = NEWER_OPERATIONS / service / version
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"merge": merge}, ensure_ascii=False, sort_keys=True)
        (folder / f"{EXTRAS}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
