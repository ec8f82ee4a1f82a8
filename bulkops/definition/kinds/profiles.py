"""Customers, as Customer Profiles keeps them."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.sought import Sought
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.patterns import TextPattern

_SOUGHT = Sought(
    key="KeyName",
    values="Values",
    forms=(
        (TextPattern(r"^[a-f0-9]{32}\Z"), "_profileId"),
        (TextPattern(r"^[^@ ]+@[^@ ]+\Z"), "_email"),
        (TextPattern(r"^\+[0-9]+\Z"), "_phone"),
    ),
    otherwise="_account",
    borne={
        "_account": ("AccountNumber",),
        "_email": ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress"),
        "_phone": (
            *("PhoneNumber", "MobilePhoneNumber"),
            *("HomePhoneNumber", "BusinessPhoneNumber"),
        ),
    },
)
PROFILES = (
    ThingKind(  # nothing lists them: a search shows those of one key, and trails behind
        name="customer-profile",
        noun="customer profile",
        service="customer-profiles",
        listing=Listing(
            operation="SearchProfiles", items="Items", id="ProfileId", name="AccountNumber", arn=""
        ),
        describe=Reading(
            operation="BatchGetProfile", id_argument="ProfileIds", item="Profiles", several=True
        ),
        sought=_SOUGHT,
    ),
    ThingKind(
        name="profile-object-type",
        noun="object type",
        is_sort=True,
        service="customer-profiles",
        listing=Listing(
            operation="ListProfileObjectTypes",
            items="Items",
            id="ObjectTypeName",
            name="ObjectTypeName",
            arn="",
        ),
        describe=Reading(operation="GetProfileObjectType", id_argument="ObjectTypeName", item=""),
    ),
    ThingKind(  # its name is the value of its type's unique key; its id the service makes of that
        name="profile-object",
        noun="object of a customer profile",
        service="customer-profiles",
        within="customer-profile",
        within_argument="ProfileId",
        sorted_by="profile-object-type",
        sort_argument="ObjectTypeName",
        content="Object",
        owner_sought=_SOUGHT,
        listing=Listing(
            operation="ListProfileObjects",
            items="Items",
            id="ProfileObjectUniqueKey",
            name="ObjectTypeName",
            arn="",
        ),
    ),
)
