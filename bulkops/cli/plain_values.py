"""Values of flags that are what is wanted already, without Typer's conversion.

Typer converts each value by pydantic, whose import is a quarter of what a short command takes.
A text for a text and a default need none of it; every other value, and every wrong one, is
Typer's as before.
"""

from __future__ import annotations

import os
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from typer.core import TyperCommand

Parameters = TypeVar("Parameters")
_OTHERWISE = object()
"""Stands for a value that Typer is to convert."""


class PlainCommand(TyperCommand):
    """A command whose flags take values that need no conversion as they are."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # Typer keeps the classes to itself
        """Return the parameters, that of the help among them."""
        return taking_plain_values(super().get_params(ctx))


def taking_plain_values(parameters: Parameters) -> Parameters:
    """Have parameters take values as they are, where they need no conversion."""
    for each in parameters:  # type: ignore[attr-defined]  # a list of Typer's
        each.process_value = partial(_processed, each)
    return parameters


def _processed(parameter: Any, context: Any, given: Any) -> Any:  # noqa: ANN401  # Typer's own
    value = _as_it_is(parameter, given)
    if value is _OTHERWISE:
        return type(parameter).process_value(parameter, context, given)
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


def _as_it_is(parameter: Any, given: Any) -> Any:  # noqa: ANN401  # of any type
    """Return the value that a flag has, or _OTHERWISE where Typer has to look at it."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if kind is None or (parameter.required and not given):
        return _OTHERWISE
    if given is None:
        return () if parameter.multiple or parameter.nargs == -1 else None
    if get_origin(kind) is list:
        is_plain = get_args(kind) == (str,) and isinstance(given, list | tuple)
        return list(given) if is_plain and all(type(each) is str for each in given) else _OTHERWISE
    if type(given) is str and (kind is str or given in get_args(kind)):  # one of Literal's
        return given
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next((each for each in kind if each == given), _OTHERWISE)
    return given if _is_default(parameter, given) else _OTHERWISE


def _is_default(parameter: Any, given: Any) -> bool:  # noqa: ANN401  # of any type
    """Tell whether a value is the one that stands in the code, and no file that can't be read."""
    if type(given) is not type(parameter.default) or given != parameter.default:
        return False
    return not isinstance(given, Path) or not given.exists() or os.access(given, os.R_OK)
