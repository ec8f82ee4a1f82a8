"""What Connect asks of a user's login, password, names and phone (CreateUser's documentation)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bulkops.definition.job import Identity
from bulkops.sim.state.refusals import invalid, missing, refused

LOGIN = re.compile(r"[a-zA-Z0-9_\-.\\@]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SECOND_EMAIL = re.compile(r"(?=^.{0,265}$)[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}")
LOGIN_LENGTHS: Mapping[Identity, int] = {
    "CONNECT_MANAGED": 20,
    "EXISTING_DIRECTORY": 20,
    "SAML": 64,
}


def check_login(username: str, identity: Identity) -> None:
    """Refuse a login of a wrong length or alphabet, or with an @ outside an e-mail address."""
    longest = LOGIN_LENGTHS[identity]
    if len(username) > longest:
        raise invalid(f"Username must have at most {longest} characters on a {identity} instance.")
    if not LOGIN.fullmatch(username):
        raise invalid("Username may only contain letters, digits and the characters _ - . \\ @")
    if "@" in username and not EMAIL.fullmatch(username):
        raise invalid("Username may contain @ only as an e-mail address.")


def check_password(params: Mapping[str, Any], identity: Identity) -> None:
    """Refuse a missing password where Connect keeps it, and a given one where it doesn't."""
    if identity == "CONNECT_MANAGED" and "Password" not in params:
        raise missing("Password")
    if identity != "CONNECT_MANAGED" and "Password" in params:
        raise refused(f"Password is not allowed on a {identity} instance.")


def check_directory(params: Mapping[str, Any], identity: Identity) -> None:
    """Refuse a directory id where there is no directory."""
    if identity == "SAML" and "DirectoryUserId" in params:
        raise refused("DirectoryUserId is not allowed on a SAML instance.")


def check_identity_info(info: Mapping[str, Any], identity: Identity) -> None:
    """Refuse names that are missing or not in Unicode NFC, and e-mail addresses out of place."""
    for member in ("FirstName", "LastName"):
        name = info.get(member, "")
        if not name and identity != "EXISTING_DIRECTORY":
            raise missing(member)
        if unicodedata.normalize("NFC", name) != name:
            raise invalid(f"{member} must be in Unicode Normalization Form C.")
    if "Email" in info and identity == "SAML":
        raise refused("Email is not allowed on a SAML instance.")
    if "Email" in info and not EMAIL.fullmatch(info["Email"]):
        raise invalid("Email is not a valid e-mail address.")
    if "SecondaryEmail" in info and not SECOND_EMAIL.fullmatch(info["SecondaryEmail"]):
        raise invalid("SecondaryEmail is not a valid e-mail address.")


def phone_config(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a phone configuration as it is kept, or refuse a desk phone without a number."""
    if given["PhoneType"] == "DESK_PHONE" and not given.get("DeskPhoneNumber"):
        raise missing("DeskPhoneNumber")
    return {"AutoAccept": False, "AfterContactWorkTimeLimit": 0, **given}
