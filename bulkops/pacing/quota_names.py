"""Request rates in what Service Quotas lists: by the names that each service gives its quotas.

Service Quotas knows no operations, only quotas with names in plain English, and every service
has its own way to name them. The forms below are those of listings of real accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bulkops.definition.model.operations import operations

CODES: Mapping[str, str] = {
    "accessanalyzer": "access-analyzer",
    "acm-pca": "acm-pca",
    "appintegrations": "app-integrations",
    "apigateway": "apigateway",
    "athena": "athena",
    "braket": "braket",
    "cloudformation": "cloudformation",
    "cloudwatch": "monitoring",
    "cognito-identity": "cognito-identity",
    "cognito-idp": "cognito-idp",
    "comprehend": "comprehend",
    "comprehendmedical": "comprehendmedical",
    "connect": "connect",
    "connectcases": "cases",
    "emr": "elasticmapreduce",
    "events": "events",
    "firehose": "firehose",
    "kms": "kms",
    "lambda": "lambda",
    "lexv2-models": "lex",
    "logs": "logs",
    "personalize": "personalize",
    "pinpoint": "pinpoint",
    "polly": "polly",
    "rekognition": "rekognition",
    "secretsmanager": "secretsmanager",
    "servicediscovery": "AWSCloudMap",
    "ses": "ses",
    "sesv2": "ses",
    "sns": "sns",
    "ssm": "ssm",
    "stepfunctions": "states",
    "textract": "textract",
    "transcribe": "transcribe",
    "translate": "translate",
}
"""botocore's name of a service → its code in Service Quotas, where that has request rates."""

_FORMS = tuple(
    re.compile(rf"\s*{form}\s*\.?\s*", re.IGNORECASE)
    for form in (
        r"(?:Combined )?rate\s+of\s+(.+?)\s+(?:API\s+)?requests(?:\s+per\s+account)?",
        r"(\w+)\s+(?:operation\s+)?rate\s+quota",
        r"(\w+)\s+throttle\s+limit\s+in\s+transactions\s+per\s+second",
        r"Transactions\s+per\s+second\s+\(TPS\)\s+for\s+(?:the\s+)?(.+?)(?:\s+(?:API\s+)?operations?)?",
        r"TPS\s+limit\s+for\s+(.+?)",
        r"(\w+)\s+request\s+rate",
        r"(\w+)\s+(?:API\s+)?requests\s+per\s+second",
        r"(\w+)\s+operation\s+per\s+account\s+(?:steady\s+)?rate",
        r"The\s+maximum\s+number\s+of\s+(\w+)\s+API\s+requests\s+that\s+you\s+can\s+make\s+per\s+second",
    )
)
"""How a quota's name says the operations that it is the rate of."""
_BETWEEN = re.compile(r"\s*(?:,\s*and\s|,|\sand\s|/)\s*")
_OTHERS = re.compile(
    r"\s*(?:All other operations rate quota|Rate of control plane API requests"
    r"|Throttle limit in transactions per second)\s*",
    re.IGNORECASE,
)
"""How it says that it is the rate of each operation that no other quota names."""
_NO_OTHER: Mapping[str, frozenset[str]] = {
    "lambda": frozenset({"Invoke", "InvokeAsync", "InvokeWithResponseStream"}),
}
"""Operations that such a quota leaves out, by service: of Lambda's, those that call functions."""

_GROUPS: Mapping[str, Mapping[str, str]] = {
    "cognito-idp": {
        "UserCreation": "AdminConfirmSignUp AdminCreateUser ConfirmSignUp SignUp",
        "UserAccountRecovery": (
            "AdminResetUserPassword AdminSetUserPassword ChangePassword ConfirmForgotPassword "
            "ForgotPassword"
        ),
        "UserRead": "AdminGetUser GetUser",
        "UserUpdate": (
            "AdminAddUserToGroup AdminDeleteUser AdminDeleteUserAttributes "
            "AdminDisableProviderForUser AdminDisableUser AdminEnableUser "
            "AdminLinkProviderForUser AdminRemoveUserFromGroup AdminUpdateUserAttributes "
            "AdminUserGlobalSignOut DeleteUser DeleteUserAttributes GlobalSignOut "
            "UpdateUserAttributes VerifyUserAttribute"
        ),
        "UserList": "ListUsers ListUsersInGroup",
        "UserResourceRead": (
            "AdminGetDevice AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents "
            "GetDevice ListDevices"
        ),
        "UserResourceUpdate": (
            "AdminForgetDevice AdminSetUserMFAPreference AdminSetUserSettings "
            "AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus AssociateSoftwareToken "
            "ConfirmDevice ForgetDevice SetUserMFAPreference SetUserSettings "
            "UpdateAuthEventFeedback UpdateDeviceStatus VerifySoftwareToken"
        ),
        "UserPoolRead": "DescribeUserPool ListUserPools",
        "UserPoolUpdate": "CreateUserPool DeleteUserPool UpdateUserPool",
        "UserPoolResourceRead": (
            "DescribeIdentityProvider DescribeResourceServer DescribeUserPoolDomain GetGroup "
            "GetIdentityProviderByIdentifier GetUserPoolMfaConfig ListGroups "
            "ListIdentityProviders ListResourceServers ListTagsForResource"
        ),
        "UserPoolResourceUpdate": (
            "AddCustomAttributes CreateGroup CreateIdentityProvider CreateResourceServer "
            "CreateUserPoolDomain DeleteGroup DeleteIdentityProvider DeleteResourceServer "
            "DeleteUserPoolDomain SetUserPoolMfaConfig TagResource UntagResource UpdateGroup "
            "UpdateIdentityProvider UpdateResourceServer UpdateUserPoolDomain"
        ),
        "UserPoolClientRead": "DescribeUserPoolClient ListUserPoolClients",
        "UserPoolClientUpdate": ("CreateUserPoolClient DeleteUserPoolClient UpdateUserPoolClient"),
    },
}
"""Operations that share one rate, by service and by the name of the group.

Amazon Cognito developer guide, "API operation categories and request rate quotas".
"""
_ONE_EACH: Mapping[str, tuple[str, float]] = {
    "cognito-idp": ("UserPoolResource UserPoolClient", 5.0),
}
"""What each operation of some groups has for itself at the most, in calls a second (as above).

Service Quotas lists it "per user pool".
"""
_SECONDS: Mapping[str, float] = {
    "MICROSECOND": 1e-6,
    "MILLISECOND": 1e-3,
    "SECOND": 1.0,
    "MINUTE": 60.0,
    "HOUR": 3600.0,
    "DAY": 86400.0,
    "WEEK": 604800.0,
}


def rates_of(service: str, quotas: Iterable[Mapping[str, Any]]) -> Mapping[str, float]:
    """Return calls a second by operation, as entries of ListServiceQuotas say them.

    Other quotas are of things, not of calls. A value of 0 is not believed. Where two speak of one
    operation, such as of two of its variants, the lower holds.
    """
    named: dict[str, float] = {}
    others: list[float] = []
    for quota in quotas:
        name, rate = str(quota.get("QuotaName", "")), _a_second(quota)
        if rate is None:
            continue
        for operation in named_by(service, name):
            most = _most_of_one(service, operation)
            named[operation] = min(rate, named.get(operation, rate), most)
        if _OTHERS.fullmatch(name):
            others.append(rate)
    if others:
        left = {*operations(service)} - named.keys() - _NO_OTHER.get(service, frozenset())
        named |= dict.fromkeys(left, min(others))
    return named


def named_by(service: str, quota: str) -> frozenset[str]:
    """Return the operations of a service whose rate a quota of that name is; none for others."""
    said = (found[1] for form in _FORMS if (found := form.fullmatch(quota)))
    return frozenset(name for text in said for name in _meant(service, text))


def _meant(service: str, text: str) -> Iterator[str]:
    groups = _GROUPS.get(service, {})
    known = operations(service)
    for name in map(str.strip, _BETWEEN.split(text)):
        bare = re.sub(r"\s*\(.*\)$", "", name)  # one of its variants: "SynthesizeSpeech (neural)"
        if bare in groups:
            yield from (each for each in groups[bare].split() if each in known)
        elif bare in known:
            yield bare


def _most_of_one(service: str, operation: str) -> float:
    prefixes, most = _ONE_EACH.get(service, ("", 0.0))
    groups = _GROUPS.get(service, {})
    own = (name for name, names in groups.items() if operation in names.split())
    limited = any(name.startswith(tuple(prefixes.split())) for name in own) if prefixes else False
    return most if limited else float("inf")


def _a_second(quota: Mapping[str, Any]) -> float | None:
    """Return a quota's value for one second; None for no value, for 0, and for no such period."""
    value = quota.get("Value")
    if not isinstance(value, int | float) or not value > 0:
        return None
    period = quota.get("Period") or {}
    seconds = _SECONDS.get(str(period.get("PeriodUnit", "SECOND")))
    count = period.get("PeriodValue", 1)
    return float(value) / (seconds * count) if seconds and count else None
