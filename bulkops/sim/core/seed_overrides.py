"""The holidays of the first world."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
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


SITE_DAY = {
    "Name": "Site day",
    "Config": [],
    "EffectiveFrom": "2026-09-01",
    "EffectiveTill": "2026-09-02",
}


def plant_overrides(session: WorldSession) -> None:
    """Give the first world's office hours their holidays."""
    hours = planted(session, "hours-of-operation", "Basic Hours")
    for override in (NEW_YEAR, SITE_DAY):
        create(session, {"HoursOfOperationId": hours["Id"], **override})
