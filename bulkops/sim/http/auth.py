"""Who may come in: the keys that a server knows, and where their requests go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkops.sim.http.json_protocols import HttpRequest
from bulkops.sim.http.sigv4 import Signer, check_date, check_signature, signer_of
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller, SimulatedWorld

SIGNING_NAMES: Mapping[str, str] = {
    "connect": "connect",
    "wisdom": "qconnect",
    "servicequotas": "service-quotas",
    "sts": "sts",
    "connect-campaigns": "connectcampaignsv2",
    "cases": "connectcases",
    "profile": "customer-profiles",
    "sqs": "sqs",
}
"""Service in a credential scope → botocore's name of it."""
GLOBAL_REGION = "us-east-1"
"""Region for which requests to the one worldwide STS endpoint are signed."""


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


class Authenticator:
    """Lets signed requests in. Keys it does not know pass unchecked, unless it is strict."""

    def __init__(self, world: SimulatedWorld, keys: Mapping[str, Key], *, strict: bool) -> None:
        self._keys = keys
        self._strict = strict
        self._account = next(iter(world.instances.values())).account
        self._regions = frozenset(one.region for one in world.instances.values())

    def admit(self, request: HttpRequest, now: float) -> Visitor:
        """Return who asks for which service; ServiceError as AWS words its refusals."""
        signer = signer_of(request)
        check_date(request, signer, now)
        service = self._service(signer)
        key = self._keys.get(signer.key)
        if key is not None:
            check_signature(request, signer, key.secret)
        elif self._strict:
            raise ServiceError(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
            )
        account = (key.account if key is not None else "") or self._account
        caller = Caller(account=account, region=signer.region)
        return Visitor(service=service, caller=caller, access_key=signer.key)

    def _service(self, signer: Signer) -> str:
        service = SIGNING_NAMES.get(signer.service)
        if service is None:
            raise ServiceError(
                "InvalidSignatureException",
                f"Credential should be scoped to one of the services {', '.join(SIGNING_NAMES)}.",
            )
        regions = self._regions | ({GLOBAL_REGION} if service == "sts" else set())
        if signer.region not in regions:
            raise ServiceError(
                "InvalidSignatureException",
                f"Credential should be scoped to one of the Regions {', '.join(sorted(regions))}.",
            )
        return service
