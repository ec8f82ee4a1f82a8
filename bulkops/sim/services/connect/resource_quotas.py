"""Resource quotas of an instance: how many things it may hold.

Figures are the defaults of the Amazon Connect service quotas page, except users: an instance on
which a thousand are onboarded has had its 500 raised.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.state.refusals import ServiceError, refused, used_up
from bulkops.sim.state.world import WorldSession

LIMITS: Mapping[str, int] = {
    "user": 20_000,
    "routing-profile": 500,
    "security-profile": 100,
    "queue": 100,
    "agent-status": 50,
    "prompt": 500,
    "quick-connect": 100,
    "contact-flow": 100,
    "contact-flow-module": 200,
    "view": 50,  # not published: as many as functions
    "lambda-function": 50,
    "lex-bot": 70,
    "lex-bot-alias": 100,
    "hierarchy-group": 500,
    "hours-of-operation": 100,
    "predefined-attribute": 150,
    "queue-channel": 50,
    "queue-quick-connect": 700,
    "proficiency": 10,
    "phone-number": 5,
    "vocabulary": 20,
    "task-template": 50,
    "evaluation-form": 200,  # not published
    "profile-object": 1_000,  # Customer Profiles, objects of a profile
    "campaign": 25,
    "rule": 500,  # not published: as many as prompts
    "data-table": 100,  # Amazon Connect administrator guide, data tables
    "quick-response": 5_000,  # not published for API: as many as contents
    "content": 5_000,  # Amazon Connect administrator guide, quotas of Q in Connect
    "data-table-attribute": 100,  # not published: as many as tables
}


def limit_of(session: WorldSession, what: str) -> int:
    """Return how many of something the world allows."""
    return session.world.limits.get(what, LIMITS[what])


def room_for(session: WorldSession, kind: str) -> None:
    """Refuse one more thing of a kind than the instance may hold: LimitExceededException."""
    if len(session.table(kind)) >= limit_of(session, kind):
        raise used_up(f"{kind.replace('-', ' ')}s")


def check_count(session: WorldSession, what: str, count: int) -> None:
    """Refuse one more beside `count`, of operations that model ServiceQuotaExceededException."""
    if count >= limit_of(session, what):
        raise ServiceError("ServiceQuotaExceededException", "There are too many.", 402)


def check_length(session: WorldSession, what: str, length: int) -> None:
    """Refuse a list longer than allowed, of operations that model no LimitExceededException."""
    longest = limit_of(session, what)
    if length > longest:
        raise refused(f"At most {longest} {what.replace('-', ' ')} associations are allowed.")
