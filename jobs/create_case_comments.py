"""Comment on cases, a comment a row; one that a case has already is not made again."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.case_columns import CASE, CASE_COLUMN, COMMENT

JOB = Job(
    name="create-case-comments",
    summary="Add comments to cases, a row each; a case that has the same one gets no second.",
    service="connectcases",
    key=("case", "comment"),
    columns=(
        CASE_COLUMN,
        Column(
            name="comment",
            required=True,
            aliases=("body", "note", "text"),
            help="What agents read, on one line of up to 15,000 characters.",
            example="Called back, and nobody answered",
        ),
    ),
    steps=(
        Step(
            operation="CreateRelatedItem",
            subject=COMMENT,
            args={
                "caseId": CASE,
                "type": "Comment",
                "content": {"comment": {"body": Col("comment"), "contentType": "Text/Plain"}},
            },
            save={"comment_id": "relatedItemId", "comment_arn": "relatedItemArn"},
            settle=Look(),
            undo=Step(
                operation="DeleteRelatedItem",
                subject=COMMENT,
                args={"caseId": CASE, "relatedItemId": Saved("comment_id")},
                settle=Again(),
            ),
        ),
    ),
)
