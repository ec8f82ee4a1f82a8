"""What sheets about quick responses have in common: their columns, and how their work ends.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg, Saved
from bulkops.definition.job import Column, Polling
from bulkops.definition.kinds.found_things import Col, Find

QUICK_RESPONSE = Find("quick-response", Col("quick_response"))
PROFILES = Find("routing-profile", Col("routing_profiles"), arn=True)

VALUES: Mapping[str, Arg] = {
    "content": {"content": Col("content")},
    "contentType": Col("format"),
    "shortcutKey": Col("shortcut"),
    "description": Col("description"),
    "channels": Col("channels"),
    "groupingConfiguration": {"criteria": "RoutingProfileArn", "values": PROFILES},
    "isActive": Col("active"),
    "language": Col("language"),
}
"""What can be set of a quick response beside its name."""

MADE = Polling(
    operation="GetQuickResponse",
    args={"quickResponseId": Saved("quick_response_id")},
    path="quickResponse.status",
    done=("CREATED",),
    failed=("CREATE_FAILED",),
)
CHANGED = Polling(
    operation="GetQuickResponse",
    args={"quickResponseId": QUICK_RESPONSE},
    path="quickResponse.status",
    done=("CREATED",),
    failed=("UPDATE_FAILED",),
)

NAME = Column(
    name="quick_response",
    required=True,
    aliases=("quick response name", "name"),
    help="The name of the quick response.",
    example="Greeting",
)
CONTENT = Column(
    name="content",
    file=True,
    aliases=("text", "message"),
    help="What is sent to the customer: the text itself, or @file.md for one beside the sheet.",
    example="Hello, how can I help?",
)
FORMAT = Column(
    name="format",
    aliases=("content type", "contenttype"),
    spellings={
        "application/x.quickresponse;format=plain": ("plain", "plain text", "text"),
        "application/x.quickresponse;format=markdown": ("markdown", "md", "rich text"),
    },
    help="How the content is written: plain or markdown; blank for a new one: plain.",
    example="plain",
)
SHORTCUT = Column(
    name="shortcut",
    aliases=("shortcut key", "shortcutkey"),
    help="What an agent types to find it: no other quick response may have it.",
    example="hi",
)
DESCRIPTION = Column(
    name="description",
    help="What the quick response is for.",
    example="To begin a chat with",
)
CHANNELS = Column(
    name="channels",
    split=";|",
    spellings={"Chat": ("chats",), "Email": ("e-mail", "emails")},
    known=("Chat", "Email"),
    aliases=("channel",),
    help="The channels that it is for, separated by ; or |.",
    example="Chat",
)
ROUTING_PROFILES = Column(
    name="routing_profiles",
    split=";|",
    aliases=("routing profile", "routing profile name"),
    help="The routing profiles whose agents see it, by name; blank for a new one: all agents.",
    example="Support Tier 1;Support Tier 2",
)
ACTIVE = Column(
    name="active",
    kind="boolean",
    aliases=("is active", "isactive"),
    help="Whether agents see it: yes or no.",
    example="yes",
)
LANGUAGE = Column(
    name="language",
    aliases=("language code",),
    known=(
        *("de_DE", "en_US", "es_ES", "fr_FR", "id_ID", "it_IT", "ja_JP", "ko_KR", "pt_BR"),
        *("zh_CN", "zh_TW"),
    ),
    help="The language that it is written in.",
    example="en_US",
)
SET = (CONTENT, FORMAT, SHORTCUT, DESCRIPTION, CHANNELS, ROUTING_PROFILES, ACTIVE, LANGUAGE)
"""The columns of `VALUES`."""
