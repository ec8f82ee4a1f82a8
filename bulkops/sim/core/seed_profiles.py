"""The customers of the first world: their domain, what is kept of them, and who they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bulkops.sim.services.customer_profiles import profile_objects, profiles
from bulkops.sim.services.customer_profiles.profile_domains import (
    DOMAIN,
    OBJECT_TYPE,
    DomainView,
    type_id,
)
from bulkops.sim.state.world import WorldSession

FIELD = "Target"
TYPES: Mapping[str, Mapping[str, object]] = {
    "Order": {
        "Description": "What a customer has bought",
        "AllowProfileCreation": False,
        "Fields": {
            "orderId": {"Source": "_source.orderId", "ContentType": "STRING"},
            "account": {"Source": "_source.account", "ContentType": "STRING"},
            "total": {"Source": "_source.total", "ContentType": "NUMBER"},
        },
        "Keys": {
            "order": [{"StandardIdentifiers": ["UNIQUE", "ORDER"], "FieldNames": ["orderId"]}],
            "_account": [{"StandardIdentifiers": ["PROFILE"], "FieldNames": ["account"]}],
        },
    },
    "Subscriber": {
        "Description": "Who has subscribed",
        "AllowProfileCreation": True,
        "Fields": {
            "loginName": {"Source": "_source.loginName", "ContentType": "STRING"},
            "email": {
                "Source": "_source.email",
                FIELD: "_profile.EmailAddress",
                "ContentType": "EMAIL_ADDRESS",
            },
            "firstName": {
                "Source": "_source.firstName",
                FIELD: "_profile.FirstName",
                "ContentType": "NAME",
            },
        },
        "Keys": {
            "login": [{"StandardIdentifiers": ["UNIQUE", "PROFILE"], "FieldNames": ["loginName"]}],
            "_email": [{"StandardIdentifiers": ["PROFILE", "SECONDARY"], "FieldNames": ["email"]}],
        },
    },
}
PEOPLE: Sequence[tuple[str, str]] = (
    *(("Ann", "Byrne"), ("Brian", "Kelly"), ("Carla", "Mendes"), ("Dmitri", "Volkov")),
    *(("Eva", "Nowak"), ("Finn", "Walsh"), ("Grace", "Okafor"), ("Hugo", "Costa")),
    *(("Ines", "Ferreira"), ("Jonas", "Weber"), ("Kim", "Larsen"), ("Luca", "Rossi")),
    *(("Maeve", "Doyle"), ("Nils", "Berg"), ("Olga", "Petrova"), ("Paulo", "Santos")),
    *(("Quinn", "Daly"), ("Rosa", "Marin"), ("Sean", "Nolan"), ("Tara", "Quigley")),
    *(("Umar", "Khan"), ("Vera", "Klein"), ("Will", "Hayes"), ("Xenia", "Pappas")),
    *(("Yann", "Morel"), ("Zofia", "Wolska"), ("Aoife", "Burke"), ("Bruno", "Alves")),
    *(("Clara", "Vogel"), ("Dara", "Flynn")),
)
TWINS = "family@example.com"
"""An address that two of them share: it means neither."""
FIRST_ACCOUNT = 1001


def plant_profiles(session: WorldSession) -> None:
    """Make a domain with its object types and thirty profiles, one of them with a key added."""
    name = f"amazon-connect-{session.instance.alias}"
    session.put_named(DOMAIN, name, {"DefaultExpirationDays": 366})
    for type_name, members in TYPES.items():
        kept = {"Domain": name, "TypeName": type_name, **members}
        session.put_named(OBJECT_TYPE, type_id(name, type_name), kept)
    view = DomainView(name=name, session=session)
    for number, (first, last) in enumerate(PEOPLE):
        mail = TWINS if number in (1, 2) else f"{first}.{last}@example.com".lower()
        members = {
            "AccountNumber": f"A-{FIRST_ACCOUNT + number}",
            "FirstName": first,
            "LastName": last,
            "EmailAddress": mail,
            "PhoneNumber": f"+3531555{FIRST_ACCOUNT + number}",
            "Address": {"Address1": f"{number + 1} Main Street", "City": "Dublin", "Country": "IE"},
        }
        if number == 0:
            profiles.made(view, {**members, "Attributes": {"tier": "gold"}})
        else:
            profiles.made(view, members)


def plant_profile_keys(session: WorldSession) -> None:
    """Make an order of the first customer, and a login by which she is found."""
    view = DomainView(name=f"amazon-connect-{session.instance.alias}", session=session)
    first = next(iter(view.true("customer-profile")))
    key = {"ProfileId": first["Id"], "KeyName": "login", "Values": ["ann.b"]}
    profiles.add_key(view, key)
    order = json.dumps({"orderId": "O-1", "account": f"A-{FIRST_ACCOUNT}", "total": 40})
    profile_objects.put(view, {"ObjectTypeName": "Order", "Object": order})
