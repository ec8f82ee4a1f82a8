"""Credentials and Region, found as AWS's own tools find them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from bulkops.aws.credential_process import bound_processes
from bulkops.aws.endpoint_urls import check_environment
from bulkops.aws.faults import refused
from bulkops.aws.newer_operations import add_newer_operations
from bulkops.aws.profile_checks import check_profile
from bulkops.aws.redaction import Cleaner, cleaned_fault
from bulkops.aws.region_names import region_fault
from bulkops.aws.sdk_logs import unlogged
from bulkops.aws.sdk_settings import KEY, check_settings
from bulkops.aws.target_errors import (
    ExpiredCredentialsError,
    NoRegionError,
    UnknownProfileError,
    UnreachableError,
    no_credentials,
    refusal,
)
from bulkops.errors import TargetError
from bulkops.suggestions import nearest_hint

ROLE_SESSION_NAME = "bulkops"
"""The name under which CloudTrail shows what was done with `--role-arn`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOptions:
    """Which credentials to use, and where to call. None: as AWS's environment and files say.

    `endpoint_url` is for every service, the one that gives credentials included.
    """

    profile: str | None = None
    region: str | None = None
    role_arn: str | None = None
    endpoint_url: str | None = None
    fallback_region: str | None = None
    """The Region where nothing says one, for what has none: None: one must be said."""


UNFORESEEN = (ValueError, TypeError, LookupError, AttributeError, OSError, SyntaxError)
"""What AWS's libraries raise by accident, of configuration that is not what they take it for."""
Session: TypeAlias = Any
"""An aioboto3.Session; its published types are those of another version."""


async def open_session(
    access: SessionOptions, environment: Mapping[str, str] = os.environ
) -> Session:
    """Return a session with credentials that refresh themselves, and a Region.

    Raises TargetError where profile, Region or credentials are missing or can't be used, and for
    what is wrong in AWS's own variables. Nothing is sent unless the credentials come from elsewhere
    (SSO, an assumed role, instance metadata).
    """
    check_environment(environment)
    check_settings(environment, {})
    import aioboto3  # noqa: PLC0415  # 0.3 s that `--help` need not pay

    with unlogged(), _translated():
        # botocore reads AWS_DEFAULT_REGION alone; the AWS CLI reads AWS_REGION before it.
        region = access.region or environment.get("AWS_REGION") or None
        session: Session = aioboto3.Session(profile_name=access.profile, region_name=region)
        if session.region_name is None and access.fallback_region is not None:
            session = aioboto3.Session(
                profile_name=access.profile, region_name=access.fallback_region
            )
        if session.region_name is None:
            raise NoRegionError(
                "No AWS Region. Give --region, set AWS_REGION, or give the instance's ARN."
            )
        _check_region(session.region_name)
        inner = session._session  # noqa: SLF001  # boto3 has no other way to botocore's
        check_settings(environment, inner.get_scoped_config())
        if access.profile or not environment.get(KEY):  # keys go before all but --profile
            check_profile(access.profile or inner.profile or "default", inner.full_config)
        bound_processes(inner)
        add_newer_operations(inner.get_component("data_loader"))
        if access.role_arn is not None:
            session = await _assuming(session, access.role_arn, access)
    custom = access.endpoint_url or environment.get("AWS_ENDPOINT_URL", "")
    await keys_of(session, custom)
    return session


def _check_region(region: str) -> None:
    fault = region_fault(region)
    if fault:
        raise NoRegionError(f"The Region {fault}")


async def keys_of(session: Session, endpoint: str = "") -> tuple[str, str, str | None]:
    """Return the access key, secret key and session token that a session signs with now.

    Raises TargetError where there are none, or none to be had. `endpoint` is named in messages.
    """
    with unlogged(), _translated():
        credentials = await session.get_credentials()
        if credentials is None:
            raise no_credentials(endpoint)
        frozen = await credentials.get_frozen_credentials()
    return frozen.access_key, frozen.secret_key, frozen.token


async def _assuming(source: Session, role_arn: str, access: SessionOptions) -> Session:
    """Return a session whose credentials are a role's, renewed before they expire."""
    import aioboto3  # noqa: PLC0415  # as in open_session
    from aiobotocore.credentials import (  # noqa: PLC0415  # as above
        AioAssumeRoleCredentialFetcher,
        AioCredentialResolver,
        AioDeferredRefreshableCredentials,
    )
    from aiobotocore.session import AioSession  # noqa: PLC0415  # as above

    credentials = await source.get_credentials()
    if credentials is None:
        raise no_credentials(access.endpoint_url or "")
    create: Any = partial(source.client, endpoint_url=access.endpoint_url)
    fetcher = AioAssumeRoleCredentialFetcher(
        client_creator=create,
        source_credentials=credentials,
        role_arn=role_arn,
        extra_args={"RoleSessionName": ROLE_SESSION_NAME},
    )
    assumed = AioDeferredRefreshableCredentials(
        method="assume-role", refresh_using=fetcher.fetch_credentials
    )
    inner = AioSession()
    add_newer_operations(inner.get_component("data_loader"))
    chain: Any = [_Given(assumed)]
    inner.register_component("credential_provider", AioCredentialResolver(chain))
    return aioboto3.Session(
        botocore_session=inner, profile_name=access.profile, region_name=source.region_name
    )


class _Given:
    """A link of botocore's chain of credential providers that has its credentials already."""

    METHOD = "assume-role"
    CANONICAL_NAME = None

    def __init__(self, credentials: Any) -> None:  # noqa: ANN401  # botocore is untyped
        self._credentials = credentials

    async def load(self) -> Any:  # noqa: ANN401  # botocore is untyped
        return self._credentials


@contextmanager
def _translated() -> Iterator[None]:
    """Say in bulkops' words what botocore finds wrong with the configuration."""
    from botocore import exceptions  # noqa: PLC0415  # as in open_session

    try:
        yield
    except exceptions.ProfileNotFound as error:
        raise UnknownProfileError(_unknown_profile(error)) from error
    except (exceptions.PartialCredentialsError, exceptions.CredentialRetrievalError) as error:
        raise no_credentials("", _said(error)) from error
    except (exceptions.SSOError, exceptions.TokenRetrievalError) as error:
        raise ExpiredCredentialsError(
            f"Log in again with `aws sso login`. {_said(error)}"
        ) from error
    except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
        raise UnreachableError(
            f"What gives credentials can't be reached. {_said(error)}"
        ) from error
    except exceptions.ClientError as error:
        asked = error.operation_name
        fault = cleaned_fault(refused(error.response, asked))
        raise refusal(fault, service="sts", operation=asked, endpoint="") from error
    except exceptions.BotoCoreError as error:
        raise TargetError(f"The AWS configuration can't be used. {_said(error)}") from error
    except RuntimeError as error:  # so botocore says that renewed credentials are old already
        raise ExpiredCredentialsError(_said(error)) from error
    except UNFORESEEN as error:
        # what it could not read may be secret, and stands in its texts
        raise TargetError(
            "The AWS configuration can't be used: AWS_... variables, the config and credentials "
            f"files, or what gives credentials, hold what can't be read ({type(error).__name__})."
        ) from None


def _said(error: Exception) -> str:
    """Return what a library says, fit to be shown."""
    return Cleaner(()).text(str(error))


def _unknown_profile(error: Exception) -> str:
    import botocore.session  # noqa: PLC0415  # as in open_session

    wanted = str(getattr(error, "kwargs", {}).get("profile", ""))
    known = botocore.session.Session().available_profiles
    listed = f"There are: {', '.join(known)}." if known else "There are none."
    parts = (f'No AWS profile "{wanted}".', nearest_hint(wanted, known), listed)
    return " ".join(filter(None, parts))
