"""`policy`: the least IAM policy that jobs need, ready to be given to IAM."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

import anyio

from bulkops.account.iam_policy import ANY, MOST_LETTERS, letters, places
from bulkops.account.iam_policy import policy as made
from bulkops.cli.printing import print_json
from bulkops.cli.worlds import real_world
from bulkops.definition.catalogue import load
from bulkops.targets.request import TargetChoice


def policy(jobs: Sequence[str], choice: TargetChoice, *, undo: bool) -> None:
    """Print the policy on stdout; what a person should know of it on stderr."""
    loaded = [load(name).job for name in jobs]
    where = anyio.run(partial(places, choice, world=real_world()))
    document = made(loaded, where, undo=undo)
    print_json(document)
    if any(place.instance_id == ANY for place in where):
        _note("It holds for every instance of the account: --instance narrows it to one.")
    if letters(document) > MOST_LETTERS:
        _note(
            f"It has {letters(document):,} letters, more than the {MOST_LETTERS:,} of a managed "
            "policy: make one for each job."
        )


def _note(text: str) -> None:
    """Say something beside the policy, which alone goes to stdout."""
    sys.stderr.write(f"Note     {text}\n")
