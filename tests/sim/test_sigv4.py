from __future__ import annotations

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.http.auth import Authenticator, Key
from bulkops.sim.http.json_protocols import HttpRequest
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.sessions import RoleSessions

WORLD = new_world(SimConfig(instances=(InstanceConfig(), InstanceConfig(region="eu-west-1"))))
KEYS = {"test": Key(secret="test"), "other": Key(secret="o", account="999999999999")}
SESSIONS = RoleSessions()
LENIENT, STRICT = (Authenticator(WORLD, KEYS, SESSIONS, strict=strict) for strict in (False, True))


def signed(path="/instance", query="", body=b"", credentials="test/test", scope=None):
    """Return a request as botocore signs it, and the POSIX time of its signature."""
    service, region = scope or ("connect", "us-east-1")
    key, secret = credentials.split("/")
    url = f"http://localhost:8080{path}" + (f"?{query}" if query else "")
    request = AWSRequest(method="POST", url=url, data=body, headers={"X-Odd": " a   b "})
    SigV4Auth(Credentials(key, secret), service, region).add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers["host"] = "localhost:8080"
    stamp = datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    given_request = HttpRequest(method="POST", path=path, query=query, headers=headers, body=body)
    return given_request, stamp.timestamp()


def with_keys(session, token):
    """Return a request signed with a role's temporary keys."""
    url = "http://localhost:8080/instance"
    request = AWSRequest(method="POST", url=url)
    keys = Credentials(session.access_key, session.secret, token)
    SigV4Auth(keys, "connect", "us-east-1").add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    stamp = datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    headers["host"] = "localhost:8080"
    asked = HttpRequest(method="POST", path="/instance", query="", headers=headers, body=b"")
    return asked, stamp.timestamp()


def test_temporary_keys_are_let_in_as_their_role_until_they_expire():
    session = SESSIONS.begin("arn:aws:iam::999999999999:role/x/bulk", "me", 9e9)
    caller = STRICT.admit(*with_keys(session, session.token)).caller
    assert (caller.account, caller.arn) == (
        "999999999999",
        "arn:aws:sts::999999999999:assumed-role/bulk/me",
    )
    assert refusal(*with_keys(session, None)) == "UnrecognizedClientException"
    assert refusal(*with_keys(session, "other")) == "UnrecognizedClientException"
    over = SESSIONS.begin("arn:aws:iam::999999999999:role/x/bulk", "me", 0.0)
    assert refusal(*with_keys(over, over.token)) == "ExpiredTokenException"


def test_temporary_keys_that_nobody_gave_out_are_refused():
    request, now = signed(credentials="ASIANOBODYSKEY/secret")
    assert refusal(request, now) == "UnrecognizedClientException"


def changed(request, **changes):
    names = ("method", "path", "query", "headers", "body")
    return HttpRequest(**{name: changes.get(name, getattr(request, name)) for name in names})


def refusal(request, now, gate=LENIENT):
    with pytest.raises(ServiceError) as caught:
        gate.admit(request, now)
    return caught.value.code


def test_a_request_that_botocore_signed_is_let_in():
    request, now = signed(
        path="/tags/arn%3Aaws%2Fx", query="tagKeys=a%20b&tagKeys=%C3%BC", body=b"x"
    )
    visitor = STRICT.admit(request, now)
    assert (visitor.service, visitor.caller.account, visitor.access_key) == (
        "connect",
        "123456789012",
        "test",
    )


@given(
    path=st.text("abc%20/~-._", max_size=10).map(lambda text: "/x" + text.replace("%", "%25")),
    body=st.binary(max_size=50),
)
def test_any_path_and_body_that_botocore_signed_is_let_in(path, body):
    path = path.replace("//", "/")
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    request, now = signed(path="/" + "/".join(parts), body=body)
    assert STRICT.admit(request, now).service == "connect"


def test_anything_changed_after_signing_is_refused():
    request, now = signed(query="a=1", body=b"body")
    for changes in (
        {"method": "GET"},
        {"path": "/instances"},
        {"query": "a=2"},
        {"body": b"other"},
        {"headers": {**request.headers, "x-odd": "c"}},
        {"headers": {**request.headers, "x-amz-content-sha256": "0" * 64}},
    ):
        assert refusal(changed(request, **changes), now) == "InvalidSignatureException"
    wrong, now = signed(credentials="test/wrong")
    assert refusal(wrong, now) == "InvalidSignatureException"


def test_a_key_that_is_not_known_passes_unless_the_gate_is_strict():
    request, now = signed(credentials="AKIAUNKNOWN/whatever")
    assert LENIENT.admit(request, now).access_key == "AKIAUNKNOWN"
    assert refusal(request, now, STRICT) == "UnrecognizedClientException"


def test_a_key_can_belong_to_another_account():
    request, now = signed(credentials="other/o")
    assert STRICT.admit(request, now).caller.account == "999999999999"


def test_a_clock_that_is_five_minutes_off_is_refused():
    request, now = signed()
    for seconds in (-300.0, 300.0):
        assert LENIENT.admit(request, now + seconds).service == "connect"
    for seconds in (-301.0, 301.0):
        assert refusal(request, now + seconds) == "InvalidSignatureException"


@pytest.mark.parametrize(
    ("scope", "answer"),
    [
        (("connect", "eu-west-1"), "connect"),
        (("connect", "eu-west-2"), "InvalidSignatureException"),
        (("s3", "us-east-1"), "InvalidSignatureException"),
        (("sts", "us-east-1"), "sts"),
        (("servicequotas", "eu-west-1"), "service-quotas"),
    ],
)
def test_the_scope_must_name_a_service_and_region_that_are_there(scope, answer):
    request, now = signed(scope=scope)
    if answer.endswith("Exception"):
        assert refusal(request, now) == answer
    else:
        assert LENIENT.admit(request, now).service == answer


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"authorization": None}, "MissingAuthenticationTokenException"),
        ({"authorization": "Basic dGVzdDp0ZXN0"}, "IncompleteSignatureException"),
        ({"x-amz-date": None}, "IncompleteSignatureException"),
        ({"x-amz-date": "yesterday"}, "IncompleteSignatureException"),
        ({"x-amz-date": "20200101T000000Z"}, "InvalidSignatureException"),
    ],
)
def test_headers_that_are_missing_or_malformed_are_refused(headers, code):
    request, now = signed()
    merged = {**request.headers, **headers}
    given_headers = {name: value for name, value in merged.items() if value is not None}
    assert refusal(changed(request, headers=given_headers), now) == code


def test_a_secret_is_not_shown():
    assert repr(KEYS["other"]) == "Key(account='999999999999')"
