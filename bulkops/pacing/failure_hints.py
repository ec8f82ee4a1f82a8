"""One sentence that helps with a failure, by its code, its operation or its group."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND, CodeGroup, group_of

GROUP_HINTS: Mapping[CodeGroup, str] = {
    CodeGroup.THROTTLE: (
        "Others use the same quota, or it is lower than believed: try --tps or --share."
    ),
    CodeGroup.QUOTA: (
        "A resource quota is used up, and waiting does not help: delete what is not needed "
        "or ask for more in Service Quotas, then `bulkops resume`."
    ),
    CodeGroup.EXPIRED: "Renew the credentials (for SSO: `aws sso login`), then `bulkops resume`.",
    CodeGroup.SIGNATURE: "Check the access key, the secret key and this machine's clock.",
    CodeGroup.NO_CREDENTIALS: "Give --profile, set AWS_PROFILE, or log in (`aws sso login`).",
    CodeGroup.DENIED: "`bulkops policy` prints the permissions that a job needs.",
    CodeGroup.UNTRUSTED: (
        "The endpoint's certificate is not trusted here: set AWS_CA_BUNDLE, or check the proxy."
    ),
    CodeGroup.UNREACHABLE: (
        "Check the network, the proxy and --endpoint-url, then `bulkops resume`."
    ),
    CodeGroup.LOST: ("The answer was lost on the way; `bulkops retry` looks at what the call did."),
    CodeGroup.FOREIGN: (
        "Something between here and AWS answers in its place: check the proxy and the network's "
        "log-in page."
    ),
    CodeGroup.UNKNOWN_OPERATION: (
        "The endpoint does not know this operation: check --endpoint-url."
    ),
    CodeGroup.SERVICE: "The service failed; `bulkops retry` tries again.",
}
"""What helps with every code of a group that has no hint of its own."""
HINTS: Mapping[str, str] = {
    "ConditionalOperationFailedException": (
        "The thing is governed by another setting; Amazon Connect replaces some Update "
        "operations by newer ones."
    ),
    "ConflictException": "Something else was changing it at the same time; try again.",
    "ContactNotFoundException": "It has ended already, or no contact has that id.",
    "DestinationNotAllowedException": "The instance may not call that country or number.",
    "DuplicateResourceException": (
        "It is already there: --on-exists skip leaves it, --on-exists update changes it."
    ),
    "IdempotencyException": "The same token was used for another request.",
    "InvalidActiveRegionException": (
        "The instance is active in another Region (Global Resiliency): give that --region."
    ),
    "InvalidParameterException": "A value is not what the operation takes; the message says which.",
    "InvalidRequestException": (
        "The request is not possible as it is; what it refers to may be missing or not allow it."
    ),
    "OutboundContactNotPermittedException": "The instance may not call out: check its settings.",
    "ResourceConflictException": "Another thing has that name or state already.",
    "ResourceInUseException": "Something still refers to it: remove the references first.",
    RESOURCE_NOT_FOUND: (
        "What the row refers to is not there, or was made a moment ago and is not visible yet."
    ),
    "ResourceNotReadyException": "It is still being made: try again in a while.",
    "UserNotFoundException": "There is no such user: it may have been deleted meanwhile.",
}
"""What helps with one code, in place of what helps with its group."""
_FORMS: Mapping[str, str] = {
    r"AlreadyExist|AlreadyOwned|Duplicate|Exists(Exception|Fault)?$": "It is already there.",
    r"NotFound|NoSuch|NonExist|NotExist": (
        "What the row refers to is not there: look at its name, the account and the Region."
    ),
    r"InUse|DeleteConflict|DependencyViolation|BucketNotEmpty": (
        "Something still refers to it, or lies in it: remove that first."
    ),
    r"LimitExceeded|QuotaExceeded|^TooMany": (
        "A quota is used up, and waiting does not help: ask for more in Service Quotas."
    ),
    r"^(Incorrect|Invalid)\w*State": "It is in a state in which this can't be done.",
    r"PreconditionFailed|ConditionalCheckFailed|ConditionalRequest": (
        "It is not as the row says that it must be: somebody has changed it."
    ),
}
"""What helps with codes by the words in them, where no list has them: each service has its own."""
SPECIAL: Mapping[tuple[str, str], str] = {
    ("InvalidParameterException", "CreateUser"): (
        "Check the password's rules and length, and that the instance's kind of identity "
        "management takes a password and an e-mail address."
    ),
    ("InvalidRequestException", "CreateUser"): (
        "Users of a CONNECT_MANAGED instance need a password, a first and a last name; those of "
        "a SAML instance take no password."
    ),
    ("ResourceInUseException", "DeleteUserHierarchyGroup"): (
        "Users are in the group, or it has groups below it: move those first."
    ),
    ("ResourceInUseException", "DeleteRoutingProfile"): (
        "Users still have this routing profile: move them to another first."
    ),
    ("ResourceInUseException", "DeleteQueue"): (
        "A routing profile, flow or quick connect still uses the queue: remove it there first."
    ),
}
"""What helps with a code of one operation, in place of what helps in general."""


def hint(code: str, operation: str) -> str:
    """Return one sentence on what to do about a failure; empty where none is known."""
    group = group_of(code)
    if group is not None and code not in HINTS and (code, operation) not in SPECIAL:
        return GROUP_HINTS.get(group, "")
    return SPECIAL.get((code, operation)) or HINTS.get(code) or _by_form(code)


def _by_form(code: str) -> str:
    return next((text for form, text in _FORMS.items() if re.search(form, code)), "")
