"""The forms by which the first world's contacts are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.evaluation_forms import KIND
from bulkops.sim.state.world import WorldSession

FORMS: Sequence[tuple[str, str, str | None]] = (
    ("Call quality", "Every call of the first line", "1"),
    ("Chat quality", "Chats, from next month on", None),
    ("Old call quality", "Of last year", None),
)
"""Title, description and the number of the active version."""


def plant_evaluations(session: WorldSession) -> None:
    """Make it all."""
    for title, description, active in FORMS:
        made = session.now
        content = {"Title": title, "Description": description, "Items": _items()}
        version = {**content, "Created": made, "Changed": made}
        record = {"Latest": 1, "Versions": {"1": version}}
        session.create(KIND, {"Name": title, **record, "Active": active})


def _items() -> list[Mapping[str, Any]]:
    greeting = {
        "Question": {
            "Title": "Did the agent greet the customer?",
            "RefId": "greeting",
            "QuestionType": "SINGLESELECT",
            "QuestionTypeProperties": {
                "SingleSelect": {
                    "Options": [
                        {"RefId": "yes", "Text": "Yes", "Score": 10},
                        {"RefId": "no", "Text": "No", "Score": 0},
                    ]
                }
            },
        }
    }
    return [{"Section": {"Title": "Opening", "RefId": "opening", "Items": [greeting]}}]
