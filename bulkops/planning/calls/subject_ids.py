"""The id of the thing that a call was about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.expressions import Saved
from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import holds_arn, id_in_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.calls.placeholders import closed
from bulkops.planning.plan import Placeholder


def subject_id(step: Step, params: Mapping[str, Any], saved: Mapping[str, Any]) -> str:
    """Return the id of the thing that a call was about; empty where the call does not tell.

    Of a thing that the call made, that is what it saved.
    """
    if verb(step.operation) == "create":
        return made_id(step, saved) or _made_name(step, params)
    for name, arg in step.args.items():
        if arg == step.about or isinstance(arg, Saved):
            value = closed(params.get(name, ""), saved)
            if isinstance(value, Placeholder):
                return ""
            return id_in_arn(str(value)) if holds_arn(name) else str(value)
    return ""


def made_id(step: Step, saved: Mapping[str, Any]) -> str:
    """Return the id that a step saved of what it made; empty where it is not there."""
    for name, member in step.save.items():
        if not holds_arn(member):
            return str(saved.get(name, ""))
    return ""


def _made_name(step: Step, params: Mapping[str, Any]) -> str:
    """Return the name of what a step made, where that is its id too; empty where it is not."""
    about = step.about
    if about is None or KINDS[about.kind].listing.id != KINDS[about.kind].listing.name:
        return ""
    return next((str(params[name]) for name, arg in step.args.items() if arg == about.by), "")
