"""Prompts: recordings that flows play, copied out of Amazon S3 when they are made."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    SUMMARY,
    Handler,
    Members,
    ReadOperations,
    same,
    shown,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.ids import drawn
from bulkops.sim.state.refusals import ServiceError, invalid, refused
from bulkops.sim.state.world import WorldSession


def create(session: WorldSession, params: Members) -> Members:
    """Make a prompt; the recording is taken in, and no read tells where it came from."""
    _check_recording(params)
    check_new(session, "prompt", params["Name"])
    room_for(session, "prompt")
    kept = {name: params.get(name) for name in ("Name", "Description", "S3Uri")}
    prompt = session.create("prompt", {**kept, "Tags": checked_tags(params.get("Tags", {}))})
    return {"PromptARN": prompt["Arn"], "PromptId": prompt["Id"]}


def update(session: WorldSession, params: Members) -> Members:
    """Change a prompt's name, description or recording; the model knows no duplicate here."""
    prompt = session.need("prompt", params["PromptId"])
    given = {name: params[name] for name in ("Name", "Description", "S3Uri") if name in params}
    if not given:
        raise refused("Name, Description or S3Uri must be given.")
    _check_recording(params)
    name = str(given.get("Name", prompt["Name"]))
    check_new(session, "prompt", name, besides=prompt, taken=_taken)
    session.update("prompt", prompt, **given)
    return {"PromptARN": prompt["Arn"], "PromptId": prompt["Id"]}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a prompt, whether flows play it or not."""
    prompt = session.need("prompt", params["PromptId"])
    session.delete("prompt", prompt["Id"])
    return {}


def get_file(session: WorldSession, params: Members) -> Members:
    """Return an address, signed for a time, from which the recording can be had or copied."""
    prompt = session.see("prompt", params["PromptId"])
    region = session.instance.region
    host = f"https://connect-prompts.s3.{region}.amazonaws.com"
    seal = drawn(prompt["Arn"], session.now).hex()
    address = (
        f"{host}/{session.instance.id}/{prompt['Id']}.wav?X-Amz-Expires=900&X-Amz-Signature={seal}"
    )
    return {"PromptPresignedUrl": address, **shown(prompt, STAMPS)}


def _taken() -> ServiceError:
    return invalid("A prompt of that name exists already.")


def _check_recording(params: Members) -> None:
    """Refuse what is no recording by its name: .wav is the only format that is taken."""
    path = str(params.get("S3Uri", ".wav")).partition("?")[0]
    if not path.casefold().endswith(".wav"):
        raise invalid("S3Uri must lead to a .wav file.")


PROMPT = {**same("Name", "Description", "Tags"), **STAMPS, "PromptARN": "Arn", "PromptId": "Id"}
PROMPTS = ReadOperations(
    kind="prompt",
    listing=("ListPrompts", "PromptSummaryList"),
    summary=SUMMARY,
    describing=("DescribePrompt", "PromptId", "Prompt"),
    whole=PROMPT,
    searching=("SearchPrompts", "Prompts"),
    found=PROMPT,
    fields=NAMED,
)

OPERATIONS: Mapping[str, Handler] = {
    **PROMPTS.operations(),
    "CreatePrompt": create,
    "UpdatePrompt": update,
    "DeletePrompt": delete,
    "GetPromptFile": get_file,
}
