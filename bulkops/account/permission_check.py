"""What the caller lacks for a job, asked of IAM itself: it simulates the caller's policies.

Nothing is changed by that. What it can't know are policies of the things themselves, and of the
session.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkops.account.finding import Finding, note, ok, problem, warning
from bulkops.account.iam_policy import Allowed, PolicyScope, allowed, document
from bulkops.aws.direct_calls import DirectCalls
from bulkops.definition.job import Job
from bulkops.pacing.replies import Fault, Reply

SUBJECT = "Permissions"
ALLOWED, DENIED = "allowed", "explicitDeny"
_ASSUMED = re.compile(
    r"arn:(?P<partition>[\w-]+):sts::(?P<account>\d{12}):assumed-role/(?P<role>[^/]+)/.+"
)
_PRINCIPAL = re.compile(r"arn:[\w-]+:iam::\d{12}:(?:user|role)/.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Why nothing could be asked, as a sentence."""

    why: str


async def check_permissions(
    direct: DirectCalls, caller: str, job: Job, scope: PolicyScope, tried: Collection[str]
) -> list[Finding]:
    """Return what IAM says that the caller may not do of what a job needs.

    `tried` are the operations of reads that were found permitted already.
    """
    source = await _principal(direct, caller)
    if isinstance(source, Unknown):
        return [_not_known(source)]
    wanted = [
        each
        for each in allowed(job)
        if not (each.access.purpose == "read" and each.access.operation in tried and not each.along)
    ]
    refused: dict[str, str] = {}
    for statement in document(wanted, [scope])["Statement"]:
        decided = await _decided(direct, source, statement)
        if isinstance(decided, Unknown):
            return [_not_known(decided)]
        refused |= {action: why for action, why in decided.items() if why != ALLOWED}
    return list(_findings(wanted, refused))


async def _principal(direct: DirectCalls, caller: str) -> str | Unknown:
    """Return the ARN whose policies are the caller's: of a session, its role's, with its path."""
    if _PRINCIPAL.fullmatch(caller):
        return caller
    if caller.endswith(":root"):
        return Unknown(why="the caller is the account's root user, whom no policy of IAM limits")
    assumed = _ASSUMED.fullmatch(caller)
    if assumed is None:
        return Unknown(why=f"IAM tells of users and roles, and the caller is {caller or 'nobody'}")
    outcome = await direct.ask("iam", "GetRole", {"RoleName": assumed["role"]})
    if isinstance(outcome, Reply):
        return str(outcome.data["Role"]["Arn"])
    return f"arn:{assumed['partition']}:iam::{assumed['account']}:role/{assumed['role']}"


async def _decided(
    direct: DirectCalls, source: str, statement: Mapping[str, Any]
) -> Mapping[str, str] | Unknown:
    """Return what IAM decides of each action of a statement, the worst where it differs."""
    asked = {
        "PolicySourceArn": source,
        "ActionNames": statement["Action"],
        "ResourceArns": statement["Resource"],
        "ContextEntries": _context(statement.get("Condition", {})),
    }
    decided: dict[str, str] = {}
    async for outcome in _pages(direct, asked):
        if isinstance(outcome, Fault):
            said = f"iam:SimulatePrincipalPolicy was answered with {outcome.code}"
            return Unknown(why=f"{said}: {outcome.message}" if outcome.message else said)
        for result in outcome.data["EvaluationResults"]:
            for decision in _decisions(result):
                if decided.get(result["EvalActionName"], ALLOWED) == ALLOWED:
                    decided[result["EvalActionName"]] = decision
    return decided


def _decisions(result: Mapping[str, Any]) -> Sequence[str]:
    by_resource = result.get("ResourceSpecificResults") or ()
    return (result["EvalDecision"], *(each["EvalResourceDecision"] for each in by_resource))


async def _pages(direct: DirectCalls, asked: Mapping[str, Any]) -> AsyncIterator[Reply | Fault]:
    """Yield the pages of a simulation, to the last one or to a fault."""
    page = dict(asked)
    while True:
        outcome = await direct.ask("iam", "SimulatePrincipalPolicy", page)
        yield outcome
        if not isinstance(outcome, Reply) or not outcome.data.get("IsTruncated"):
            return
        page["Marker"] = outcome.data["Marker"]


def _context(conditions: Mapping[str, Mapping[str, Sequence[str]]]) -> list[dict[str, Any]]:
    """Return the values of a request's condition keys, such as the Region that is called."""
    return [
        {"ContextKeyName": key, "ContextKeyValues": list(values), "ContextKeyType": "string"}
        for keys in conditions.values()
        for key, values in keys.items()
    ]


def _findings(wanted: Sequence[Allowed], refused: Mapping[str, str]) -> Iterable[Finding]:
    """Yield what a run would be refused, then what only an undo or a part of the rows would."""
    own = [each for each in wanted if not each.along]
    writes = {each.action for each in own if each.access.purpose == "write"} & refused.keys()
    undo = {each.action for each in own if each.access.purpose == "undo"} & refused.keys()
    reads = {each.action for each in own} & refused.keys() - writes - undo
    along = refused.keys() - {each.action for each in own}
    advice = "`bulkops policy JOB` prints the permissions that are needed"
    if writes:
        yield problem(SUBJECT, f"IAM does not allow {_named(writes, refused)}. {advice}.")
    if reads:
        yield warning(SUBJECT, f"IAM does not allow {_named(reads, refused)}, to read. {advice}.")
    if undo:
        said = f"IAM does not allow {_named(undo, refused)}: an undo would be refused. {advice}."
        yield warning(SUBJECT, said)
    if along:
        said = "which the service checks along with other actions where it comes to that"
        yield warning(SUBJECT, f"IAM does not allow {_named(along, refused)}, {said}. {advice}.")
    if not refused:
        count = len({each.action for each in wanted})
        yield ok(SUBJECT, f"IAM allows all of the {count} actions that the job needs beyond that")


def _named(actions: Iterable[str], refused: Mapping[str, str]) -> str:
    """Return actions by name, and which of them a policy denies outright."""
    return ", ".join(
        f"{each} (denied by a policy)" if refused[each] == DENIED else each
        for each in sorted(actions)
    )


def _not_known(unknown: Unknown) -> Finding:
    said = "which writes are allowed is not known beforehand"
    return note(SUBJECT, f"{said}: {unknown.why}.".replace("..", "."))
