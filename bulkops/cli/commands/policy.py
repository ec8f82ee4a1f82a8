"""`bulkops policy`: the least IAM policy that jobs need, ready to be given to IAM."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, TargetFlags
from bulkops.cli.output import print_json, say_beside

if TYPE_CHECKING:
    from bulkops.account.iam_policy import PolicyScope
    from bulkops.definition.job import Job


def policy(
    *,
    jobs: Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs to permit.")],
    target: TargetFlags,
    out: OutputFlags,
    without_undo: Annotated[
        bool, typer.Option("--without-undo", help="Leave out what only undo needs.")
    ] = False,
) -> None:
    """Print the policy on stdout; what a person should know of it on stderr."""
    from bulkops.account.iam_policy import ANY, MOST_LETTERS, letter_count, unasked
    from bulkops.account.iam_policy import policy as least_policy
    from bulkops.definition.access import homes_of
    from bulkops.definition.catalogue import load

    with documented_exits(out.output):
        loaded = [load(name).job for name in jobs]
        where = _places(loaded, target, out)
        document = least_policy(loaded, where, undo=not without_undo)
        print_json(document)
        inside = any(homes_of(job) for job in loaded)
        if inside and any(place.instance_id == ANY for place in where):
            _note("It holds for every instance of the account: --instance narrows it to one.")
        for operation in unasked(loaded):
            _note(
                f"{operation} needs no permission: IAM has no action for it, the token that its "
                "request bears is the authority."
            )
        if letter_count(document) > MOST_LETTERS:
            _note(
                f"It has {letter_count(document):,} letters, more than the {MOST_LETTERS:,} of a "
                "managed policy: make one for each job."
            )


def _places(jobs: Sequence[Job], target: TargetFlags, out: OutputFlags) -> tuple[PolicyScope, ...]:
    if not target.given:
        from bulkops.account.iam_policy import PolicyScope as Everywhere

        return (Everywhere(),)
    import anyio

    from bulkops.account.policy_places import places
    from bulkops.engine.ports import real_world

    return anyio.run(partial(places, jobs, target.choice(out.runs_dir), world=real_world()))


def _note(text: str) -> None:
    """Say something beside the policy, which alone goes to stdout."""
    say_beside(f"Note     {text}")
