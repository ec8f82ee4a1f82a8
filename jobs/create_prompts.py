"""Create prompts from recordings in Amazon S3, one per row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Look, Saved, Step
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

PROMPT = Find("prompt", Col("prompt"))

JOB = Job(
    name="create-prompts",
    summary="Create prompts, the recordings that flows play, from files in Amazon S3.",
    key=("prompt",),
    columns=(
        Column(
            name="prompt",
            required=True,
            aliases=("prompt name",),
            help="The name of the new prompt.",
            example="Closed.wav",
        ),
        Column(
            name="description",
            help="What the prompt says, and where it is played.",
            example="Played outside office hours",
        ),
        Column(
            name="audio",
            required=True,
            aliases=("S3 URI", "recording"),
            help="Where the .wav file is: s3://bucket/key; it is copied, and can't be read back.",
            example="s3://recordings.example/closed.wav",
        ),
        replace(TAGS_KEPT, example="language=en"),
    ),
    steps=(
        Step(
            operation="CreatePrompt",
            subject=PROMPT,
            args={
                "Name": Col("prompt"),
                "Description": Col("description"),
                "S3Uri": Col("audio"),
                "Tags": Col("tags"),
            },
            save={"prompt_id": "PromptId", "prompt_arn": "PromptARN"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdatePrompt",
                    subject=PROMPT,
                    args={"PromptId": PROMPT, "Description": Col("description")},
                    settle=Again(),
                ),
                tags_added(PROMPT),
            ),
            undo=Step(
                operation="DeletePrompt",
                subject=PROMPT,
                args={"PromptId": Saved("prompt_id")},
                settle=Look(),
            ),
        ),
    ),
)
