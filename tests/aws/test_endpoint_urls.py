from __future__ import annotations

import pytest

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions, open_session
from bulkops.aws.endpoint_urls import (
    ConfiguredEndpointError,
    GivenEndpointError,
    check_given,
    url_fault,
)
from bulkops.aws.target_errors import NoRegionError
from bulkops.errors import Exit, TargetError
from bulkops.pacing.replies import FaultClass

ASKED = {"InstanceId": "i" * 36, "UserId": "u"}
WRONG = [
    ("", "must be the http or https URL of a host"),
    ("localhost:8377", "must be the http or https URL of a host"),
    ("//x", "must be the http or https URL of a host"),
    ("http://ex!ample", "must be the http or https URL of a host"),
    ("http://user:Sesame@x:99999", "holds a user name"),
    ("notaurl", "must be the http or https URL of a host"),
    ("ftp://x", "must be the http or https URL of a host"),
    ("http://", "must be the http or https URL of a host"),
    ("http://:80", "must be the http or https URL of a host"),
    ("http://x:0", "must be the http or https URL of a host"),
    ("http://a b", "a character that a URL can't hold"),
    ("http://a\x1b[2J", "http://a\\u001b[2J"),
    ("http://x:99999", "Port out of range"),
    ("http://x:port", "which is no URL"),
    ("http://[::1", "which is no URL"),
    ("http://x?y=1", "must end before any ? or #"),
    ("http://x/#y", "must end before any ? or #"),
    ("http://user:Sesame@x", "holds a user name"),
]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "https://connect.example/",
        "http://[::1]:80/path",
        "HTTPS://Example",
        "http://local_stack:4566",
        "https://vpce-0a1b.connect.eu-central-1.vpce.amazonaws.com/",
    ],
)
def test_a_url_of_a_host_has_no_fault(url):
    assert url_fault(url) == ""


@pytest.mark.parametrize(("url", "says"), WRONG)
async def test_an_endpoint_that_is_none_is_refused_by_flag_and_by_environment(url, says):
    with pytest.raises(GivenEndpointError) as given:
        check_given(url)
    assert str(given.value).startswith("--endpoint-url ")
    assert says in str(given.value)
    assert given.value.exit is Exit.USAGE
    if not url:
        return  # an empty variable is as good as none
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CONNECT"):
        with pytest.raises(ConfiguredEndpointError) as found:
            await open_session(SessionOptions(), {name: url})
        assert str(found.value).startswith(f"{name} ")
        assert found.value.exit is Exit.REFUSED
        assert "Sesame" not in f"{given.value} {found.value}"


@pytest.mark.parametrize("given", ["abc", "0", "-1", "1.5"])
async def test_a_number_of_attempts_that_is_none_is_refused(given):
    with pytest.raises(TargetError, match=r"AWS_MAX_ATTEMPTS is .*whole number"):
        await open_session(SessionOptions(), {"AWS_MAX_ATTEMPTS": given})


@pytest.mark.parametrize("region", ["not a region", "us/../x", "x\x1b[2J"])
async def test_a_region_that_can_not_be_one_is_refused(region):
    with pytest.raises(NoRegionError, match="is not a Region") as caught:
        await open_session(SessionOptions(region=region))
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("[profile\n", "The AWS configuration can't be used. Unable to parse config file"),
        ("junk \x00", "Unable to parse config file"),
        ("[default]\ncredential_process = sh -c 'never closed\n", "a quote is not closed"),
        ("[default]\nrole_arn = 5\nsource_profile = default\n", "source_profile leads from"),
    ],
)
async def test_a_configuration_that_is_junk_is_told_of(config, says, monkeypatch, tmp_path):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    (tmp_path / "config").write_text(config)
    with pytest.raises(TargetError) as caught:
        await open_session(SessionOptions())
    assert says in str(caught.value)


async def test_a_credentials_file_that_is_junk_is_told_of_without_it(tmp_path):
    (tmp_path / "credentials").write_bytes(b"\x00\xff junk Sesame")
    with pytest.raises(TargetError, match="Unable to parse config file") as caught:
        await open_session(SessionOptions())
    assert "Sesame" not in str(caught.value)


async def test_a_profile_that_lets_no_client_be_made_is_fatal(tmp_path):
    (tmp_path / "config").write_text("[default]\nservices = x\n")
    async with AwsClient(SessionOptions()) as client:
        fault = await client.call("connect", "DeleteUser", ASKED)
    assert fault.fault_class is FaultClass.FATAL
    assert "services section" in fault.message


async def test_certificates_that_can_not_be_read_are_told_of(monkeypatch, tmp_path, endpoint):
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("junk")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))
    url = endpoint.url.replace("http:", "https:")
    async with AwsClient(SessionOptions(endpoint_url=url)) as client:
        assert await client.warm("connect", 1) == 0
        fault = await client.call("connect", "DeleteUser", ASKED)
    assert (fault.code, fault.fault_class) == ("CertificateError", FaultClass.FATAL)
    assert "AWS_CA_BUNDLE" in fault.message
