"""Set attributes of contacts, going on or ended."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Job, Step

JOB = Job(
    name="update-contact-attributes",
    summary="Add attributes to contacts or change them, whether they go on or have ended.",
    key=("contact_id",),
    columns=(
        Column(
            name="contact_id",
            required=True,
            aliases=("contact", "contactid", "initial contact id"),
            help="The id of the contact; of one that was transferred, of its first.",
            example="5f0c1d1e-1111-4a6b-8a01-000000000001",
        ),
        Column(
            name="attributes",
            kind="map",
            required=True,
            aliases=("contact attributes",),
            help="The attributes to set as key=value, separated by ;, or as JSON; others stay.",
            example="review=legal; customer_tier=gold",
        ),
    ),
    steps=(
        Step(
            operation="UpdateContactAttributes",
            args={"InitialContactId": Col("contact_id"), "Attributes": Col("attributes")},
            settle=Again(),
            irreversible=(
                "The attributes that a contact had are not read before, and none can be taken away."
            ),
        ),
    ),
)
