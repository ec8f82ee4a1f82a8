"""What is asked for where a thing to create is there already, but different: a person's word."""

from __future__ import annotations

from typing import Literal, TypeAlias

OnExists: TypeAlias = Literal["fail", "skip", "update"]
