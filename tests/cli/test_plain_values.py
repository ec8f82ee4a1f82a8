"""A value that is taken as it is is the one that Typer would have made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.core import TyperCommand

from bulkops.cli.app import COMMANDS, _loaded
from bulkops.cli.flag_values import Output
from bulkops.cli.plain_values import _OTHERWISE, _as_it_is

VALUES = (
    *(None, "", "2", "json", "JSON", "fail", "skip", "Fail", "auto", "text", "a.csv", "-"),
    *("2,5", "ñ\udc80", (), [], ("a",), ("a", "b"), ["a", "b"], (1,), "yes", "0x2", b"bytes"),
    *(0, 1, -1, 2.5, True, False, Output.JSON, Path("bulkops-runs"), Path("nowhere")),
)


def parameters():
    for name in COMMANDS:
        command = _loaded(name)
        context = command.make_context(name, [], resilient_parsing=True)
        for parameter in TyperCommand.get_params(command, context):
            yield name, context, parameter


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_taken_as_it_is_is_what_typer_makes_of_it(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bulkops-runs").mkdir()
    seen = 0
    for command, context, parameter in parameters():
        if command != name or parameter.callback is not None:
            continue
        for value in (*VALUES, parameter.default):
            taken = _as_it_is(parameter, value)
            if taken is not _OTHERWISE:
                made = type(parameter).process_value(parameter, context, value)
                assert (taken, type(taken)) == (made, type(made)), (parameter.name, value)
                seen += 1
    assert seen


def test_every_default_and_every_plain_text_is_taken_as_it_is():
    for command, context, parameter in parameters():
        default = parameter.get_default(context)
        if not parameter.required:
            assert _as_it_is(parameter, default) is not _OTHERWISE, (command, parameter.name)
        if parameter.type_descriptor.annotation is str:
            assert _as_it_is(parameter, "a text") == "a text", (command, parameter.name)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "Missing argument 'JOB'"),
        (("check", "a", "b", "--limit", "none"), "--limit"),
        (("check", "a", "b", "--limit", "0"), "--limit"),
        (("check", "a", "b", "--output", "xml"), "--output"),
        (("check", "a", "b", "--on-exists", "Fail"), "--on-exists"),
        (("run", "a", "b", "--canary", "-1"), "--canary"),
        (("policy",), "Missing argument 'JOB"),
    ],
    ids=" ".join,
)
def test_what_is_wrong_or_missing_is_said_as_before(terminal, words, said):
    done = terminal(*words)
    assert done.exit_code == 2
    assert said in done.stderr
