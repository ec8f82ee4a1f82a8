"""Give tags to things of any kind that bears them, or other values to the tags they have."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Keys, Step
from bulkops.definition.tag_columns import NAME, RESOURCE_TYPE, TAGGED

JOB = Job(
    name="tag-resources",
    summary="Add tags to users, queues, flows and other things, or change their values.",
    key=("resource_type", "name"),
    columns=(
        RESOURCE_TYPE,
        NAME,
        Column(
            name="tags",
            kind="tags",
            split=";|",
            required=True,
            help="Tags to add or change as key=value, separated by ; or |; other tags stay.",
            example="team=support;site=Dublin",
        ),
    ),
    steps=tuple(
        Step(
            operation="TagResource",
            subject=thing,
            only_if=("resource_type", kind),
            args={"resourceArn": thing, "tags": Col("tags")},
            settle=Again(),
            undo=Step(
                operation="UntagResource",
                subject=thing,
                args={"resourceArn": thing, "tagKeys": Keys(Col("tags"))},
                settle=Again(),
            ),
        )
        for kind, thing in TAGGED.items()
    ),
)
