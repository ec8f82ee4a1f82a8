"""What a call sends: its arguments filled, at the moment before it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.client_tokens import client_token
from bulkops.engine.calls.context import RunContext
from bulkops.ledger.interface import StoredCall
from bulkops.planning.calls.placeholders import PlaceholderError, fill
from bulkops.planning.rows.cell_reader import secret_value
from bulkops.planning.rows.cells import FlawError


class NotFilledError(Exception):
    """A call can't be sent now, for a value that is not to be had; the text says which."""


def filled(context: RunContext, call: StoredCall) -> Mapping[str, object]:
    """Return a call's arguments, nothing left open; NotFilledError where that can't be.

    What it makes is marked here, and not in the plan: plans and their digests stay what they are.
    """

    def secret(column: str) -> object:
        try:
            text = context.secrets(call.rows[0], column)
        except KeyError as error:
            said = f"the sheet has no {column} for it any more, which is not kept anywhere else"
            raise NotFilledError(said) from error
        try:
            return secret_value(text, context.job, column)
        except FlawError as error:
            raise NotFilledError(f"its {column} is not of the form that is asked for") from error

    try:
        token = client_token(call.service, call.operation, f"{context.token}-{call.id}")
        params = fill(call.params, saved=call.saved, secret=secret, token=token, made=call.needs)
        return context.with_mark(call, params)
    except PlaceholderError as error:
        raise NotFilledError(str(error)) from error
