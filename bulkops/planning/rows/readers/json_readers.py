"""How cells that hold JSON are read, checked by the service's model; and maps in either form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

from bulkops.definition.column_facts import ColumnFacts, Feed
from bulkops.definition.model.operations import operation
from bulkops.definition.model.request_check import Violation, violations_at
from bulkops.definition.model.value_texts import canonical_json, json_text
from bulkops.planning.rows.cells import CellReading, Flaw, refusal

MOST_DEPTH = 32
"""Levels of lists and objects inside one another that a cell may hold."""
MOST_FLAWS = 20
"""Faults that are said of one cell; of the others how many they are."""
_SHOWN = 60
_CURLY = "\u201c\u201d\u2018\u2019"


def read_json(text: str, facts: ColumnFacts) -> CellReading:
    """Return what JSON in a cell holds, or everything in it that the service would refuse."""
    value = parsed(text)
    if not isinstance(value, dict) and any(_is_text(facts, feed) for feed in facts.feeds):
        raise refusal("wrong-json", _short(text), "is JSON, but not an object", "{…}")
    flaws = [
        _flaw(violation)
        for feed in facts.feeds[:1]
        for violation in violations_at(
            facts.service,
            feed.operation,
            feed.path,
            canonical_json(value) if _is_text(facts, feed) else value,
            identity=facts.identity,
        )
    ]
    if len(flaws) > MOST_FLAWS:
        more = f"and {len(flaws) - MOST_FLAWS:,} more like these in this cell"
        flaws[MOST_FLAWS:] = [Flaw(code="wrong-json", message=more)]
    if flaws:
        return None, tuple(flaws)
    return tuple(value) if isinstance(value, list) else value, ()


def _is_text(facts: ColumnFacts, feed: Feed) -> bool:
    """Tell whether what a cell feeds is a text, which holds JSON as the service reads it."""
    return operation(facts.service, feed.operation).member(feed.path).type == "string"


def parsed(text: str) -> Any:  # noqa: ANN401  # JSON
    """Return the value of a JSON text; FlawError where it is none, or says a member twice."""
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise refusal("not-json", _short(text), _where(error), "JSON", _hint(text)) from error
    except (RecursionError, ValueError) as error:
        says = "is not JSON that can be read: it is nested too deeply, or a number is too long"
        raise refusal("not-json", _short(text), says, "JSON") from error
    if _depth(value) > MOST_DEPTH:
        says = f"is nested more than {MOST_DEPTH} levels deep"
        raise refusal("not-json", _short(text), says, f"at most {MOST_DEPTH} levels")
    if "\\ud" in text.casefold():
        _refuse_halves(value, text)
    return value


def _refuse_halves(value: object, text: str) -> None:
    try:
        json_text(value).encode()
    except UnicodeEncodeError as error:
        raise refusal("not-json", _short(text), "holds half of a character: \\ud…") from error


def _unique(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise refusal("member-twice", name, "stands twice in one JSON object")
        found[name] = value
    return found


def _constant(word: str) -> Any:  # noqa: ANN401  # it never returns
    raise refusal("not-json", word, "is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise refusal("not-json", _short(text), "is too large a number")
    return number


def _where(error: json.JSONDecodeError) -> str:
    line = f"line {error.lineno}, " if error.lineno > 1 else ""
    said = error.msg[0].lower() + error.msg[1:]
    return f"is not JSON: {said} at {line}character {error.colno}"


def _hint(text: str) -> str:
    if any(mark in text for mark in _CURLY):
        return 'JSON takes straight quotes, as in "name".'
    if "'" in text and '"' not in text:
        return 'JSON takes double quotes, as in "name".'
    return ""


def _depth(value: object) -> int:
    """Return how many levels of lists and objects stand inside one another."""
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, list | dict)]:
        depth += 1
        level = [
            inner for each in level for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth


def _flaw(violation: Violation) -> Flaw:
    found = f' "{_short(violation.found)}"' if violation.found else ""
    says = f"; allowed: {violation.allowed}" if violation.allowed else ""
    return Flaw(
        code="wrong-json",
        message=f"{violation.path}:{found} {violation.message}{says}",
        found=violation.found,
        allowed=violation.allowed,
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
