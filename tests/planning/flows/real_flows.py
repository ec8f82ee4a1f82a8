"""The real flows that tests read, and small ones made by hand."""

from __future__ import annotations

import json
from pathlib import Path

from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.found_texts import FlowSource

FOLDER = Path(__file__).parents[2] / "fixtures" / "flows"
OLD = "old-context-tracking-main"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json") if file.stem != OLD)
REGION, ACCOUNT, INSTANCE = "eu-west-2", "111122223333", "11111111-2222-3333-4444-555555555555"
SOURCE = FlowSource(instance_id=INSTANCE, account=ACCOUNT, region=REGION)
THING = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
NOBODY = FlowSource()


def text_of(name):
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def real(name):
    return read_flow(text_of(name)).document


def arn(kind, thing_id=THING, instance=INSTANCE, account=ACCOUNT):
    return f"arn:aws:connect:{REGION}:{account}:instance/{instance}/{kind}/{thing_id}"


def block(identifier, of_type="DisconnectParticipant", parameters=None, **transitions):
    return {
        "Parameters": parameters or {},
        "Identifier": identifier,
        "Type": of_type,
        "Transitions": transitions,
    }


def content(*blocks, metadata=None, **rest):
    kept = {} if metadata is None else {"Metadata": {"ActionMetadata": metadata}}
    start = blocks[0]["Identifier"] if blocks else ""
    return {"Version": "2019-10-30", "StartAction": start, **kept, "Actions": [*blocks], **rest}


def flow(*blocks, **rest):
    return read_flow(json.dumps(content(*blocks, **rest))).document
