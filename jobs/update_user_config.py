"""Change how each channel reaches users: auto accept, after-contact work, phone, voice."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Keyed, Step
from bulkops.definition.user_columns import DESK_PHONE, PHONE_TYPE, USER, USERNAME

_AUTO_ACCEPT = Column(
    name="voice_auto_accept",
    kind="boolean",
    aliases=("voice auto accept (yes/no)",),
    help="Whether calls are answered by themselves.",
    example="no",
)
_ACW = Column(
    name="voice_acw_seconds",
    kind="integer",
    maximum=2_000_000,
    aliases=("voice ACW", "voice after contact work"),
    help="Seconds of after-contact work of a call; 0 lasts until the agent ends it.",
    example="30",
)

JOB = Job(
    name="update-user-config",
    summary="Change settings of users channel by channel; what a row leaves blank stays as it is.",
    key=("username",),
    columns=(
        USERNAME,
        _AUTO_ACCEPT,
        replace(
            _AUTO_ACCEPT,
            name="callback_auto_accept",
            aliases=("agent first callback auto accept",),
            help="Whether callbacks that ring the agent first are answered by themselves.",
        ),
        replace(
            _AUTO_ACCEPT,
            name="chat_auto_accept",
            aliases=("chat auto accept (yes/no)",),
            help="Whether chats are accepted by themselves.",
        ),
        replace(
            _AUTO_ACCEPT,
            name="task_auto_accept",
            aliases=("task auto accept (yes/no)",),
            help="Whether tasks are accepted by themselves.",
        ),
        replace(
            _AUTO_ACCEPT,
            name="email_auto_accept",
            aliases=("email auto accept (yes/no)",),
            help="Whether e-mails are accepted by themselves.",
        ),
        _ACW,
        replace(
            _ACW,
            name="callback_acw_seconds",
            aliases=("agent first callback ACW",),
            help="Seconds of after-contact work of a callback that rings the agent first.",
        ),
        replace(
            _ACW,
            name="chat_acw_seconds",
            aliases=("chat ACW", "chat after contact work"),
            help="Seconds of after-contact work of a chat, which ends after 5,400 at the latest.",
        ),
        replace(
            _ACW,
            name="task_acw_seconds",
            aliases=("task ACW", "task after contact work"),
            help="Seconds of after-contact work of a task; 0 lasts until the agent ends it.",
        ),
        replace(
            _ACW,
            name="email_acw_seconds",
            aliases=("email ACW", "email after contact work"),
            help="Seconds of after-contact work of an e-mail; 0 lasts until the agent ends it.",
        ),
        PHONE_TYPE,
        DESK_PHONE,
        Column(
            name="persistent_connection",
            kind="boolean",
            aliases=("persistent connection (yes/no)",),
            help="Whether the line stays open after a call, so that the next one comes sooner.",
            example="no",
        ),
        Column(
            name="voice_enhancement",
            spellings={
                "VOICE_ISOLATION": ("isolation", "voice isolation"),
                "NOISE_SUPPRESSION": ("noise", "noise suppression"),
                "NONE": ("no", "off"),
            },
            help="What is taken out of the agent's sound: noise, all but the voice, or nothing.",
            example="noise suppression",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserConfig",
            subject=USER,
            args={
                "UserId": USER,
                "AutoAcceptConfigs": Keyed(
                    by="Channel",
                    items=(
                        {
                            "Channel": "VOICE",
                            "AutoAccept": Col("voice_auto_accept"),
                            "AgentFirstCallbackAutoAccept": Col("callback_auto_accept"),
                        },
                        {"Channel": "CHAT", "AutoAccept": Col("chat_auto_accept")},
                        {"Channel": "TASK", "AutoAccept": Col("task_auto_accept")},
                        {"Channel": "EMAIL", "AutoAccept": Col("email_auto_accept")},
                    ),
                ),
                "AfterContactWorkConfigs": Keyed(
                    by="Channel",
                    items=(
                        {
                            "Channel": "VOICE",
                            "AfterContactWorkConfig": {
                                "AfterContactWorkTimeLimit": Col("voice_acw_seconds")
                            },
                            "AgentFirstCallbackAfterContactWorkConfig": {
                                "AfterContactWorkTimeLimit": Col("callback_acw_seconds")
                            },
                        },
                        {
                            "Channel": "CHAT",
                            "AfterContactWorkConfig": {
                                "AfterContactWorkTimeLimit": Col("chat_acw_seconds")
                            },
                        },
                        {
                            "Channel": "TASK",
                            "AfterContactWorkConfig": {
                                "AfterContactWorkTimeLimit": Col("task_acw_seconds")
                            },
                        },
                        {
                            "Channel": "EMAIL",
                            "AfterContactWorkConfig": {
                                "AfterContactWorkTimeLimit": Col("email_acw_seconds")
                            },
                        },
                    ),
                ),
                "PhoneNumberConfigs": Keyed(
                    by="Channel",
                    items=(
                        {
                            "Channel": "VOICE",
                            "PhoneType": Col("phone_type"),
                            "PhoneNumber": Col("desk_phone"),
                        },
                    ),
                ),
                "PersistentConnectionConfigs": Keyed(
                    by="Channel",
                    items=(
                        {
                            "Channel": "VOICE",
                            "PersistentConnection": Col("persistent_connection"),
                        },
                    ),
                ),
                "VoiceEnhancementConfigs": Keyed(
                    by="Channel",
                    items=({"Channel": "VOICE", "VoiceEnhancementMode": Col("voice_enhancement")},),
                ),
            },
            settle=Again(),
        ),
    ),
)
