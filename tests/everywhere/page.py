"""docs/operations.md, drawn from the cases that the tests carry out."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
_HEAD = """\
# Operations of any AWS service

`bulkops run service:Operation SHEET` carries out any operation of any service, with a column for
each member. This page is drawn from what tests do (`tests/everywhere/`), on
[moto](https://docs.getmoto.org)'s server, which stands for AWS over HTTP: each operation is
checked, planned and run, its effect is looked at by an independent client, the sheet is run a
second time, and the first run is undone.

*Run again* says how a second run of the same sheet ends: `unchanged` where bulkops saw that all is
so already; *set again* where it was sent once more, which changed nothing; else the code by which
the second one was refused, by bulkops (`already-exists`) or by the service. Nothing was doubled by
any of them. Where it was not undone, the last column says why.

## Carried out

| operation | protocol | columns of the sheet | run again | undone |
|---|---|---|---|---|
"""
_TRIED = """
## Tried

What becomes of other operations, chosen widely: *planned* with the columns that are named here
among others, or refused with the reason.

| operation | |
|---|---|
"""


def page(cases, tried, protocol_of):
    """Return the page's text."""
    lines = [
        f"| `{case.job}` | {protocol_of(case.service)} | {_columns(case)} "
        f"| {_repeated(case.repeated)} | {_undone(case.undone)} |"
        for case in cases
    ]
    others = [
        f"| `{each.job}` | refused: … {each.refused} … |"
        if each.refused
        else f"| `{each.job}` | planned: {', '.join(f'`{one}`' for one in each.columns.split())} |"
        for each in tried
    ]
    return _HEAD + "\n".join(lines) + "\n" + _TRIED + "\n".join(others) + "\n"


def _columns(case):
    return ", ".join(f"`{name}`" for name in case.rows[0])


def _repeated(word):
    return word if word == "set again" else f"`{word}`"


def _undone(why):
    return f"no: {why}" if why else "yes"
