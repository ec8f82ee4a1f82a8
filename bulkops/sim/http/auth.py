"""Who may come in: the keys that a server knows, and where their requests go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkops.sim.http.json_protocols import HttpRequest
from bulkops.sim.http.sigv4 import Signer, check_date, check_signature, signer_of
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.sessions import PREFIX, RoleSession, RoleSessions
from bulkops.sim.state.world import Caller, SimulatedWorld

SIGNING_NAMES: Mapping[str, str] = {
    "connect": "connect",
    "wisdom": "qconnect",
    "servicequotas": "service-quotas",
    "sts": "sts",
    "iam": "iam",
    "connect-campaigns": "connectcampaignsv2",
    "cases": "connectcases",
    "profile": "customer-profiles",
    "sqs": "sqs",
}
"""Service in a credential scope → botocore's name of it."""
GLOBAL_REGION = "us-east-1"
"""Region for which requests to worldwide endpoints are signed."""
WORLDWIDE = frozenset({"sts", "iam"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One access key that a server knows; `account` empty: that of the first instance."""

    secret: str = field(repr=False)
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A request's signer, let in."""

    service: str
    caller: Caller
    access_key: str


ACCOUNT_SECRET = "test"  # noqa: S105  # of nothing that is worth anything
"""The secret of the keys that stand for the accounts of a simulation."""


def account_keys(world: SimulatedWorld) -> Mapping[str, Key]:
    """Return a key for each account of a world: its number, as other simulators have it."""
    accounts = {one.account for one in world.instances.values()}
    return {account: Key(secret=ACCOUNT_SECRET, account=account) for account in accounts}


class Authenticator:
    """Lets signed requests in. Keys it does not know pass unchecked, unless it is strict."""

    def __init__(
        self,
        world: SimulatedWorld,
        keys: Mapping[str, Key],
        sessions: RoleSessions,
        *,
        strict: bool,
    ) -> None:
        self._keys = {**account_keys(world), **keys}
        self._sessions = sessions
        self._strict = strict
        self._account = next(iter(world.instances.values())).account
        self._regions = frozenset(one.region for one in world.instances.values())

    def admit(self, request: HttpRequest, now: float) -> Visitor:
        """Return who asks for which service; ServiceError as AWS words its refusals."""
        signer = signer_of(request)
        check_date(request, signer, now)
        service = self._service(signer)
        session = self._sessions.of_key(signer.key)
        if session is not None:
            check_signature(request, signer, session.secret)
            _check_session(session, request, now)
        known = self._keys.get(signer.key)
        if known is not None:
            check_signature(request, signer, known.secret)
        elif session is None and (self._strict or signer.key.startswith(PREFIX)):
            raise _invalid_token()
        account = known.account if known is not None else session.account if session else ""
        caller = Caller(
            account=account or self._account,
            region=signer.region,
            access_key=signer.key,
            role_arn=session.arn if session is not None else "",
        )
        return Visitor(service=service, caller=caller, access_key=signer.key)

    def _service(self, signer: Signer) -> str:
        service = SIGNING_NAMES.get(signer.service)
        if service is None:
            raise ServiceError(
                "InvalidSignatureException",
                f"Credential should be scoped to one of the services {', '.join(SIGNING_NAMES)}.",
            )
        regions = self._regions | ({GLOBAL_REGION} if service in WORLDWIDE else set())
        if signer.region not in regions:
            raise ServiceError(
                "InvalidSignatureException",
                f"Credential should be scoped to one of the Regions {', '.join(sorted(regions))}.",
            )
        return service


def _check_session(session: RoleSession, request: HttpRequest, now: float) -> None:
    """Refuse temporary keys without their token, or after their time."""
    if request.headers.get("x-amz-security-token") != session.token:
        raise _invalid_token()
    if now >= session.ends:
        raise ServiceError(
            "ExpiredTokenException", "The security token included in the request is expired"
        )


def _invalid_token() -> ServiceError:
    return ServiceError(
        "UnrecognizedClientException", "The security token included in the request is invalid."
    )
