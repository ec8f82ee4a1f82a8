"""A real event loop and an AWS environment of the tests' own."""

from __future__ import annotations

import pytest

from tests.aws.endpoint import Endpoint


@pytest.fixture
def anyio_backend():
    """Real sockets need real time."""
    return "asyncio"


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """No test sees the machine's own AWS configuration."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")  # else asking for a role again takes seconds
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDFROMENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "eu-west-2")


@pytest.fixture
async def endpoint():
    """An HTTP endpoint on loopback that answers as a test scripts it."""
    async with Endpoint() as listening:
        yield listening
