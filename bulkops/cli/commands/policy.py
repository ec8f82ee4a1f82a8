"""`bulkops policy`: the least IAM policy that jobs need, ready to be given to IAM."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.output import print_json, say_beside


def policy(
    *,
    jobs: Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs to permit.")],
    target: f.TargetFlags,
    out: f.OutputFlags,
    without_undo: Annotated[
        bool, typer.Option("--without-undo", help="Leave out what only undo needs.")
    ] = False,
) -> None:
    """Print the policy on stdout; what a person should know of it on stderr."""
    import anyio

    from bulkops.account.iam_policy import ANY, MOST_LETTERS, letter_count, places
    from bulkops.account.iam_policy import policy as least_policy
    from bulkops.definition.catalogue import load
    from bulkops.engine.ports import real_world

    with documented_exits(out.output):
        choice = target.choice(out.runs_dir)
        loaded = [load(name).job for name in jobs]
        where = anyio.run(partial(places, choice, world=real_world()))
        document = least_policy(loaded, where, undo=not without_undo)
        print_json(document)
        if any(place.instance_id == ANY for place in where):
            _note("It holds for every instance of the account: --instance narrows it to one.")
        if letter_count(document) > MOST_LETTERS:
            _note(
                f"It has {letter_count(document):,} letters, more than the {MOST_LETTERS:,} of a "
                "managed policy: make one for each job."
            )


def _note(text: str) -> None:
    """Say something beside the policy, which alone goes to stdout."""
    say_beside(f"Note     {text}")
