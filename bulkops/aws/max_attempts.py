"""How often a call is tried, as AWS's own environment variable says it."""

from __future__ import annotations

import re

from bulkops.visible_text import visible

ATTEMPTS = "AWS_MAX_ATTEMPTS"
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def attempts_fault(given: str) -> str:
    """Return what is wrong with the variable's text; empty where nothing is."""
    fault = number_fault(given)
    return fault and f"{ATTEMPTS} {fault}"


def number_fault(given: str) -> str:
    """Return what is wrong with the text of a setting that counts; empty where nothing is."""
    if _NUMBER.fullmatch(given.strip()):
        return ""
    return f'is "{visible(given)}"; it is a whole number from 1 up.'
