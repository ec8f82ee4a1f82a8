"""What is done about a call of each step whose answer is lost, in a sentence for people."""

from __future__ import annotations

from typing import assert_never

from bulkops.definition.call_marks import MARK_KEY, TAGS, takes_mark
from bulkops.definition.job import Step
from bulkops.definition.settling_ways import Again, ByToken, Look, Never
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb


def after_lost_answer(service: str, step: Step) -> str:
    """Say what makes it certain whether a call of a step took effect, or that nothing does."""
    match step.settle:
        case ByToken():
            return "sent again with the same client token, which the service carries out once"
        case Again():
            return _about_value(step)
        case Look():
            return _about_look(service, step)
        case Never():
            return _about_nothing(service, step)
        case _:
            assert_never(step.settle)


def _about_value(step: Step) -> str:
    again = "set again, which changes nothing where it was set"
    if step.subject is None or step.makes:
        return again
    return f"{again}; after a crash it is looked at first, and not set over what others set since"


def _about_look(service: str, step: Step) -> str:
    match verb(step.operation):
        case "create" if step.about is not None and KINDS[step.about.kind].trails:
            told = f"claimed by its attribute {MARK_KEY}" if takes_mark(service, step) else "seen"
            return f"searched for and {told}, never sent again: unknown where no search shows it"
        case "create":
            again = "sent again where the name is free"
            if takes_mark(service, step) and _tells_mark(step):
                return (
                    f"looked up by its name and claimed by its tag {MARK_KEY} alone, {again};"
                    " with --no-call-tags, unknown where it is there"
                )
            return f"looked up by its name: unknown where it is there, {again}"
        case "delete" | "disassociate":
            return (
                "looked for: gone is gone, whoever removed it, and what is there is removed again"
            )
        case "associate" | "update":
            return "looked for: as it was sent is done, whoever set it, and else it is sent again"
        case _ as never:
            assert_never(never)


def _about_nothing(service: str, step: Step) -> str:
    told = f"; what it made has the tag {MARK_KEY}" if takes_mark(service, step) else ""
    if step.subject is None:
        return f"unknown, for nothing tells: a person decides{told}"
    return f"looked for but never sent again: unknown where that does not tell{told}"


def _tells_mark(step: Step) -> bool:
    """Tell whether what is read of a thing holds its tags."""
    address = KINDS[step.about.kind].address if step.about is not None else None
    return address is None or TAGS in address.told
