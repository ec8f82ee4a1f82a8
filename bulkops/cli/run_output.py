"""How a run ended as it is shown: its totals, its time, its files and how to go on."""

from __future__ import annotations

import typer

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.outlet import STDERR
from bulkops.cli.output import Piece, count, duration, print_json, say, texts_on_stderr
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.reports.run_facts import RunFacts
from bulkops.runs.outcome import RunOutcome

STYLES = {
    RowStatus.SUCCEEDED: "green",
    RowStatus.UNCHANGED: "dim",
    RowStatus.SKIPPED: "dim",
    RowStatus.FAILED: "bold red",
    RowStatus.INVALID: "bold red",
    RowStatus.UNKNOWN: "bold yellow",
    RowStatus.PENDING: "yellow",
    RowStatus.UNDONE: "dim",
}


def finish(ending: RunOutcome | None, output: Output, progress: Progress) -> None:
    """Say how a run ended, where its reports are and what to do next; exit with its code.

    Where events have stdout, what is said goes to stderr.
    """
    if output is Output.JSON:
        print_json(as_json(ending) if ending else _DECLINED)
    else:
        with texts_on_stderr(progress is Progress.NDJSON):
            if ending is None:
                say("Nothing was sent.")
            else:
                print_ending(ending)
    raise typer.Exit(Exit.DECLINED if ending is None else ending.exit)


_DECLINED = {
    "run": None,
    "exit": int(Exit.DECLINED),
    "reason": "The question was answered with no; nothing was sent.",
}


def print_ending(ending: RunOutcome) -> None:
    """Print the totals, the time against the least, the files, and the line to go on with."""
    total = sum(ending.counts.values())
    pieces: list[Piece] = []
    for status in RowStatus:
        number = ending.counts.get(status, 0)
        if number or status is RowStatus.SUCCEEDED:
            pieces += [(f"{number:,} {status.value}", STYLES[status]), ", "]
    say()
    say(*pieces, f"{total:,} total")
    facts = ending.facts
    if ending.said:
        say(f"Note     {ending.said}")
    else:
        _print_time(facts)
    if facts.reason:
        say(("Stopped", "bold red"), f"  {facts.reason}")
    if ending.files:
        say(f"Reports  {ending.folder}")
        say(f"         {'  '.join(file.name for file in ending.files)}")
    for note in _notes(ending):
        say(f"Note     {note}")
    if facts.next_command:
        say(f"Next     {facts.next_command}")


def _print_time(facts: RunFacts) -> None:
    throttled = f"{facts.throttles:,} throttled" if facts.throttles else "none throttled"
    say(
        f"Time     {duration(facts.seconds)} for {count(facts.calls, 'call')}, {throttled}; "
        f"at least {duration(facts.least_seconds)} by the quotas"
    )


def _notes(ending: RunOutcome) -> list[str]:
    """Return what could not be shown or written, and did not stop the run, a sentence each."""
    notes = list(ending.unwritten)
    if STDERR.lost:
        notes.append(
            f"progress was not shown to the end: standard error can't be written: {STDERR.lost}"
        )
    return notes


def as_json(ending: RunOutcome) -> dict[str, object]:
    """Return how a run ended as one object for scripts."""
    facts = ending.facts
    return {
        "run": ending.run,
        "folder": str(ending.folder),
        "exit": int(ending.exit),
        "reason": facts.reason,
        "note": ending.said,
        "rows": {status.value: ending.counts.get(status, 0) for status in RowStatus},
        "seconds": round(facts.seconds, 3),
        "least_seconds": round(facts.least_seconds, 3),
        "calls": facts.calls,
        "throttles": facts.throttles,
        "files": [str(file) for file in ending.files],
        "notes": _notes(ending),
        "next_command": facts.next_command,
    }
