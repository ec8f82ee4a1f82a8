"""The client: one request, one outcome; every exception of AWS's libraries ends here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, cast

import anyio

from bulkops import __version__
from bulkops.aws.answer_checks import ForeignAnswerError
from bulkops.aws.argument_faults import argument_sentences
from bulkops.aws.credentials import (
    UNFORESEEN,
    Session,
    SessionOptions,
    keys_of,
    open_session,
)
from bulkops.aws.faults import failed, reply_of
from bulkops.aws.file_uploads import plain_headers, secrets_of, upload_fault, upload_outcome
from bulkops.aws.redaction import cleaned, secrets_in
from bulkops.aws.sdk_logs import unlogged, withhold
from bulkops.aws.target_errors import is_aws
from bulkops.errors import TargetError
from bulkops.pacing.error_codes import FOREIGN_ANSWER, CodeGroup, group_of
from bulkops.pacing.replies import Fault, FaultClass, Outcome

if TYPE_CHECKING:
    from bulkops.aws.http_session import OneShotSession
    from bulkops.aws.wire_answers import WireAnswer

CONNECT_SECONDS, READ_SECONDS = 10, 60
CONNECTIONS = 1000
"""More than lanes ever have in flight: a request never waits for a connection to come free."""


class AwsClient:
    """The door to the services of one account and Region; an async context manager.

    Each call makes one attempt. Only a call refused because its credentials had expired goes out
    again, once, where asking for credentials anew brings other ones: what was refused did not act.
    """

    def __init__(
        self,
        access: SessionOptions,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._access = access
        self._seconds = connect_seconds, read_seconds
        self._clients: dict[str, Any] = {}
        self._wires: dict[str, OneShotSession] = {}
        self._making = anyio.Lock()
        self._renewing = anyio.Lock()
        self._open = AsyncExitStack()

    def __repr__(self) -> str:
        return f"<AwsClient {', '.join(sorted(self._clients)) or 'no service yet'}>"

    async def __aenter__(self) -> Self:
        """Find credentials and Region; raises TargetError where there are none."""
        self._session = await open_session(self._access)
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Close every connection."""
        await self._open.aclose()

    @property
    def region(self) -> str:
        """The Region that is called."""
        return str(self._session.region_name)

    @property
    def is_custom(self) -> bool:
        """Whether an endpoint of one's own is called in place of AWS's."""
        return not all(map(is_aws, map(self.endpoint, self._clients)))

    def endpoint(self, service: str) -> str:
        """Return the URL of a service that was called; empty for one that was not."""
        client = self._clients.get(service)
        return str(client.meta.endpoint_url) if client is not None else ""

    async def call(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        """Send one request and return what came of it.

        Messages hold no secret that was sent. A cancelled call is in doubt.
        """
        session = self._session
        outcome = await self._cleaned_attempt(service, operation, params)
        expired = (
            isinstance(outcome, Fault)
            and group_of(outcome.code) is CodeGroup.EXPIRED
            and outcome.fault_class is FaultClass.FATAL
        )
        # what was refused for its credentials did not act: once more, if there are other ones
        if expired and await self._renewed(session):
            outcome = await self._cleaned_attempt(service, operation, params)
        return outcome

    async def _cleaned_attempt(
        self, service: str, operation: str, params: Mapping[str, Any]
    ) -> Outcome:
        with unlogged():
            outcome = await self._attempt(service, operation, params)
        if isinstance(outcome, Fault) and group_of(outcome.code) is CodeGroup.MALFORMED:
            outcome = replace(outcome, message=argument_sentences(service, operation, params))
        return cleaned(outcome, secrets_in(service, operation, params))

    async def _attempt(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        from botocore import xform_name  # noqa: PLC0415  # 0.1 s that `--help` need not pay

        from bulkops.aws.http_session import Flight, flight  # noqa: PLC0415  # as above

        under_way = Flight(service=service, operation=operation)
        flight.set(under_way)
        try:
            client = await self._client(service)
            method = getattr(client, xform_name(operation), None)
            if method is None:
                return _unknown_operation(service, operation)
            return reply_of(await method(**params), under_way.unknown)
        except UnusableConfigError as error:
            return Fault(fault_class=FaultClass.FATAL, code="ConfigError", message=str(error))
        except Exception as error:  # what a request did must never be lost with its exception
            fault = failed(error, operation, sent=under_way.sent, answer=under_way.answer)
            if fault is None:
                raise  # nothing had left, and only a bug fails so
            return fault
        finally:
            under_way.forget()

    async def upload(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Put a file to a signed address, over the connections of the services called before."""
        from botocore.awsrequest import AWSRequest  # noqa: PLC0415  # as in _attempt

        from bulkops.aws.http_session import Flight, WireError, flight  # noqa: PLC0415  # as above

        flight.set(Flight())
        request = AWSRequest("PUT", url, headers=plain_headers(headers), data=body)
        with unlogged():
            try:
                wire = next(iter(self._wires.values()))
                await wire.send(request.prepare())
                outcome = upload_outcome(cast("WireAnswer", flight.get().answer))
            except (WireError, ForeignAnswerError) as error:
                outcome = upload_fault(getattr(error, "code", FOREIGN_ANSWER), str(error), 0)
        return cleaned(outcome, secrets_of(url))

    async def _client(self, service: str) -> Any:  # noqa: ANN401  # botocore's clients are untyped
        if service not in self._clients:
            async with self._making:
                if service not in self._clients:  # none was made while this call waited
                    self._clients[service] = await self._made(service)
                    withhold()  # its modules were loaded for it, and their loggers made
        return self._clients[service]

    async def _made(self, service: str) -> Any:  # noqa: ANN401  # as above
        from aiobotocore.config import AioConfig  # noqa: PLC0415  # 0.3 s that `--help` need not pay

        from bulkops.aws.http_session import OneShotSession, add_members  # noqa: PLC0415  # as above

        def wire(**options: Any) -> OneShotSession:  # noqa: ANN401  # aiobotocore's own options
            self._wires[service] = OneShotSession(**options)
            return self._wires[service]

        connect_seconds, read_seconds = self._seconds
        config = AioConfig(
            retries={"total_max_attempts": 1, "mode": "standard"},
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            max_pool_connections=CONNECTIONS,
            user_agent=_user_agent(),
            http_session_cls=cast("Any", wire),
        )
        made = self._session.client(service, endpoint_url=self._access.endpoint_url, config=config)
        try:
            client: Any = await self._open.enter_async_context(made)
        except UNFORESEEN as error:
            raise UnusableConfigError(service, error) from error
        client.meta.events.register("before-parse", add_members)
        return client

    async def warm(self, service: str, connections: int) -> int:
        """Open connections to a service before the first burst; return how many were opened.

        Nothing is sent on them, so no quota is spent. They are kept for some ten seconds.
        """
        with unlogged():
            client = await self._client(service)
            return await self._wires[service].open(client.meta.endpoint_url, connections)

    async def _renewed(self, expired: Session) -> bool:
        """Ask for credentials anew; tell whether others than the expired ones are there now."""
        async with self._renewing:
            if self._session is not expired:
                return True  # another call has done it while this one waited
            try:
                fresh = await open_session(self._access)
                if await keys_of(fresh) == await keys_of(expired):
                    return False  # the same ones would be refused again
            except TargetError:
                return False
            async with self._making:
                self._session = fresh
                self._clients = {}
            return True


class UnusableConfigError(Exception):
    """AWS's configuration lets no client of a service be made; it becomes a Fault in here."""

    def __init__(self, service: str, error: Exception) -> None:
        super().__init__(f"No client of {service} can be made with the AWS configuration: {error}")


def _unknown_operation(service: str, operation: str) -> Fault:
    return Fault(
        fault_class=FaultClass.FATAL,
        code="UnknownOperationException",
        message=f"This version of botocore knows no {service}:{operation}.",
    )


def _user_agent() -> str:
    """Return who calls, in one text: botocore's own takes a fifth of a call's CPU to build."""
    import aiobotocore  # noqa: PLC0415  # as in AwsClient._made
    import botocore  # noqa: PLC0415  # as above

    return (
        f"bulkops/{__version__} aiobotocore/{aiobotocore.__version__} "
        f"Botocore/{botocore.__version__}"
    )
