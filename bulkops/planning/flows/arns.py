"""ARNs taken apart: whose they are, and what kind of thing they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

OTHER_KIND = "aws-resource"
"""The kind of what an ARN of a service leads to that flows have no field for."""

_CONNECT = {
    "agent": "user",
    "agent-group": "hierarchy-group",
    "agent-state": "agent-status",
    "contact-evaluation": "contact-evaluation",
    "contact-flow": "contact-flow",
    "contact-flow-module": "contact-flow-module",  # as some tools write what flow-module is
    "data-table": "data-table",
    "email-address": "email-address",
    "evaluation-form": "evaluation-form",
    "flow-module": "contact-flow-module",
    "operating-hours": "hours-of-operation",
    "phone-number": "phone-number",
    "prompt": "prompt",
    "queue": "queue",
    "routing-profile": "routing-profile",
    "rule": "rule",
    "security-profile": "security-profile",
    "task-template": "task-template",
    "traffic-distribution-group": "traffic-distribution-group",
    "transfer-destination": "quick-connect",
    "view": "view",
    "vocabulary": "vocabulary",
}
"""What the resources of Connect are called in ARNs, and as kinds."""
CONNECT_TYPES = tuple(_CONNECT)
_WISDOM = (
    "ai-agent", "ai-guardrail", "ai-prompt", "assistant", "assistant-association", "content",
    "knowledge-base", "message-template", "quick-response", "session",
)  # fmt: skip
_ELSEWHERE = {
    ("cases", "domain"): "case-domain",
    ("chime", "vc"): "voice-connector",
    ("cognito-idp", "userpool"): "user-pool",
    ("connect-campaigns", "campaign"): "campaign",
    ("lambda", "function"): "lambda-function",
    ("lex", "bot"): "lex-bot",
    ("lex", "bot-alias"): "lex-bot-alias",
    ("profile", "domains"): "profile-domain",
    **{(service, each): each for service in ("wisdom", "qconnect") for each in _WISDOM},
}
_IN_CASES = {"template": "case-template", "field": "case-field", "layout": "case-layout"}
_SEPARATORS = re.compile(r"\$\{[^{}]*\}|\{\{[^{}]*\}\}|[:/]")


@dataclass(frozen=True, slots=True)
class Arn:
    """The members of an ARN; any of them may be dynamic, or another tool's placeholder."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    def __str__(self) -> str:
        """Render as AWS writes it."""
        parts = (self.partition, self.service, self.region, self.account, self.resource)
        return ":".join(("arn", *parts))

    def moved(self, *, region: str = "", account: str = "") -> Arn:
        """Return the ARN in another Region or account, where it has one at all."""
        return replace(
            self,
            region=(region or self.region) if self.region else "",
            account=(account or self.account) if self.account else "",
        )


class ArnTarget(NamedTuple):
    """What an ARN leads to: kind, id, the Connect instance it lies in, and alias or version.

    The id is what tells the thing from others of its kind: of an alias of a Lex bot `BOT/ALIAS`,
    of a function its name, of what lies in S3 `bucket/key`.
    """

    kind: str
    thing_id: str
    instance: str = ""
    qualifier: str = ""


def arn_of(text: str) -> Arn | None:
    """Return the members of an ARN, None for another text."""
    parts = text.split(":", 5)
    return Arn(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" else None  # noqa: PLR2004  # arn and five members


def target_of(arn: Arn) -> ArnTarget:
    """Return what an ARN leads to; of a service unknown to flows, its resource as it stands."""
    if arn.service == "s3":
        return ArnTarget("s3-object", arn.resource)
    steps, qualifier = _steps(arn.resource)
    if arn.service == "connect":
        return _in_connect(steps, qualifier)
    if arn.service == "cases" and len(steps) > 3 and steps[2] in _IN_CASES:  # noqa: PLR2004  # domain/D/field/F
        return ArnTarget(_IN_CASES[steps[2]], steps[3], "", qualifier)
    kind = _ELSEWHERE.get((arn.service, steps[0]))
    if kind is None:
        return ArnTarget(OTHER_KIND, arn.resource)
    return ArnTarget(kind, "/".join(steps[1:]), "", qualifier)


def _in_connect(steps: list[str], qualifier: str) -> ArnTarget:
    instance = ""
    if steps[0] == "instance":
        instance, steps = "/".join(steps[1:2]), steps[2:]
        if not steps:
            return ArnTarget("instance", instance, instance, qualifier)
    if steps[:2] == ["queue", "agent"]:  # an agent's own queue bears the agent's id
        steps = ["agent", *steps[2:]]
    kind = _CONNECT.get(steps[0])
    if kind is None:
        return ArnTarget(OTHER_KIND, "/".join(steps), instance, qualifier)
    return ArnTarget(kind, "/".join(steps[1:]), instance, qualifier)


def _steps(resource: str) -> tuple[list[str], str]:
    """Return the steps of a resource's path, and the alias or version that follows it.

    `function:NAME` is a path too; what other tools will put in may hold any separator.
    """
    cuts = [each for each in _SEPARATORS.finditer(resource) if each[0] in ":/"]
    colons = [each.start() for each in cuts if each[0] == ":"]
    if cuts and cuts[0][0] == ":":
        colons = colons[1:]
    end = colons[0] if colons else len(resource)
    places = [each.start() for each in cuts if each.start() < end]
    starts, ends = [0, *(place + 1 for place in places)], [*places, end]
    steps = [resource[start:stop] for start, stop in zip(starts, ends, strict=True)]
    return steps, resource[end + 1 :]
