"""What the simulated services refuse a request with, in the services' own words.

Codes and HTTP statuses are those of the Connect service model. No message holds a value that was
sent, as the services do it for members marked sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STATUSES: Mapping[str, int] = {
    "AccessDeniedException": 403,
    "ConditionalOperationFailedException": 409,
    "ConflictException": 409,
    "ContactFlowNotPublishedException": 404,
    "ContactNotFoundException": 410,
    "DuplicateResourceException": 409,
    "ExpiredTokenException": 403,
    "IdempotencyException": 409,
    "IncompleteSignatureException": 400,
    "InternalServiceException": 500,
    "InvalidParameterException": 400,
    "InvalidRequestException": 400,
    "InvalidSignatureException": 403,
    "LimitExceededException": 429,
    "MissingAuthenticationTokenException": 403,
    "PreconditionFailedException": 412,
    "ResourceConflictException": 409,
    "ResourceInUseException": 409,
    "ResourceNotFoundException": 404,
    "SerializationException": 400,
    "ServiceQuotaExceededException": 402,
    "ServiceUnavailableException": 503,
    "ThrottlingException": 429,
    "TooManyRequestsException": 429,
    "UnknownOperationException": 404,
    "UnrecognizedClientException": 403,
    "UnsupportedOperationException": 400,
    "ValidationException": 400,
}
THROTTLES_WITH: Mapping[str, int] = {"qconnect": 400}
"""Services that throttle with another HTTP status than 429, as their models say."""
FRONT_DOOR = frozenset(
    {
        "ExpiredTokenException",
        "IncompleteSignatureException",
        "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "SerializationException",
        "UnknownOperationException",
        "UnrecognizedClientException",
    }
)
"""Errors of the layer before the service, which writes `message` where Connect writes `Message`."""


class ServiceError(Exception):
    """A request that a service refused: `code`, `message` and `status`, as a client sees them.

    It stays in the simulator: whoever asked gets an answer with that code.
    """

    def __init__(
        self, code: str, message: str, status: int = 0, *, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUSES.get(code, 400)
        self.more = more or {}
        """What else the body says, such as which resource was not found."""

    @property
    def said(self) -> str:
        """The message with what the body says beside it of single properties."""
        listed = self.more.get("PropertyList", ())
        problems = self.more.get("problems") or self.more.get("Problems") or ()
        parts = (
            self.message,
            *(str(each["message"]) for each in problems),
            *(f"{each['PropertyPath']}: {each['Message']}" for each in listed),
        )
        return " ".join(part for part in parts if part)

    def __repr__(self) -> str:
        return f"<ServiceError {self.status} {self.code}: {self.message}>"


def throttled(service: str, code: str) -> ServiceError:
    """Return the refusal of a request beyond a service's rate."""
    return ServiceError(code, "Rate exceeded", THROTTLES_WITH.get(service, 429))


def missing(member: str) -> ServiceError:
    """Return the refusal of a request without a member that is needed."""
    return ServiceError("InvalidRequestException", f"Required parameter missing: {member}")


def invalid(message: str) -> ServiceError:
    """Return the refusal of a value that the service does not take."""
    return ServiceError("InvalidParameterException", message)


def refused(message: str) -> ServiceError:
    """Return the refusal of a request that contradicts itself or the state of the instance."""
    return ServiceError("InvalidRequestException", message)


def not_found(noun: str) -> ServiceError:
    """Return the refusal of an id that nothing bears."""
    return ServiceError("ResourceNotFoundException", f"The specified {noun} was not found.")


def not_visible_yet() -> ServiceError:
    """Return the other refusal of an id whose thing was made a moment ago."""
    return ServiceError("InvalidRequestException", "Invalid request")


def duplicate() -> ServiceError:
    """Return the refusal of a second thing of the same name."""
    return ServiceError(
        "DuplicateResourceException", "A resource with the specified name already exists."
    )


def in_use(noun: str) -> ServiceError:
    """Return the refusal to delete what something else refers to."""
    return ServiceError(
        "ResourceInUseException",
        f"The {noun} is in use: remove its reference from related resources and then try again.",
    )


def used_up(noun: str) -> ServiceError:
    """Return the refusal of one more thing than the instance's quota allows: a 429, no throttle."""
    return ServiceError(
        "LimitExceededException", f"The limit of {noun} of this instance has been exceeded."
    )
