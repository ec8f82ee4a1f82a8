"""What a call sends: its arguments filled, at the moment before it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.client_tokens import client_token, item_token
from bulkops.engine.calls.context import RunContext
from bulkops.ledger.records import StoredCall
from bulkops.planning.calls.placeholders import (
    PlaceholderError,
    fill,
    placeholders_in,
    to_json,
    with_token,
)
from bulkops.planning.plan import Placeholder
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
            return secret_value(text, context.job.part(call.step), column)
        except FlawError as error:
            raise NotFilledError(f"its {column} is not of the form that is asked for") from error

    try:
        token = client_token(call.service, call.operation, f"{context.token}-{call.id}")
        params = fill(
            _numbered(context, call), saved=call.saved, secret=secret, token=token, made=call.needs
        )
        return context.with_mark(call, _qualified(context, call, params))
    except PlaceholderError as error:
        raise NotFilledError(str(error)) from error


def _qualified(
    context: RunContext, call: StoredCall, params: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return a call's arguments with what follows their ids where not the whole thing is meant."""
    said = context.job.step(call.step).qualifiers
    return {**params, **{name: f"{params[name]}{rest}" for name, rest in said.items()}}


def _numbered(context: RunContext, call: StoredCall) -> Mapping[str, Any]:
    """Return a call's arguments with a token of its own for each item that bears one.

    It is made of the row and of what the item says: the same whenever it comes again, and in
    whatever call, and another one once a refused item was corrected.
    """
    member = batched_member(context.job.step(call.step))
    if not member or not any(map(_bears_token, placeholders_in(call.params[member]))):
        return call.params
    items = [
        with_token(
            item,
            item_token(
                f"{context.token}-{call.step}-{row}-{json.dumps(to_json(item), sort_keys=True)}"
            ),
        )
        for row, item in zip(call.rows, call.params[member], strict=True)
    ]
    return {**call.params, member: items}


def _bears_token(placeholder: Placeholder) -> bool:
    return placeholder.kind == "token"
