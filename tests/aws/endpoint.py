"""An HTTP endpoint on loopback, raw enough to cut connections where a test wants them cut."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def params(self) -> dict[str, Any]:
        """The JSON of the body."""
        return json.loads(self.body or b"{}")


CUT = b""
"""An answer that is none: the connection is closed in its place."""
SILENCE = None
"""An answer that never comes."""


def answer(body: object = None, *, status: int = 200, **headers: str) -> bytes:
    """Return an HTTP answer; a body that is no text goes as JSON. `_` in headers stands for `-`."""
    is_text = isinstance(body, str)
    content = (body if is_text else json.dumps(body if body is not None else {})).encode()
    lines = {
        "content-type": "application/json",
        "content-length": str(len(content)),
        "x-amzn-requestid": "request-1",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + content


def refusal(code: str, status: int, message: str = "No.", **members: object) -> bytes:
    """Return a refusal in the protocol of Amazon Connect."""
    return answer({"Message": message, **members}, status=status, x_amzn_errortype=code)


class Endpoint:
    """Answers each request with the next scripted answer, the last one again and again."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.script: list[bytes | Callable[[Request], bytes | None] | None] = [answer()]
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def answers(self, *script: bytes | Callable[[Request], bytes | None] | None) -> None:
        """Set what is answered to the requests to come."""
        self.script = list(script)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                while await self._exchange(reader, writer, number):
                    pass
        finally:
            writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {
            name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:-2])
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Request(method=method, path=path, headers=headers, body=body, connection=number)
        self.requests.append(request)
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if callable(said):
            said = said(request)
        if said is SILENCE:
            await asyncio.sleep(3600)
        writer.write(said or b"")
        await writer.drain()
        return bool(said)
