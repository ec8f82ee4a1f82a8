"""What the action that asks a participant for input needs: it is one of two by a parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def input_problems(action: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield what is wrong with an input: stored ones are validated, others lead by what it was."""
    parameters = action.get("Parameters", {})
    leads = action.get("Transitions", {})
    listed = leads.get("Errors") if isinstance(leads, Mapping) else None
    branches = listed if isinstance(listed, list) else ()
    errors = [each.get("ErrorType") for each in branches if isinstance(each, Mapping)]
    stored = parameters.get("StoreInput", "False")
    if stored not in ("True", "False"):  # may be a list
        yield f"Invalid Action property value. Path: {path}.Parameters.StoreInput"
    elif stored == "True":
        if not parameters.get("InputValidation"):
            yield f"Action is missing required property. Path: {path}.Parameters.InputValidation"
        if "InputTimeLimitExceeded" in errors:
            yield f"Invalid Action error. Error: InputTimeLimitExceeded, Path: {path}"
    elif "NoMatchingCondition" not in errors:
        yield f"Action is missing required error. Error: NoMatchingCondition, Path: {path}"
