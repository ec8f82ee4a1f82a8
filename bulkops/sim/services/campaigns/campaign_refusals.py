"""What the service of outbound campaigns refuses a request with.

Codes, statuses and members are those of its model; every error names its type in the body too.
"""

from __future__ import annotations

from bulkops.sim.state.refusals import ServiceError


def invalid(message: str) -> ServiceError:
    """Return the refusal of a value that the service does not take."""
    return _error("ValidationException", message, 400)


def absent(noun: str) -> ServiceError:
    """Return the refusal of an id that nothing bears."""
    return _error("ResourceNotFoundException", f"There is no such {noun}.", 404)


def conflict(message: str) -> ServiceError:
    """Return the refusal of what does not go with what is there."""
    return _error("ConflictException", message, 409)


def wrong_state(state: str) -> ServiceError:
    """Return the refusal of what can't be done to a campaign in the state that it is in."""
    message = f"The campaign is {state}: this can't be done to it now."
    return _error("InvalidCampaignStateException", message, 409, state=state)


def too_many() -> ServiceError:
    """Return the refusal of one campaign more than an account may have."""
    return _error("ServiceQuotaExceededException", "There are too many campaigns.", 402)


def _error(code: str, message: str, status: int, **more: str) -> ServiceError:
    return ServiceError(code, message, status, more={"xAmzErrorType": code, **more})
