"""What Cases refuses a request with: codes and statuses of its service model."""

from __future__ import annotations

from bulkops.sim.state.refusals import ServiceError


def unfit(message: str) -> ServiceError:
    """Return the refusal of a value, or of a request that contradicts the domain."""
    return ServiceError("ValidationException", message, 400)


def clash(message: str) -> ServiceError:
    """Return the refusal of what would contradict something that is there."""
    return ServiceError("ConflictException", message, 409)


def over_quota(noun: str) -> ServiceError:
    """Return the refusal of one more than the quota allows: a 402, and no throttle."""
    message = f"The quota of {noun} has been exceeded."
    return ServiceError("ServiceQuotaExceededException", message, 402)


def absent(resource_type: str, resource_id: str) -> ServiceError:
    """Return the refusal of an id that nothing bears; it says of which type it should be."""
    return ServiceError(
        "ResourceNotFoundException",
        "The resource does not exist.",
        404,
        more={"resourceId": resource_id, "resourceType": resource_type},
    )
