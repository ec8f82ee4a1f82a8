"""Signature Version 4, checked as AWS does: header, scope, clock, key and signature.

The algorithm is that of the AWS General Reference, "Signature Version 4 signing process".
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from bulkops.sim.core.simulator import SIGNED_SECONDS
from bulkops.sim.http.json_protocols import HttpRequest
from bulkops.sim.state.refusals import ServiceError

ALGORITHM = "AWS4-HMAC-SHA256"
AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<key>[^/,\s]+)/(?P<date>\d{{8}})/(?P<region>[a-z0-9-]+)"
    r"/(?P<service>[a-z0-9-]+)/aws4_request,\s*SignedHeaders=(?P<headers>[a-z0-9;-]+),"
    r"\s*Signature=(?P<signature>[0-9a-f]{64})"
)
UNRESERVED = "-_.~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """What a request's Authorization header says of who signed it, and for what."""

    key: str
    date: str
    region: str
    service: str
    headers: tuple[str, ...]
    signature: str

    @property
    def scope(self) -> str:
        """The scope that the signing key is bound to."""
        return f"{self.date}/{self.region}/{self.service}/aws4_request"


def signer_of(request: HttpRequest) -> Signer:
    """Return who signed a request; ServiceError where the header is missing or malformed."""
    header = request.headers.get("authorization")
    if header is None:
        raise ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token")
    found = AUTHORIZATION.fullmatch(header.strip())
    if found is None:
        raise ServiceError(
            "IncompleteSignatureException", "Authorization header is not a Signature Version 4."
        )
    return Signer(
        key=found["key"],
        date=found["date"],
        region=found["region"],
        service=found["service"],
        headers=tuple(found["headers"].split(";")),
        signature=found["signature"],
    )


def check_date(request: HttpRequest, signer: Signer, now: float) -> None:
    """Refuse a request without a date, dated otherwise than its scope, or too far from `now`."""
    try:
        date = request.headers.get("x-amz-date", "")
        stamp = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ServiceError(
            "IncompleteSignatureException", "Authorization header requires existence of X-Amz-Date."
        ) from None
    if not date.startswith(signer.date):
        raise ServiceError("InvalidSignatureException", "Date in Credential scope does not match.")
    behind = now - stamp.timestamp()
    if behind > SIGNED_SECONDS:
        raise ServiceError("InvalidSignatureException", "Signature expired: is now too old.")
    if behind < -SIGNED_SECONDS:
        raise ServiceError("InvalidSignatureException", "Signature not yet current.")


def check_signature(request: HttpRequest, signer: Signer, secret: str) -> None:
    """Refuse a request whose signature the secret does not give."""
    unsigned = {"host"} - set(signer.headers)
    given = hashlib.sha256(request.body).hexdigest()
    claimed = request.headers.get("x-amz-content-sha256", given)
    canonical = _canonical(request, signer, claimed)
    to_sign = "\n".join(
        (
            ALGORITHM,
            request.headers["x-amz-date"],
            signer.scope,
            hashlib.sha256(canonical.encode()).hexdigest(),
        )
    )
    key = _signing_key(secret, signer.date, signer.region, signer.service)
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    if unsigned or claimed != given or not hmac.compare_digest(signature, signer.signature):
        raise ServiceError(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided."
            " Check your AWS Secret Access Key and signing method.",
        )


def _canonical(request: HttpRequest, signer: Signer, payload: str) -> str:
    headers = _canonical_headers(request.headers, signer.headers)
    pairs = sorted(
        (quote(name, safe=UNRESERVED), quote(value, safe=UNRESERVED))
        for name, value in parse_qsl(request.query, keep_blank_values=True)
    )
    return "\n".join(
        (
            request.method,
            quote(request.path or "/", safe="/~"),  # encoded once more: only S3 is not
            "&".join(f"{name}={value}" for name, value in pairs),
            headers,
            ";".join(signer.headers),
            payload,
        )
    )


def _canonical_headers(headers: Mapping[str, str], names: tuple[str, ...]) -> str:
    return "".join(f"{name}:{' '.join(headers.get(name, '').split())}\n" for name in names)


@lru_cache(maxsize=64)
def _signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
