from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime

import anyio
import pytest

from bulkops.aws import credential_process
from bulkops.aws.client import AwsClient
from bulkops.aws.credential_process import ProcessFailure, check_printed
from bulkops.aws.credentials import SessionOptions, keys_of, open_session
from bulkops.aws.target_errors import ExpiredCredentialsError, NoCredentialsError
from bulkops.pacing.replies import FaultClass

SECRET = "wJalrXUtnFEMI-s3cr3t"
KEYS = {"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": SECRET}
PAST, FUTURE = "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"


def printed(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.mark.parametrize(
    "value",
    [KEYS, {**KEYS, "SessionToken": "t", "Expiration": FUTURE, "AccountId": "1", "Other": 5}],
)
def test_what_such_a_program_is_to_print_passes(value):
    check_printed(printed(value))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (b"", "is not JSON"),
        (f"junk {SECRET}".encode(), "is not JSON"),
        (b"\xff\xfe" + SECRET.encode(), "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        ([SECRET], "is no JSON object"),
        ({**KEYS, "Version": 2}, "does not say Version 1"),
        ({"Version": 1, "AccessKeyId": SECRET}, "has no text as SecretAccessKey"),
        ({**KEYS, "AccessKeyId": ""}, "has no text as AccessKeyId"),
        ({**KEYS, "SecretAccessKey": [SECRET]}, "has no text as SecretAccessKey"),
        ({**KEYS, "SessionToken": 5}, "has no text as SessionToken"),
        ({**KEYS, "Expiration": SECRET}, "the Expiration that it printed is no time"),
    ],
)
def test_anything_else_is_said_without_what_was_printed(value, says):
    with pytest.raises(ProcessFailure, match=says) as caught:
        check_printed(printed(value))
    assert SECRET not in str(caught.value)


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Make a Python program the default profile's credential process."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    def made(text, *, through=""):
        path = tmp_path / "program.py"
        path.write_text(text)
        process = f"credential_process = {sys.executable} {path}\n"
        role = "role_arn = arn:aws:iam::123456789012:role/bulk\nsource_profile = keys\n"
        config = (
            f"[default]\n{role}[profile keys]\n{process}" if through else f"[default]\n{process}"
        )
        (tmp_path / "config").write_text(config)

    return made


@pytest.mark.process
async def test_what_it_prints_is_what_is_signed_with(program):
    program(f"print('''{json.dumps(KEYS)}''')")
    assert await keys_of(await open_session(SessionOptions())) == ("AKID", SECRET, None)


@pytest.mark.process
@pytest.mark.parametrize("through", ["", "a role"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"print('{SECRET}')", "what it printed is not JSON"),
        (f"import sys; print('{SECRET}', file=sys.stderr); sys.exit(3)", "ended with exit code 3"),
        (f"while True: print('{SECRET}' * 1000)", "printed more than 1048576 octets"),
        (f"import sys\nwhile True: print('{SECRET}' * 999, file=sys.stderr)", "printed more than"),
    ],
)
async def test_a_program_that_prints_junk_is_told_of_without_it(program, text, says, through):
    program(text, through=through)
    with pytest.raises(NoCredentialsError, match=says) as caught:
        await keys_of(await open_session(SessionOptions()))
    assert SECRET not in str(caught.value)
    assert "by hand" in str(caught.value)


@pytest.mark.process
async def test_a_program_that_is_not_there_is_told_of(program, tmp_path):
    program("")
    (tmp_path / "config").write_text("[default]\ncredential_process = /no/such/program\n")
    with pytest.raises(NoCredentialsError, match="can't be started: No such file"):
        await open_session(SessionOptions())


def is_gone(path):
    try:
        os.kill(int(path.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


async def until(true):
    with anyio.fail_after(10):
        while not true():  # of another process: nothing here can be waited for
            await anyio.lowlevel.checkpoint()


SLEEPER = (
    "import os, pathlib, time\npathlib.Path({pid!r}).write_text(str(os.getpid()))\ntime.sleep(99)"
)


@pytest.mark.process
async def test_a_program_that_never_ends_is_ended(program, monkeypatch, tmp_path):
    monkeypatch.setattr(credential_process, "PROCESS_SECONDS", 1.0)
    program(SLEEPER.format(pid=str(tmp_path / "pid")))
    begun = time.monotonic()
    with pytest.raises(NoCredentialsError, match="did not end within 1 seconds"):
        await open_session(SessionOptions())
    assert time.monotonic() - begun < 30
    await until(lambda: is_gone(tmp_path / "pid"))


@pytest.mark.process
async def test_a_program_is_ended_with_whoever_waits_for_it(program, tmp_path):
    program(SLEEPER.format(pid=str(tmp_path / "pid")))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(open_session, SessionOptions())
        await until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        tasks.cancel_scope.cancel()
    await until(lambda: is_gone(tmp_path / "pid"))


@pytest.mark.process
async def test_a_child_of_the_program_that_holds_its_pipes_is_not_waited_for(program, monkeypatch):
    monkeypatch.setattr(credential_process, "PROCESS_SECONDS", 1.0)
    child = "[sys.executable, '-c', 'import time; time.sleep(5)']"
    program(f"import subprocess, sys; subprocess.Popen({child})")
    with pytest.raises(NoCredentialsError, match="did not end within 1 seconds"):
        await open_session(SessionOptions())


@pytest.mark.process
async def test_credentials_that_are_old_already_have_expired(program):
    program(f"print('''{json.dumps({**KEYS, 'Expiration': PAST})}''')")
    with pytest.raises(ExpiredCredentialsError, match="still expired"):
        await open_session(SessionOptions())


@pytest.mark.process
async def test_a_program_that_goes_wrong_in_mid_run_stops_it_and_no_row_fails(
    program, endpoint, tmp_path
):
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 610))
    keys = json.dumps({**KEYS, "Expiration": soon})
    program(f"print('''{keys}''')")
    asked = {"InstanceId": "i" * 36, "UserId": "u"}
    async with AwsClient(SessionOptions(endpoint_url=endpoint.url)) as client:
        (tmp_path / "program.py").write_text(f"print('{SECRET}')")
        session = client._session
        (await session.get_credentials())._expiry_time = datetime.now(UTC)
        fault = await client.call("connect", "DeleteUser", asked)
        (tmp_path / "program.py").write_text(f"print('''{keys.replace(soon, PAST)}''')")
        old = await client.call("connect", "DeleteUser", asked)
    assert (fault.code, fault.fault_class) == ("CredentialRetrievalError", FaultClass.FATAL)
    assert SECRET not in fault.message
    assert (old.code, old.fault_class) == ("ExpiredTokenException", FaultClass.FATAL)
    assert endpoint.requests == []
