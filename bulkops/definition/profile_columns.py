"""What sheets about customer profiles have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg, Each
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find, Member

CUSTOMER = Find("customer-profile", Col("profile"))
SAID: Mapping[str, Arg] = {
    "AccountNumber": Col("account_number"),
    "FirstName": Col("first_name"),
    "MiddleName": Col("middle_name"),
    "LastName": Col("last_name"),
    "BusinessName": Col("business_name"),
    "PartyTypeString": Col("party_type"),
    "BirthDate": Col("birth_date"),
    "GenderString": Col("gender"),
    "PhoneNumber": Col("phone_number"),
    "MobilePhoneNumber": Col("mobile_phone_number"),
    "HomePhoneNumber": Col("home_phone_number"),
    "BusinessPhoneNumber": Col("business_phone_number"),
    "EmailAddress": Col("email_address"),
    "PersonalEmailAddress": Col("personal_email_address"),
    "BusinessEmailAddress": Col("business_email_address"),
    "Address": {
        "Address1": Col("address_1"),
        "Address2": Col("address_2"),
        "Address3": Col("address_3"),
        "Address4": Col("address_4"),
        "City": Col("city"),
        "County": Col("county"),
        "State": Col("state"),
        "Province": Col("province"),
        "Country": Col("country"),
        "PostalCode": Col("postal_code"),
    },
    "ShippingAddress": Col("shipping_address"),
    "MailingAddress": Col("mailing_address"),
    "BillingAddress": Col("billing_address"),
    "AdditionalInformation": Col("additional_information"),
    "Attributes": Col("attributes"),
}
"""What may be said of a customer, made or changed."""

PROFILE = Column(
    name="profile",
    required=True,
    aliases=("customer", "customer profile"),
    help=(
        "What the profile is found by: an account number, an e-mail address, a phone number from +"
        " on, or its id. Any other key is written before its value, as in _fullName=Ann Byrne."
    ),
    example="A-1001",
)


KEY = Column(
    name="key",
    required=True,
    aliases=("key name",),
    help="The name of a key of an object type, or one that every domain knows, such as _phone.",
    example="login",
)
VALUE = Column(
    name="value",
    required=True,
    aliases=("key value",),
    help="What the profile is found by under that key.",
    example="ann.b",
)
KEY_PLACE = Member("profile-key", of=CUSTOMER)
KEY_SAID: Mapping[str, Arg] = {
    "ProfileId": CUSTOMER,
    "KeyName": Col("key"),
    "Values": Each(Col("value")),
}
"""What tells a key of a profile."""


OBJECT_TYPE = Column(
    name="object_type",
    required=True,
    aliases=("type",),
    help="The name of the object's type.",
    example="Order",
)
OBJECT_ID = Column(
    name="object_id",
    required=True,
    aliases=("id",),
    help=(
        "What tells the object from others of its type: its value in the field of the type's"
        " unique key; of several fields the values with a space between them."
    ),
    example="O-2",
)
SORT = Find("profile-object-type", Col("object_type"))
OBJECT = Find("profile-object", Col("object_id"), within=CUSTOMER, sort=SORT)


def _addresses(of: str) -> str:
    return (
        f"The {of} address as JSON: Address1 to Address4, City, County, State, Province, Country,"
        " PostalCode."
    )


SAID_COLUMNS = (
    Column(
        name="account_number",
        aliases=("account", "account id"),
        help="The number of the customer's account.",
        example="A-1001",
    ),
    Column(name="first_name", aliases=("given name",), help="First name.", example="Ann"),
    Column(name="middle_name", help="Middle name.", example="Maria"),
    Column(
        name="last_name", aliases=("surname", "family name"), help="Last name.", example="Byrne"
    ),
    Column(
        name="business_name",
        aliases=("company",),
        help="The name of the customer's business.",
        example="Byrne & Sons",
    ),
    Column(
        name="party_type",
        help="What sort of customer it is, in words of your own.",
        example="INDIVIDUAL",
    ),
    Column(
        name="birth_date",
        aliases=("date of birth",),
        help="Date of birth, as text.",
        example="1980-02-29",
    ),
    Column(name="gender", help="Gender, in words of your own.", example="FEMALE"),
    Column(
        name="phone_number",
        aliases=("phone", "telephone"),
        help="The phone number, from + on where profiles are to be found by it.",
        example="+35315551001",
    ),
    Column(
        name="mobile_phone_number",
        aliases=("mobile", "mobile phone"),
        help="The mobile phone number.",
        example="+353861234567",
    ),
    Column(
        name="home_phone_number",
        aliases=("home phone",),
        help="The phone number at home.",
        example="+35315551002",
    ),
    Column(
        name="business_phone_number",
        aliases=("business phone", "work phone"),
        help="The phone number at work.",
        example="+35315551003",
    ),
    Column(
        name="email_address",
        aliases=("email", "e-mail"),
        help="The e-mail address.",
        example="ann@example.com",
    ),
    Column(
        name="personal_email_address",
        aliases=("personal email",),
        help="The private e-mail address.",
        example="ann.b@example.org",
    ),
    Column(
        name="business_email_address",
        aliases=("business email", "work email"),
        help="The e-mail address at work.",
        example="ann@byrne.example",
    ),
    Column(
        name="address_1",
        aliases=("address", "address1", "street"),
        help="The address, its first line.",
        example="1 Main Street",
    ),
    Column(name="address_2", aliases=("address2",), help="Its second line.", example="Flat 3"),
    Column(name="address_3", aliases=("address3",), help="Its third line.", example="Oak House"),
    Column(name="address_4", aliases=("address4",), help="Its fourth line.", example="Rear"),
    Column(name="city", aliases=("town",), help="City.", example="Dublin"),
    Column(name="county", help="County.", example="Dublin"),
    Column(name="state", help="State.", example="WA"),
    Column(name="province", help="Province.", example="Leinster"),
    Column(name="country", help="Country.", example="IE"),
    Column(
        name="postal_code",
        aliases=("postcode", "zip", "zip code"),
        help="Postal code.",
        example="D01 F5P2",
    ),
    Column(
        name="shipping_address",
        kind="json",
        help=_addresses("shipping"),
        example='{"City":"Cork"}',
    ),
    Column(
        name="mailing_address",
        kind="json",
        help=_addresses("mailing"),
        example='{"City":"Cork"}',
    ),
    Column(
        name="billing_address",
        kind="json",
        help=_addresses("billing"),
        example='{"City":"Cork"}',
    ),
    Column(
        name="additional_information",
        aliases=("notes",),
        help="Anything else that is to be known of the customer.",
        example="Calls in the mornings",
    ),
    Column(
        name="attributes",
        kind="map",
        split=";|",
        aliases=("custom attributes",),
        help="Attributes of your own as key=value, separated by semicolons; others stay.",
        example="tier=gold",
    ),
)
"""A column for each thing that may be said."""
