"""Create outbound campaigns, each with its channel, its schedule and whom it reaches."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Column, Job, Look, Saved, Step
from bulkops.definition.campaign_columns import (
    CAMPAIGN,
    CAMPAIGN_FLOW,
    CAMPAIGN_NAME,
    CHANNELS,
    ENDS,
    FLOW,
    LIMITS,
    SCHEDULE,
    SEGMENT,
    STARTS,
    TIMES,
)

JOB = Job(
    name="create-campaigns",
    summary="Create outbound campaigns with their channel, schedule and source; none is started.",
    service="connectcampaignsv2",
    key=("campaign",),
    columns=(
        replace(CAMPAIGN_NAME, help="The name of the new campaign.", example="Spring offers"),
        Column(
            name="channel",
            required=True,
            spellings={
                "PROGRESSIVE": ("progressive dialing",),
                "PREDICTIVE": ("predictive dialing",),
                "PREVIEW": ("preview dialing",),
                "AGENTLESS": ("voice without agents",),
                "SMS": ("text",),
                "EMAIL": ("e-mail", "mail"),
            },
            aliases=("mode", "outbound mode"),
            help="How people are reached: by calls of agents or without, by SMS, or by e-mail.",
            example="PROGRESSIVE",
        ),
        Column(
            name="capacity",
            kind="number",
            help="The channel's part of what the campaigns of the instance share: 0.01 to 1.",
            example="0.5",
        ),
        Column(
            name="bandwidth",
            kind="number",
            aliases=("bandwidth allocation",),
            help="The part of the queue's agents that it calls for, 0 to 1: not without agents.",
            example="0.8",
        ),
        Column(
            name="preview_seconds",
            kind="integer",
            help="How long an agent may look at whom to call: for preview dialing.",
            example="60",
        ),
        Column(
            name="queue",
            help="The queue whose agents call: every campaign with agents has one.",
            example="Sales EMEA",
        ),
        Column(
            name="flow",
            aliases=("contact flow",),
            help="The flow that people are led through when they answer.",
            example="Sample inbound flow",
        ),
        Column(
            name="number",
            aliases=("phone number", "source number"),
            help="The number of the instance that people see, in E.164.",
            example="+35315550100",
        ),
        Column(
            name="answering_machine_detection",
            kind="boolean",
            aliases=("AMD", "answer machine detection"),
            help="Whether calls find out that a machine answered.",
            example="yes",
        ),
        Column(
            name="await_prompt",
            kind="boolean",
            help="Whether a call waits for the machine's beep.",
            example="no",
        ),
        Column(
            name="sender",
            aliases=("from", "sender address"),
            help="The e-mail address that mails come from.",
            example="offers@example.com",
        ),
        Column(
            name="sender_name",
            help="The name that mails come from.",
            example="Offers of Example",
        ),
        Column(
            name="template",
            aliases=("template ARN", "message template"),
            help="The ARN of the message template, of SMS and e-mail.",
            example="arn:aws:wisdom:us-east-1:123456789012:message-template/bulkops/offers",
        ),
        CAMPAIGN_FLOW,
        SEGMENT,
        STARTS,
        ENDS,
        TIMES,
        LIMITS,
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags as key=value, separated by ; or |.",
            example="team=sales",
        ),
    ),
    steps=tuple(
        Step(
            operation="CreateCampaign",
            subject=CAMPAIGN,
            only_if=("channel", channel),
            args={
                "name": Col("campaign"),
                "channelSubtypeConfig": config,
                "source": {"customerProfilesSegmentArn": Col("segment")},
                "connectCampaignFlowArn": FLOW,
                "schedule": SCHEDULE,
                "communicationTimeConfig": Col("communication_time"),
                "communicationLimitsOverride": Col("communication_limits"),
                "tags": Col("tags"),
            },
            save={"campaign_id": "id", "campaign_arn": "arn"},
            settle=Look(duplicate="ConflictException"),
            undo=Step(
                operation="DeleteCampaign",
                subject=CAMPAIGN,
                args={"id": Saved("campaign_id")},
                settle=Look(),
            ),
        )
        for channel, config in CHANNELS.items()
    ),
)
