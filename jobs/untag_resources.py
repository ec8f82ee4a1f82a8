"""Take tags off things of any kind that bears them."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Entries, Job, Keys, Step
from bulkops.definition.tag_columns import NAME, RESOURCE_TYPE, TAGGED

JOB = Job(
    name="untag-resources",
    summary="Take tags off users, queues, flows and other things; an undo puts them back.",
    key=("resource_type", "name"),
    columns=(
        RESOURCE_TYPE,
        NAME,
        Column(
            name="tag_keys",
            split=";|",
            required=True,
            aliases=("tags", "keys"),
            help="The keys of the tags to take off, separated by ; or |; others stay.",
            example="site;owner",
        ),
    ),
    steps=tuple(
        Step(
            operation="UntagResource",
            subject=thing,
            only_if=("resource_type", kind),
            args={"resourceArn": thing, "tagKeys": Keys(Entries("Tags", Col("tag_keys")))},
            settle=Again(),
            undo=Step(
                operation="TagResource",
                subject=thing,
                args={"resourceArn": thing, "tags": Entries("Tags", Col("tag_keys"))},
                settle=Again(),
            ),
        )
        for kind, thing in TAGGED.items()
    ),
)
