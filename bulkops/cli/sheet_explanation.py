"""What a person says of a sheet: which header is which column (`--map`), what is set (`--set`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

FILE_SUFFIX = ".toml"
MAP, SET = "map", "set"
"""The tables of such a file, and the flags that say the same."""
_MOST_BYTES = 1_000_000


def explained(maps: Iterable[str], sets: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return header → column and column → text, as flags and files say it; the last one counts.

    A file holds tables `[map]` and `[set]`. Raises typer.BadParameter.
    """
    mapping: dict[str, str] = {}
    settings: dict[str, str] = {}
    for given in maps:
        if Path(given).suffix.casefold() == FILE_SUFFIX:
            tables = _file(Path(given))
            mapping |= tables[MAP]
            settings |= tables[SET]
        else:
            header, column = _pair(given, "HEADER=column or FILE.toml", "--map", last=True)
            mapping[header] = column
    for given in sets:
        column, text = _pair(given, "column=text", "--set", last=False)
        settings[column] = text
    return mapping, settings


def _pair(text: str, form: str, flag: str, *, last: bool) -> tuple[str, str]:
    """Return what stands before and behind an equals sign: a header may hold one, a column not."""
    name, separator, value = text.rpartition("=") if last else text.partition("=")
    if not separator or not name.strip() or (last and not value.strip()):
        raise typer.BadParameter(f'"{text}" is not of the form {form}', param_hint=flag)
    return name.strip(), value.strip() if last else value


def _file(path: Path) -> Mapping[str, Mapping[str, str]]:
    import tomllib  # noqa: PLC0415  # only such a file needs it

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise typer.BadParameter(f"{path} is larger than 1 MB", param_hint="--map")
        with path.open("rb") as stream:
            found = tomllib.load(stream)
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--map") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} is no TOML: {error}", param_hint="--map") from error
    strange = [name for name in found if name not in (MAP, SET)]
    if strange:
        raise typer.BadParameter(
            f"{path}: [{strange[0]}] is neither [{MAP}] nor [{SET}]", param_hint="--map"
        )
    return {name: _table(path, name, found.get(name, {})) for name in (MAP, SET)}


def _table(path: Path, name: str, table: Any) -> Mapping[str, str]:  # noqa: ANN401  # as TOML gives it
    is_table = isinstance(table, dict)
    wrong = [key for key, text in table.items() if not isinstance(text, str)] if is_table else []
    if wrong or not is_table:
        of = f" {wrong[0]}" if wrong else ""
        raise typer.BadParameter(f"{path}: [{name}]{of} is to hold texts", param_hint="--map")
    return dict(table)
