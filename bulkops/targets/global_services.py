"""Services that have no Regions, as AWS's endpoints say, and the Region that they are called in."""

from __future__ import annotations

from collections.abc import Iterable

from bulkops.definition.access import services_of
from bulkops.definition.job import Job

GLOBAL = frozenset(
    {
        *("account", "billingconductor", "budgets", "ce", "chime", "cloudfront", "codecatalyst"),
        *("health", "iam", "importexport", "mturk", "networkmanager", "notificationscontacts"),
        *("organizations", "route53", "savingsplans", "shield", "sts", "support", "taxsettings"),
        *("waf",),
    }
)
"""By botocore's names, as its list of endpoints has them for the partition `aws`."""
SIGNED_IN = "us-east-1"
"""The Region that requests to them are signed for, in that partition."""


def fallback_region(jobs: Iterable[Job]) -> str | None:
    """Return the Region for jobs of global services alone, where nobody says one; else None."""
    services = {service for job in jobs for service in services_of(job)}
    return SIGNED_IN if services and services <= GLOBAL else None
