"""Functions of AWS Lambda and bots of Amazon Lex that an instance may use in its flows.

The association's own ARN, or name and Region, is its identity; there is nothing to change in one.
How many there may be: Amazon Connect service quotas.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.services.flow_language.associated import (
    ALIAS_ARN,
    BOT,
    CLASSIC_BOT,
    FUNCTION,
    FUNCTION_ARN,
)
from bulkops.sim.state.refusals import ServiceError, invalid, not_found, refused
from bulkops.sim.state.world import WorldSession

PAGE = 25


def associate_function(session: WorldSession, params: Members) -> Members:
    """Let flows call a function of the instance's Region."""
    arn = params["FunctionArn"]
    found = FUNCTION_ARN.fullmatch(arn)
    if found is None:
        raise invalid("FunctionArn is not the ARN of a function.")
    if found["region"] != session.instance.region:
        raise refused("The function is not in the Region of the instance.")
    _associate(session, FUNCTION, arn)
    return {}


def disassociate_function(session: WorldSession, params: Members) -> Members:
    """Let flows call a function no longer."""
    _disassociate(session, FUNCTION, params["FunctionArn"])
    return {}


def list_functions(session: WorldSession, params: Members) -> Members:
    """Return the ARNs of the functions that flows may call, page by page."""
    asked = {"MaxResults": PAGE, **params}
    page = page_of(session.see_all(FUNCTION), "ListLambdaFunctions", asked, session.now)
    return page.reply("LambdaFunctions", [each["Name"] for each in page.items])


def associate_bot(session: WorldSession, params: Members) -> Members:
    """Let flows talk through a bot: an alias of a bot of today, or a classic bot."""
    kind, name = _bot(params)
    found = ALIAS_ARN.fullmatch(name)
    if kind == BOT and found is None:
        raise refused("LexV2Bot.AliasArn is not the ARN of an alias of a bot.")
    if found is not None and found["region"] != session.instance.region:
        raise refused("The bot is not in the Region of the instance.")
    region = params.get("LexBot", {}).get("LexRegion")
    _associate(session, kind, name, region)
    return {}


def disassociate_bot(session: WorldSession, params: Members) -> Members:
    """Let flows talk through a bot no longer."""
    _disassociate(session, *_bot(params))
    return {}


def _bot(params: Members) -> tuple[str, str]:
    """Return the kind of the bot that a request is of, and its ARN or name."""
    if ("LexBot" in params) == ("LexV2Bot" in params):
        raise refused("Either LexBot or LexV2Bot must be given.")
    if "LexBot" in params:
        return CLASSIC_BOT, str(params["LexBot"]["Name"])
    return BOT, str(params["LexV2Bot"].get("AliasArn", ""))


def associate_classic_bot(session: WorldSession, params: Members) -> Members:
    """Let flows talk through a classic bot, by the operation that knows no others."""
    _associate(session, CLASSIC_BOT, params["LexBot"]["Name"], params["LexBot"]["LexRegion"])
    return {}


def disassociate_classic_bot(session: WorldSession, params: Members) -> Members:
    """Let flows talk through a classic bot no longer, by the operation that knows no others."""
    _disassociate(session, CLASSIC_BOT, params["BotName"])
    return {}


def list_bots(session: WorldSession, params: Members) -> Members:
    """Return the bots of one version of Amazon Lex, page by page."""
    kind = BOT if params["LexVersion"] == "V2" else CLASSIC_BOT
    page = page_of(session.see_all(kind), "ListBots", {"MaxResults": PAGE, **params}, session.now)
    if kind == BOT:
        return page.reply(
            "LexBots", [{"LexV2Bot": {"AliasArn": each["Name"]}} for each in page.items]
        )
    return page.reply("LexBots", [{"LexBot": _classic(each)} for each in page.items])


def list_classic_bots(session: WorldSession, params: Members) -> Members:
    """Return the classic bots, page by page."""
    asked = {"MaxResults": PAGE, **params}
    page = page_of(session.see_all(CLASSIC_BOT), "ListLexBots", asked, session.now)
    return page.reply("LexBots", [_classic(each) for each in page.items])


def _classic(record: Members) -> Members:
    return {"Name": record["Name"], "LexRegion": record["LexRegion"]}


def _associate(session: WorldSession, kind: str, name: str, region: str | None = None) -> None:
    if session.table(kind).get(name) is not None:
        raise ServiceError("ResourceConflictException", "It is associated already.")
    check_count(session, kind, len(session.table(kind)))
    session.put_named(kind, name, {} if region is None else {"LexRegion": region})


def _disassociate(session: WorldSession, kind: str, name: str) -> None:
    if session.table(kind).get(name) is None:
        raise not_found("association")
    session.delete(kind, name)


OPERATIONS: Mapping[str, Handler] = {
    "AssociateLambdaFunction": once(associate_function),
    "DisassociateLambdaFunction": once(disassociate_function),
    "ListLambdaFunctions": list_functions,
    "AssociateBot": once(associate_bot),
    "DisassociateBot": once(disassociate_bot),
    "ListBots": list_bots,
    "AssociateLexBot": once(associate_classic_bot),
    "DisassociateLexBot": once(disassociate_classic_bot),
    "ListLexBots": list_classic_bots,
}
