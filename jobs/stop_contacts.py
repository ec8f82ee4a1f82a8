"""End contacts: calls that go on, queued callbacks, chats and tasks."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Step

JOB = Job(
    name="stop-contacts",
    summary="End contacts that go on: queued callbacks, chats, tasks, calls. Customers notice.",
    key=("contact_id",),
    columns=(
        Column(
            name="contact_id",
            required=True,
            aliases=("contact", "contactid"),
            help="The id of the contact, as contact search and reports show it.",
            example="5f0c1d1e-1111-4a6b-8a01-000000000001",
        ),
    ),
    steps=(
        Step(
            operation="StopContact",
            args={"ContactId": Col("contact_id")},
            settle=Again(),
            irreversible="A contact that has ended is not taken up again.",
        ),
    ),
)
