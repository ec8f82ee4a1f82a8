"""Whether a text can be the ARN of a role."""

from __future__ import annotations

import re

from bulkops.visible_text import visible

_ROLE = re.compile(r"arn:[\w-]+:iam::\d{12}:role/[\x21-\x7e]{1,576}", re.ASCII)


def role_fault(arn: str) -> str:
    """Return what is wrong with a role's ARN; empty where nothing is."""
    if _ROLE.fullmatch(arn):
        return ""
    return (
        f'is "{visible(arn)}", which is not the ARN of a role such as '
        "arn:aws:iam::123456789012:role/bulkops."
    )
