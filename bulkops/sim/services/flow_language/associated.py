"""What flows call outside Amazon Connect, as an instance knows it: functions and bots."""

from __future__ import annotations

import re

FUNCTION = "lambda-function"
BOT = "lex-bot-alias"
CLASSIC_BOT = "lex-bot"
FUNCTION_ARN = re.compile(
    r"(arn:aws[a-z-]*:lambda:(?P<region>[a-z0-9-]+):\d{12}:function:[A-Za-z0-9_-]{1,64})(:[\w$-]+)?"
)
ALIAS_ARN = re.compile(
    r"arn:aws[a-z-]*:lex:(?P<region>[a-z0-9-]+):\d{12}:bot-alias/[0-9A-Z]{10}/[0-9A-Z]{10}"
)


def unqualified(arn: str) -> str:
    """Return the ARN of a function without its version or alias."""
    found = FUNCTION_ARN.fullmatch(arn)
    return found[1] if found else arn
