"""The account's own request quotas, as Service Quotas has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkops.aws.direct_calls import DirectCalls
from bulkops.pacing.quotas import rate_names
from bulkops.pacing.replies import Fault

PAGE = 100
"""The most quotas that a page of ListServiceQuotas holds."""
CODES: Mapping[str, str] = {
    "connect": "connect",
    "connectcases": "cases",
    "appintegrations": "app-integrations",
}
"""botocore's name of a service → its code in Service Quotas, where that has request rates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRates:
    """Calls a second by `service:Operation`, and why some are not known."""

    rates: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


async def read_rates(direct: DirectCalls, service: str = "connect") -> AccountRates:
    """Return the rates that Service Quotas has for a service's operations in this account.

    Only applied values are asked for: the defaults may be higher than what an older account
    really has. Where they can't be read there is a note, and bulkops' own table holds.
    """
    code = CODES.get(service)
    if code is None:
        return AccountRates()
    rates: dict[str, float] = {}
    asked = {"ServiceCode": code, "MaxResults": PAGE}
    async for page in direct.pages("service-quotas", "ListServiceQuotas", asked):
        if isinstance(page, Fault):
            return AccountRates(rates=rates, notes=(_note(service, page),))
        for quota in page.data.get("Quotas", ()):
            operation = rate_names(str(quota.get("QuotaName", "")))
            value = quota.get("Value")
            # other quotas are of things, not of calls; a value of 0 is not believed
            if operation and isinstance(value, int | float) and value > 0:
                rates[f"{service}:{operation}"] = float(value)
    return AccountRates(rates=rates)


def _note(service: str, fault: Fault) -> str:
    return (
        f"Service Quotas can't be read ({fault.code}): the quotas of {service} are those of "
        "bulkops' own table. servicequotas:ListServiceQuotas permits it."
    )
