"""Delete prompts that no flow plays."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step

PROMPT = Find("prompt", Col("prompt"))

JOB = Job(
    name="delete-prompts",
    summary="Delete prompts that no flow plays any more. Their recordings are gone with them.",
    key=("prompt",),
    columns=(
        Column(
            name="prompt",
            required=True,
            aliases=("prompt name",),
            help="The name of the prompt to delete.",
            example="Hold.wav",
        ),
    ),
    steps=(
        Step(
            operation="DeletePrompt",
            subject=PROMPT,
            args={"PromptId": PROMPT},
            settle=Look(),
            irreversible=(
                "Amazon Connect keeps no recording of a deleted prompt. A new one of the same name"
                " gets another id."
            ),
        ),
    ),
)
