"""What is wrong with arguments that the service's model does not take, said without their values.

botocore's own sentence prints the values: a password of digits would print itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.aws.sdk_models import sdk_model


def argument_sentences(service: str, operation: str, params: Mapping[str, Any]) -> str:
    """Return a sentence for each place where arguments and model differ, in one text."""
    said = " ".join(_sentences(service, operation, params))
    return said or f"The arguments are not what {operation} takes."


def _sentences(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    from botocore.validate import ParamValidator  # noqa: PLC0415  # 0.1 s not paid by `--help`

    shape = sdk_model(service, operation).input_shape
    if shape is None:
        return
    report = ParamValidator().validate(params, shape)
    for reason, path, about in report._errors:  # noqa: SLF001  # its only text has the values in it
        place = path.lstrip(".") or operation
        match reason:
            case "missing required field":
                yield f"{place} needs {about['required_name']}."
            case "unknown field":
                known = ", ".join(sorted(about["valid_names"]))
                yield f"{place} has no {about['unknown_param']}; it has {known}."
            case "invalid type" | "invalid type for document":
                allowed = " or ".join(map(_type_name, about["valid_types"]))
                yield f"{place} is {type(about['param']).__name__}, and must be {allowed}."
            case "invalid range":
                yield f"{place} must be {about['min_allowed']} or more."
            case "invalid length":
                yield f"{place} must have a length of {about['min_allowed']} or more."
            case _:
                yield f"{place} is not of its form ({reason})."


def _type_name(described: str) -> str:
    """Return str for "<class 'str'>"."""
    return described.removeprefix("<class '").removesuffix("'>").rpartition(".")[2]
