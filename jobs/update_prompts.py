"""Change prompts: their name and description, and the recording itself."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

PROMPT = Find("prompt", Col("prompt"), renamed=Col("new_name"))

JOB = Job(
    name="update-prompts",
    summary="Rename prompts, change their description, and put other recordings in their place.",
    key=("prompt",),
    columns=(
        Column(
            name="prompt",
            required=True,
            aliases=("prompt name",),
            help="The name that the prompt has.",
            example="Hold.wav",
        ),
        Column(
            name="new_name",
            aliases=("new prompt name",),
            help="The name that the prompt is to have.",
            example="Waiting.wav",
        ),
        Column(
            name="description",
            help="What the prompt says; it can be changed, and not emptied.",
            example="Played while waiting",
        ),
        Column(
            name="audio",
            aliases=("S3 URI", "recording"),
            help=(
                "Where the new .wav file is: s3://bucket/key. Sent whenever it is filled, since no"
                " read tells which recording is there; blank: the recording stays."
            ),
            example="s3://recordings.example/waiting.wav",
        ),
    ),
    steps=(
        Step(
            operation="UpdatePrompt",
            subject=PROMPT,
            args={"PromptId": PROMPT, "Name": Col("new_name"), "Description": Col("description")},
            settle=Again(),
        ),
        Step(
            operation="UpdatePrompt",
            subject=PROMPT,
            when="audio",
            args={"PromptId": PROMPT, "S3Uri": Col("audio")},
            settle=Again(),
            irreversible=(
                "Amazon Connect does not tell which recording was there: keep the former file."
            ),
        ),
    ),
)
