"""bulkops.toml: named targets, so that a sheet or a flag can say `emea` and mean an instance."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bulkops.aws.endpoint_urls import url_fault
from bulkops.aws.region_names import region_fault
from bulkops.aws.role_arns import role_fault
from bulkops.errors import RefusedError
from bulkops.suggestions import nearest_hint

_FAULTS: Mapping[str, Callable[[str], str]] = {
    "endpoint_url": url_fault,
    "region": region_fault,
    "role_arn": role_fault,
}
"""Setting → what tells whether its text can be one."""


HOME_SETTINGS: Mapping[str, str] = {"domain": "--domain", "knowledge_base": "--knowledge-base"}
"""Setting that says in what a job works beside the instance → the flag of the same meaning."""


class ConfigurationError(RefusedError):
    """A bulkops.toml that can't be read; the message says which, where, and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTarget:
    """One `[targets.NAME]` table. No credentials stand here: profiles and roles name them."""

    name: str = ""
    profile: str | None = None
    region: str | None = None
    instance: str | None = None
    role_arn: str | None = None
    endpoint_url: str | None = None
    domain: str | None = None
    knowledge_base: str | None = None
    protected: bool = False

    @property
    def homes(self) -> Mapping[str, str]:
        """The domain or knowledge base that is meant, by the flag that says it."""
        said = {flag: getattr(self, name) for name, flag in HOME_SETTINGS.items()}
        return {flag: value for flag, value in said.items() if value}


def named_target(path: Path, name: str) -> NamedTarget:
    """Return a target of bulkops.toml; RefusedError names what is wrong and what there is."""
    targets = named_targets(path)
    if targets is None:
        raise RefusedError(f"--target needs {path}, which does not exist.")
    if name not in targets:
        known = ", ".join(sorted(targets)) or "none"
        hint = nearest_hint(name, tuple(targets))
        said = f'{path} has no target "{name}". {hint}'.rstrip()
        raise RefusedError(f"{said} It has: {known}.")
    return targets[name]


def named_targets(path: Path) -> Mapping[str, NamedTarget] | None:
    """Return every target of a bulkops.toml, None where there is no such file.

    Raises ConfigurationError for whatever is wrong in it, also in a table that nobody asked for:
    what is misspelt there may be what protects an instance.
    """
    tables = _tables(path)
    if tables is None:
        return None
    allowed = tuple(each.name for each in fields(NamedTarget) if each.name != "name")
    for name, table in tables.items():
        for key, value in table.items():
            _check(path, name, key, value, allowed)
    return {name: NamedTarget(name=name, **table) for name, table in tables.items()}


def _tables(path: Path) -> dict[str, dict[str, Any]] | None:
    data = _read(path)
    if data is None:
        return None
    content = _parsed(path, data)
    for name in content:
        if name != "targets":
            # misspelt, it would protect nothing without a word
            hint = nearest_hint(name, ("targets",))
            said = f"{path} has no setting {name}: it holds tables such as [targets.emea]. {hint}"
            raise ConfigurationError(said.rstrip())
    targets = content.get("targets", {})
    if not isinstance(targets, dict) or not all(
        isinstance(each, dict) for each in targets.values()
    ):
        raise ConfigurationError(f"{path}: targets must be tables, such as [targets.emea].")
    return targets


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        if path.is_symlink():  # somebody means a file to be there, and it may protect something
            said = "it is a link that leads nowhere"
            raise ConfigurationError(f"{path} can't be read: {said}.") from error
        return None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigurationError(f"{path} can't be read: {reason}.") from error


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))  # an editor may have put a mark first
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(
            f"{path} line {line} is not UTF-8: save the file as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from error
    except RecursionError as error:
        # what Python says of it depends on where it ran out of depth
        raise ConfigurationError(f"{path} is not valid TOML: it is nested too deeply.") from error


def _check(path: Path, name: str, key: str, value: object, allowed: tuple[str, ...]) -> None:
    if key not in allowed:
        hint = nearest_hint(key, allowed)
        raise ConfigurationError(f"{path}: [targets.{name}] has no setting {key}. {hint}".rstrip())
    wanted = bool if key == "protected" else str
    if not isinstance(value, wanted):
        kind = "true or false" if wanted is bool else "a text"
        raise ConfigurationError(f"{path}: {key} of [targets.{name}] must be {kind}.")
    fault = _FAULTS[key](value) if key in _FAULTS and isinstance(value, str) else ""
    if fault:
        raise ConfigurationError(f"{path}: {key} of [targets.{name}] {fault}")
