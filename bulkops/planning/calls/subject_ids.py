"""The id of the thing that a call was about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.expressions import Saved
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Addressed, Col
from bulkops.definition.model.member_paths import holds_arn, id_in_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.calls.placeholders import closed
from bulkops.planning.plan import Placeholder


def subject_id(step: Step, params: Mapping[str, Any], saved: Mapping[str, Any]) -> str:
    """Return the id of the thing that a call was about; empty where the call does not tell.

    Of a thing that the call made, that is what it saved; of one that is addressed, its address.
    """
    if isinstance(step.about, Addressed):
        return address_in(step, step.about, params)
    if verb(step.operation) == "create" or step.makes:
        made = str(saved.get(saved_as(step, arn=False), ""))
        return made or _made_name(step, params)
    for name, arg in step.args.items():
        if arg == step.about or isinstance(arg, Saved):
            value = closed(params.get(name, ""), saved)
            if isinstance(value, Placeholder):
                return ""
            return id_in_arn(str(value)) if holds_arn(name) else str(value)
    return ""


def address_in(step: Step, about: Addressed, params: Mapping[str, Any]) -> str:
    """Return the address that a call sent, as one name."""
    sent = {arg: params.get(name, "") for name, arg in step.args.items() if isinstance(arg, Col)}
    return about.name_in({part.name: sent.get(part, "") for part in about.parts})


def saved_as(step: Step, *, arn: bool) -> str:
    """Return the name under which a step saves the id or ARN of what it makes; empty for none."""
    return next((name for name, member in step.save.items() if holds_arn(member) == arn), "")


def _made_name(step: Step, params: Mapping[str, Any]) -> str:
    """Return the name of what a step made, where that is its id too; empty where it is not."""
    about = step.about
    if about is None or KINDS[about.kind].listing.id != KINDS[about.kind].listing.name:
        return ""
    return next((str(params[name]) for name, arg in step.args.items() if arg == about.by), "")
