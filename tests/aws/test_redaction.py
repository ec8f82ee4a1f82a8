from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.aws.redaction import MOST, WINDOW, Cleaner, cleaned, secrets_in
from bulkops.pacing.replies import Fault, FaultClass, Reply

USER = {
    "InstanceId": "i",
    "Username": "ada",
    "Password": "Sesame-open-1",
    "IdentityInfo": {"FirstName": "Ada", "Email": "ada@example.com"},
    "Tags": {"team": "Sesame"},
    "SecurityProfileIds": ["a", "b"],
    "Unknown": {"Password": "x"},
}


def test_the_secrets_of_a_request_are_those_of_the_model():
    assert secrets_in("connect", "CreateUser", USER) == {"Sesame-open-1"}


def test_a_secret_of_a_wrong_form_is_still_one():
    password = {"plain": "Sesame-open-1", "old": ["Sesame-open-0", 7]}
    assert secrets_in("connect", "CreateUser", {"Password": password}) == {
        "Sesame-open-1",
        "Sesame-open-0",
        "7",
    }
    assert secrets_in("connect", "CreateUser", {"Password": 12345678}) == {"12345678"}
    assert "c2VjcmV0" in secrets_in("connect", "CreateUser", {"Password": b"secret"})


def test_an_operation_without_secrets_has_none():
    assert secrets_in("connect", "DeleteUser", {"InstanceId": "i", "UserId": "u"}) == frozenset()
    assert secrets_in("sts", "GetCallerIdentity", {}) == frozenset()
    assert secrets_in("connect", "FlyAway", {"Password": "Sesame-open-1"}) == frozenset()


def said(text, *secrets, most=MOST):
    return Cleaner(secrets).text(text, most)


def test_a_short_secret_is_masked_as_a_whole_word_only():
    assert said("in the inn: in, 'in'", "in") == "*** the inn: ***, '***'"
    assert said("YWJj is not xYWJj", "abc") == "*** is not xYWJj"


def test_nothing_secret_leaves_everything_as_it_is():
    assert Cleaner(()).value({"a": [1, "b", None, True]}) == {"a": [1, "b", None, True]}


def test_a_secret_is_found_in_every_part_of_a_value():
    value = {"a": [1, None, "pass-1234"], "pass-1234": {"b": b"pass-1234"}, "n": 12345678}
    assert Cleaner({"pass-1234", "12345678"}).value(value) == {
        "a": [1, None, "***"],
        "***": {"b": "***"},
        "n": "***",
    }


def test_what_a_terminal_would_obey_is_spelt_out_and_lines_become_one():
    assert said("\x1b[2J one\n\ttwo\u202e") == "\\u001b[2J one two\\u202e"


def test_every_text_of_a_fault_is_cleaned():
    hostile = "Sesame-open-1\x1b[2J"
    fault = Fault(
        fault_class=FaultClass.REJECTED,
        code=hostile,
        message=hostile,
        request_id=hostile,
        details={"problems": [{hostile: hostile}]},
    )
    clean = "***\\u001b[2J"
    assert cleaned(fault, {"Sesame-open-1"}) == Fault(
        fault_class=FaultClass.REJECTED,
        code=clean,
        message=clean,
        request_id=clean,
        details={"problems": [{clean: clean}]},
    )


def test_the_request_id_of_a_success_is_cleaned_and_the_rest_is_the_services_own():
    reply = Reply(data={"UserId": "u"}, request_id="Sesame-open-1")
    assert cleaned(reply, {"Sesame-open-1"}).request_id == "***"
    assert cleaned(reply, ()) is reply
    assert cleaned(Reply(data={}, request_id="a\x1b[2J"), ()).request_id == "a\\u001b[2J"


def test_a_text_is_cut_after_it_was_masked_and_details_have_an_end():
    assert said("x" * 5000) == "x" * MOST + "…"
    assert said("x" * 5000, most=5) == "xxxxx…"
    assert len(Cleaner(()).value({"many": list(range(1000))})["many"]) == 100


def in_json(secret):
    return json.dumps(secret)[1:-1]


def cased(encode, change):
    """Change the case of the escapes of an encoding, and of nothing else."""

    def encoded(secret):
        return "".join(change(encode(each)) if encode(each) != each else each for each in secret)

    return encoded


def entities(form):
    return lambda secret: "".join(form.format(ord(each)) for each in secret)


def within(encode):
    """Encode a longer text with the secret in it: `before` shifts it by 0, 1 or 2 octets."""

    def encoded(secret, before):
        whole = f"{before}{secret} and more".encode()
        return encode(whole).decode()

    return encoded


ENCODINGS = {
    "as it is": str,
    "upper case": lambda secret: secret.upper() if secret.upper().lower() == secret else secret,
    "repr": lambda secret: repr(secret)[1:-1],
    "ascii": lambda secret: ascii(secret)[1:-1],
    "repr of bytes": lambda secret: repr(secret.encode())[2:-1],
    "JSON": in_json,
    "JSON, not ASCII": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "JSON in JSON": lambda secret: in_json(in_json(secret)),
    "JSON in repr in JSON": lambda secret: in_json(repr(in_json(secret))),
    "JSON, all escaped": lambda secret: "".join(
        "".join(f"\\u{unit}" for unit in units(each)) for each in secret
    ),
    "JSON, upper case": lambda secret: "".join(
        "".join(f"\\u{unit.upper()}" for unit in units(each)) for each in secret
    ),
    "URL": lambda secret: quote(secret, safe=""),
    "URL, lower case": cased(lambda each: quote(each, safe=""), str.lower),
    "URL, all": lambda secret: "".join(f"%{octet:02x}" for octet in secret.encode()),
    "URL, plus": quote_plus,
    "URL, twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "HTML": html.escape,
    "HTML, twice": lambda secret: html.escape(html.escape(secret)),
    "HTML, decimal": entities("&#{};"),
    "HTML, padded": entities("&#{:05d};"),
    "HTML, hex": entities("&#x{:x};"),
    "HTML, HEX": entities("&#X{:04X};"),
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "base64, URL-safe": lambda secret: urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    "base64 in URL": lambda secret: quote(b64encode(secret.encode()).decode(), safe=""),
    **{
        f"base64 within, {len(before)} before": (
            lambda secret, before=before: within(b64encode)(secret, before)
        )
        for before in ("", "a", "ab", "{'Password': '")
    },
    **{
        f"base64 URL-safe within, {len(before)} before": (
            lambda secret, before=before: within(urlsafe_b64encode)(secret, before)
        )
        for before in ("", "a", "ab")
    },
    "base64 of JSON": lambda secret: b64encode(json.dumps({"p": secret}).encode()).decode(),
}


def units(character):
    octets = character.encode("utf-16-be").hex()
    return [octets[at : at + 4] for at in range(0, len(octets), 4)]


SECRETS = st.text(
    st.characters(min_codepoint=33, max_codepoint=126)
    | st.sampled_from("\\\"'&<>+/%= ñß\u00e9\u0301ж漢😀"),
    min_size=8,
    max_size=40,
).filter(lambda secret: len(set(secret)) > 4)
"""Passwords: mostly ASCII, with what encodings treat in ways of their own."""


def remains(secret, encode, text):
    """Tell whether a part of an encoded secret that says something of it is left in a text."""
    encoded = " ".join(encode(secret).split())
    return any(encoded[at : at + 8] in text for at in range(len(encoded) - 7))


@pytest.mark.parametrize("name", ENCODINGS)
@settings(deadline=None, max_examples=30)
@given(secret=SECRETS, near=st.integers(-60, 60), far=st.booleans())
def test_no_spelling_of_a_secret_is_left_nor_a_part_of_one_at_a_cut(name, secret, near, far):
    encode = ENCODINGS[name]
    window = WINDOW + Cleaner({secret})._longest
    place = max(0, (window if far else MOST) + near)
    filling = (" " if far else "~") * place  # blanks go, so that what is far comes near
    text = said(f"{filling}({encode(secret)})", secret)
    assert not remains(secret, encode, text), (secret, text[-100:])


@pytest.mark.parametrize("name", ENCODINGS)
@settings(deadline=None, max_examples=50)
@given(secret=SECRETS, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_secret_is_found_among_any_text(name, secret, before, after):
    text = said(f"{before}({ENCODINGS[name](secret)}){after}", secret)
    assert "***" in text
    assert not remains(secret, ENCODINGS[name], text.replace(f"{before}(", ""))


@given(secret=st.text(min_size=8, max_size=64), before=st.text(), after=st.text())
def test_no_secret_of_a_passwords_length_survives(secret, before, after):
    assert secret not in Cleaner({secret})._masked(f"{before}{secret}{after}")


def test_the_sixteen_letters_that_a_cut_once_left_are_not_left():
    secret = "Sesame-open-1&2xy"
    for offset in range(MOST - 20, MOST + 20):
        text = said("x" * offset + secret, secret)
        assert not any(secret[at : at + 4] in text for at in range(len(secret) - 3)), offset


def test_the_values_of_a_sensitive_map_are_kept_out_of_what_is_said():
    variables = {"DB_PASSWORD": "hunter2-Zinnia", "MODE": "quiet"}
    params = {"FunctionName": "f", "Environment": {"Variables": variables}}
    secrets = secrets_in("lambda", "UpdateFunctionConfiguration", params)
    assert secrets == {"hunter2-Zinnia", "quiet"}
    message = "DB_PASSWORD: hunter2-Zinnia is too long"
    shown = cleaned(
        Fault(fault_class=FaultClass.REJECTED, code="X", message=message), secrets
    ).message
    assert "hunter2" not in shown


def test_a_name_that_is_no_secret_is_not_masked():
    params = {"UserPoolId": "p", "Username": "ada", "TemporaryPassword": "Sesame-open-1"}
    assert secrets_in("cognito-idp", "AdminCreateUser", params) == {"Sesame-open-1"}
