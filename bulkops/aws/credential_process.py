"""The program that a profile names for its credentials: run for a while, and read up to a bound.

botocore waits for it without end, and takes what it prints for what it should be. Nothing that it
prints is shown: it is, or may be, secret.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import anyio

PROCESS_SECONDS = 60.0
"""How long such a program may take: long enough for a person to type a code, if it asks for one."""
END_SECONDS = 1.0
"""How long a program that was killed is waited for."""
MOST = 1 << 20
"""Octets that it may print; credentials have a few thousand."""
MEMBERS: Mapping[str, bool] = {
    "AccessKeyId": True,
    "SecretAccessKey": True,
    "SessionToken": False,
    "Expiration": False,
    "AccountId": False,
}
"""What it prints, and whether that must be there."""


class ProcessFailure(Exception):  # noqa: N818  # it stays here, and becomes botocore's own error
    """The program did not do what it is for; the message says how, without what it printed."""


class CredentialProcess:
    """One run of the program, as botocore uses a process: it is read to its end, and asked how."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.returncode: int | None = None

    async def communicate(self) -> tuple[bytes, bytes]:
        """Return what it printed, or raise botocore's CredentialRetrievalError."""
        try:
            printed = await self._printed()
            check_printed(printed)
        except ProcessFailure as failure:
            raise _retrieval_error(str(failure)) from None
        return printed, b""

    async def _printed(self) -> bytes:
        try:
            with anyio.fail_after(PROCESS_SECONDS):
                streams = self._process.stdout, self._process.stderr
                printed = await asyncio.gather(*map(self._read, streams))
                self.returncode = await self._process.wait()
        except TimeoutError:
            raise ProcessFailure(f"it did not end within {PROCESS_SECONDS:.0f} seconds") from None
        finally:
            await self._end()
        if max(map(len, printed)) > MOST:
            raise ProcessFailure(f"it printed more than {MOST} octets")
        if self.returncode:
            raise ProcessFailure(f"it ended with exit code {self.returncode}")
        return printed[0]

    async def _read(self, stream: asyncio.StreamReader | None) -> bytes:
        found = bytearray()
        while stream is not None and (block := await stream.read(MOST)):
            found += block
            if len(found) > MOST:
                self._kill()
                break
        return bytes(found)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            if self._process.returncode is None:
                self._process.kill()

    async def _end(self) -> None:
        """Kill the program where it still runs, and let go of it."""
        self._kill()
        with anyio.move_on_after(END_SECONDS, shield=True):
            await self._process.wait()
        # what it started itself may hold its pipes open for ever: nobody waits for that
        self._process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001  # no public way


async def start_process(*command: str, **pipes: Any) -> CredentialProcess:  # noqa: ANN401  # botocore's
    """Start the program, in place of asyncio.create_subprocess_exec."""
    try:
        return CredentialProcess(await asyncio.create_subprocess_exec(*command, **pipes))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is none"
        raise _retrieval_error(f"it can't be started: {reason}") from None


def check_printed(printed: bytes) -> None:
    """Raise ProcessFailure where what was printed is not what AWS's tools want."""
    try:
        given = json.loads(printed.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ProcessFailure("what it printed is not JSON") from None
    if not isinstance(given, dict):
        raise ProcessFailure("what it printed is no JSON object")
    if given.get("Version") != 1:
        raise ProcessFailure("what it printed does not say Version 1")
    for name, needed in MEMBERS.items():
        value = given.get(name)
        if not (isinstance(value, str) and value) and (needed or value is not None):
            raise ProcessFailure(f"what it printed has no text as {name}")
    _check_time(given.get("Expiration"))


def _check_time(expiration: str | None) -> None:
    from botocore.utils import parse_timestamp  # noqa: PLC0415  # 0.1 s that `--help` need not pay

    try:
        if expiration is not None:
            parse_timestamp(expiration)
    except (ValueError, OverflowError):
        raise ProcessFailure("the Expiration that it printed is no time") from None


def _retrieval_error(how: str) -> Exception:
    from botocore.exceptions import CredentialRetrievalError  # noqa: PLC0415  # as above

    advice = "Run the profile's credential_process by hand to see what it says"
    return CredentialRetrievalError(provider="credential_process", error_msg=f"{how}. {advice}.")


def bound_processes(session: Any) -> None:  # noqa: ANN401  # aiobotocore's session
    """Have every credential process of a session run within the bounds."""
    from aiobotocore.credentials import AioProcessProvider  # noqa: PLC0415  # 0.3 s, as above

    for provider in session.get_component("credential_provider").providers:
        if provider.METHOD == AioProcessProvider.METHOD:
            provider._popen = start_process  # noqa: SLF001  # its constructor's, which is not ours
        builder = getattr(provider, "_profile_provider_builder", None)
        if builder is not None:
            builder._create_process_provider = _process_provider_of(session)  # noqa: SLF001  # as above


def _process_provider_of(session: Any) -> Any:  # noqa: ANN401  # as above
    from aiobotocore.credentials import AioProcessProvider  # noqa: PLC0415  # as above

    def made(profile_name: str) -> AioProcessProvider:
        return AioProcessProvider(
            profile_name=profile_name,
            load_config=lambda: session.full_config,
            popen=start_process,
        )

    return made
