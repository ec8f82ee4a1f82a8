"""Why a target can't be reached: said before the start, with what to do about it (exit 6)."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from bulkops.errors import TargetError
from bulkops.pacing.error_codes import FOREIGN_ANSWER, CodeGroup, group_of
from bulkops.pacing.replies import Fault


class NoCredentialsError(TargetError):
    """There are no credentials, or only half of them."""


class UnknownProfileError(TargetError):
    """The AWS configuration has no such profile."""


class NoRegionError(TargetError):
    """No AWS Region was given, or not the instance's."""


class UnknownInstanceError(TargetError):
    """No instance has that alias, id or ARN, or none was named and there is not just one."""


class AmbiguousInstanceError(TargetError):
    """Several instances bear that alias."""


class UnusableInstanceError(TargetError):
    """The instance is there but not active."""


class UnknownHomeError(TargetError):
    """It can't be told in which domain or knowledge base a job is to work."""


class RefusedTargetError(TargetError):
    """Calling brought a fault; `says` is what that means, `groups` the codes for it."""

    says: ClassVar[str]
    groups: ClassVar[frozenset[CodeGroup]]


class ExpiredCredentialsError(RefusedTargetError):
    """The credentials were good once."""

    says = "The AWS credentials have expired. Renew them (`aws sso login`, or new keys)."
    groups = frozenset({CodeGroup.EXPIRED})


class InvalidCredentialsError(RefusedTargetError):
    """AWS does not know the credentials, or the signature made with them is wrong."""

    says = "AWS does not accept the credentials. Check the profile, its keys, and the clock here."
    groups = frozenset({CodeGroup.SIGNATURE})


class DeniedError(RefusedTargetError):
    """The credentials are good but may not do this."""

    says = (
        "The credentials may not call {service}:{operation}. `bulkops policy JOB` prints the "
        "permissions that a job needs."
    )
    groups = frozenset({CodeGroup.DENIED})
    says_of_roles = (
        "The role may not be assumed. Its trust policy must name the caller, and the caller's own "
        "policy allow sts:AssumeRole on it."
    )


class UnreachableError(RefusedTargetError):
    """Nothing answers at the endpoint."""

    says = (
        "{service} can't be reached at {endpoint}. Check the network, the proxy, the Region and "
        "--endpoint-url."
    )
    groups = frozenset({CodeGroup.UNREACHABLE, CodeGroup.LOST, CodeGroup.UNTRUSTED})


class ForeignEndpointError(RefusedTargetError):
    """Something answers at the endpoint, but not the AWS service."""

    says = (
        "What answers at {endpoint} is not AWS's {service}. Check --endpoint-url, the proxy and "
        "the network's log-in page."
    )
    groups = frozenset({CodeGroup.FOREIGN, CodeGroup.UNKNOWN_OPERATION})


REFUSALS: tuple[type[RefusedTargetError], ...] = (
    ExpiredCredentialsError,
    InvalidCredentialsError,
    DeniedError,
    UnreachableError,
    ForeignEndpointError,
)
ABOUT_CREDENTIALS = frozenset({CodeGroup.EXPIRED, CodeGroup.SIGNATURE, CodeGroup.NO_CREDENTIALS})


def is_about_credentials(fault: Fault) -> bool:
    """Tell whether a fault says that the credentials are missing, expired or wrong."""
    return group_of(fault.code) in ABOUT_CREDENTIALS


def refusal(fault: Fault, *, service: str, operation: str, endpoint: str) -> TargetError:
    """Return the error that says what a fault means for reaching the target.

    A status that came without an AWS error code is the answer of something else.
    """
    code = FOREIGN_ANSWER if fault.code == str(fault.http_status) else fault.code
    group = group_of(code)
    if group is CodeGroup.NO_CREDENTIALS:
        return no_credentials(endpoint, fault.message)
    said = f"{fault.code}: {fault.message}" if fault.message else fault.code
    for kind in REFUSALS:
        if group in kind.groups:
            says = kind.says
            if kind is DeniedError and operation == "AssumeRole":
                says = DeniedError.says_of_roles
            text = says.format(service=service, operation=operation, endpoint=endpoint)
            return kind(f"{text} {said}")
    place = f" at {endpoint}" if endpoint else ""
    return TargetError(f"{service}:{operation} failed{place}. {said}")


def no_credentials(endpoint: str, said: str = "") -> NoCredentialsError:
    """Return the error for missing credentials; an endpoint of one's own may take any."""
    any_do = (
        " An endpoint that checks none takes any: AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any."
    )
    return NoCredentialsError(
        "No AWS credentials were found. Give --profile, set AWS_PROFILE or AWS_ACCESS_KEY_ID and "
        "AWS_SECRET_ACCESS_KEY, or log in (`aws sso login`)."
        f"{'' if is_aws(endpoint) else any_do} {said}".rstrip()
    )


AWS_HOSTS = ("amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn")


def is_aws(endpoint: str) -> bool:
    """Tell whether a URL is one of AWS's own; an empty one is, for it is not a person's choice."""
    host = urlsplit(endpoint).hostname or AWS_HOSTS[0]
    return host.endswith(AWS_HOSTS)
