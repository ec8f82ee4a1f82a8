from __future__ import annotations

import pytest

from bulkops.targets.address_checks import endpoint_fault, region_fault
from bulkops.targets.config import ConfigurationError, named_targets


@pytest.mark.parametrize(
    "url",
    [
        "https://connect.eu-central-1.amazonaws.com",
        "http://127.0.0.1:8377",
        "http://[::1]:8377/path",
        "https://vpce-0a1b.connect.eu-central-1.vpce.amazonaws.com/",
        "HTTPS://localhost",
        "http://local_stack:4566",
    ],
)
def test_an_endpoint_is_a_url_of_http(url):
    assert not endpoint_fault(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "notaurl",
        "localhost:8377",
        "//x",
        "http://",
        "https://:80",
        "http://exa mple",
        "http://x:y",
    ],
)
def test_what_is_no_endpoint_is_named(url):
    assert endpoint_fault(url) == f'"{url}" is not a URL such as https://localhost:8377'


@pytest.mark.parametrize("port", ["80", "99999"])
def test_the_password_in_a_url_is_not_repeated(port):
    said = endpoint_fault(f"http://user:Sesame@localhost:{port}")
    assert "has no user name" in said
    assert "Sesame" not in said


def test_regions_are_told_from_what_is_none():
    for name in ("eu-central-1", "us-gov-west-1", "local"):
        assert not region_fault(name)
    for name in ("", "eu west", "12345", "-x", "x-", "a/b", "x" * 64):
        assert region_fault(name)


@pytest.mark.parametrize("setting", ['endpoint_url = "notaurl"', 'region = "eu west"'])
def test_the_configuration_is_held_to_the_same(tmp_path, setting):
    path = tmp_path / "bulkops.toml"
    path.write_text(f"[targets.emea]\n{setting}\n")
    with pytest.raises(ConfigurationError, match=r"of \[targets.emea\]: .* is not a"):
        named_targets(path)
