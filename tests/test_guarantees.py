"""docs/guarantees.md names tests, and they are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", PAGE)))


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_the_page_names_is_there(named):
    file, _, test = named.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert not test or test in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def rows():
    promises = PAGE.partition("\n## Whose is it\n")[0]
    lines = [line for line in promises.splitlines() if line.startswith("| ")]
    return [line for line in lines if not line.startswith("| promised |")]


def test_every_promise_has_a_mechanism_and_a_test():
    for row in rows():
        promised, mechanism, tested = row.strip("| ").split(" | ")
        assert promised, row
        assert mechanism, row
        assert tested.startswith("`tests/"), row


def test_every_file_that_the_page_names_is_there():
    for path in re.findall(r"`((?:bulkops|docs)/[\w/.]+)`", PAGE):
        assert (ROOT / path).exists(), path
