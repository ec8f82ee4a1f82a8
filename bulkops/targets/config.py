"""bulkops.toml: named targets, so that a sheet or a flag can say `emea` and mean an instance."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bulkops.errors import RefusedError
from bulkops.suggestions import nearest_hint


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTarget:
    """One `[targets.NAME]` table. No credentials stand here: profiles and roles name them."""

    name: str = ""
    profile: str | None = None
    region: str | None = None
    instance: str | None = None
    role_arn: str | None = None
    endpoint_url: str | None = None
    protected: bool = False


def named_target(path: Path, name: str) -> NamedTarget:
    """Return a target of bulkops.toml; RefusedError names what is wrong and what there is."""
    targets = _targets(path)
    if name not in targets:
        known = ", ".join(sorted(targets)) or "none"
        hint = nearest_hint(name, tuple(targets))
        said = f'{path} has no target "{name}". {hint}'.rstrip()
        raise RefusedError(f"{said} It has: {known}.")
    table = targets[name]
    allowed = {each.name: each for each in fields(NamedTarget) if each.name != "name"}
    for key, value in table.items():
        _check(path, name, key, value, tuple(allowed))
    return NamedTarget(name=name, **table)


def _targets(path: Path) -> dict[str, dict[str, Any]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RefusedError(f"--target needs {path}, which does not exist.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedError(f"{path} can't be read: {error}") from error
    targets = content.get("targets", {})
    if not isinstance(targets, dict) or not all(
        isinstance(each, dict) for each in targets.values()
    ):
        raise RefusedError(f"{path}: targets must be tables, such as [targets.emea].")
    return targets


def _check(path: Path, name: str, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if key not in allowed:
        hint = nearest_hint(key, allowed)
        raise RefusedError(f"{path}: [targets.{name}] has no setting {key}. {hint}".rstrip())
    wanted = bool if key == "protected" else str
    if not isinstance(value, wanted):
        kind = "true or false" if wanted is bool else "a text"
        raise RefusedError(f"{path}: {key} of [targets.{name}] must be {kind}.")
