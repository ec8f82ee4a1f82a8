"""The account's own request quotas, as Service Quotas has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkops.aws.direct_calls import DirectCalls
from bulkops.pacing.quota_names import CODES, rates_of
from bulkops.pacing.replies import Fault

PAGE = 100
"""The most quotas that a page of ListServiceQuotas holds."""


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
    quotas: list[Mapping[str, Any]] = []
    notes: tuple[str, ...] = ()
    asked = {"ServiceCode": code, "MaxResults": PAGE}
    async for page in direct.pages("service-quotas", "ListServiceQuotas", asked):
        if isinstance(page, Fault):
            notes = (_note(service, page),)
            break
        quotas += page.data.get("Quotas", ())
    found = rates_of(service, quotas)
    rates = {f"{service}:{operation}": rate for operation, rate in found.items()}
    return AccountRates(rates=rates, notes=notes)


def _note(service: str, fault: Fault) -> str:
    return (
        f"Service Quotas can't be read ({fault.code}): the quotas of {service} are those of "
        "bulkops' own table. servicequotas:ListServiceQuotas permits it."
    )
