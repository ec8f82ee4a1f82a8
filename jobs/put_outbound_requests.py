"""Have outbound campaigns reach people: a row each, by telephone, SMS or e-mail."""

from __future__ import annotations

from bulkops.definition import ByToken, Col, Column, Each, Job, Step, Token
from bulkops.definition.campaign_columns import CAMPAIGN, CAMPAIGN_NAME, RECIPIENTS

JOB = Job(
    name="put-outbound-requests",
    summary="Have outbound campaigns reach people, a row each; a campaign must be running for it.",
    service="connectcampaignsv2",
    key=("campaign", "recipient"),
    columns=(
        CAMPAIGN_NAME,
        Column(
            name="channel",
            required=True,
            spellings={
                "TELEPHONY": ("telephone", "phone", "voice", "call"),
                "SMS": ("text",),
                "EMAIL": ("e-mail", "mail"),
            },
            help="How the person is reached: by a call, by SMS or by e-mail.",
            example="telephone",
        ),
        Column(
            name="recipient",
            required=True,
            aliases=("phone number", "number", "email", "e-mail address"),
            help="The number in E.164, or the e-mail address.",
            example="+353871234567",
        ),
        Column(
            name="values",
            kind="map",
            split=";|",
            aliases=("attributes", "template parameters"),
            help="What the call's flow or the template knows: key=value; ...; CLEAR! for nothing.",
            example="name=Ana; offer=12",
        ),
        Column(
            name="expires",
            kind="datetime",
            required=True,
            aliases=("expiration time", "until"),
            help="Until when it makes sense: nobody is reached after that.",
            example="2035-01-31T18:00:00Z",
        ),
    ),
    steps=tuple(
        Step(
            operation="PutOutboundRequestBatch",
            only_if=("channel", channel),
            args={
                "id": CAMPAIGN,
                "outboundRequests": Each(
                    {
                        "clientToken": Token(),
                        "expirationTime": Col("expires"),
                        "channelSubtypeParameters": recipient,
                    }
                ),
            },
            settle=ByToken(),
            irreversible="A request that was taken can't be withdrawn: pause or stop the campaign.",
        )
        for channel, recipient in RECIPIENTS.items()
    ),
)
