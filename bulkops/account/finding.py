"""What an examination finds: a line each, and whether it would stop a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    NOTE = "note"  # to be known; neither good nor bad
    WARNING = "warning"  # a run goes on, but slower, or not in every case
    PROBLEM = "problem"  # a run would stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `said` ends with what to do, where something is to be done."""

    level: Level
    subject: str
    said: str


Tell: TypeAlias = Callable[[Finding], None]
"""Whoever is told a finding as soon as it is made."""


def ok(subject: str, said: str) -> Finding:
    """Return what is as it should be."""
    return Finding(level=Level.OK, subject=subject, said=said)


def note(subject: str, said: str) -> Finding:
    """Return what a person should know."""
    return Finding(level=Level.NOTE, subject=subject, said=said)


def warning(subject: str, said: str) -> Finding:
    """Return what a run would get over."""
    return Finding(level=Level.WARNING, subject=subject, said=said)


def problem(subject: str, said: str) -> Finding:
    """Return what would stop a run."""
    return Finding(level=Level.PROBLEM, subject=subject, said=said)
