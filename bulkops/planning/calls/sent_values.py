"""From typed values to what a request holds, such as moments as texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bulkops.definition.model.pairs import Pair
from bulkops.definition.model.value_texts import canonical_json, instant_text
from bulkops.planning.rows.cells import Value


def sent_value(  # noqa: PLR0911  # one return a type
    value: Value, sent_to: str, pair: Pair | None = None
) -> Any:  # noqa: ANN401  # whatever a request holds
    """Return a value as a member takes it; `sent_to` is the member's type in the model.

    `pair` is what the elements of a list are to which a map is sent.

    A moment goes as ISO 8601 with Z to members of any type, so that it is the same in a ledger.
    """
    match value:
        case bool() | int():  # what most values are
            return value
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case time() if sent_to == "string":
            return value.isoformat("minutes")
        case time():
            return {"Hours": value.hour, "Minutes": value.minute}
        case Mapping() if sent_to == "string":
            return canonical_json(value)  # JSON in a text
        case tuple():
            return [sent_value(each, "") for each in value]
        case Mapping():
            return dict(value) if pair is None else pair.elements(value)
        case _:
            return value
