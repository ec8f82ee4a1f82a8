"""The holidays of the first world."""

from __future__ import annotations

from bulkops.sim.services.connect.hours_overrides import create
from bulkops.sim.state.world import WorldSession

NEW_YEAR = {
    "Name": "New Year",
    "Description": "Opened late",
    "Config": [
        {
            "Day": "FRIDAY",
            "StartTime": {"Hours": 12, "Minutes": 0},
            "EndTime": {"Hours": 16, "Minutes": 0},
        }
    ],
    "EffectiveFrom": "2027-01-01",
    "EffectiveTill": "2027-01-01",
}


def plant_overrides(session: WorldSession) -> None:
    """Give the first world's office hours a holiday."""
    hours = session.table("hours-of-operation").named("Basic Hours")
    if hours is not None:
        create(session, {"HoursOfOperationId": hours["Id"], **NEW_YEAR})
