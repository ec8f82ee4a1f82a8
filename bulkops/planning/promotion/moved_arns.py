"""ARNs of a source as they are in a target: in its partition, Region, account and instance."""

from __future__ import annotations

from bulkops.planning.calls.placeholders import joined
from bulkops.planning.flows.arns import Arn, arn_of
from bulkops.planning.flows.found_texts import FlowSource, FoundText
from bulkops.planning.plan import Placeholder
from bulkops.planning.target import Target


def moved(raw: str, source: FlowSource, target: Target) -> str:
    """Return an ARN with the target's Region and account where it has the source's."""
    arn = arn_of(raw)
    if arn is None or (source.account and arn.account != source.account):
        return raw
    region = target.region if arn.region and arn.region == source.region else arn.region
    account = target.account if arn.account and arn.account == source.account else arn.account
    return str(Arn(target.partition, arn.service, region, account, arn.resource))


def led_to(found: FoundText, thing: str | Placeholder, target: Target) -> str | Placeholder:
    """Return the ARN of another thing of the target, of the form of one that a flow holds.

    `thing` is the id, or what stands for it until it is made.
    """
    arn = arn_of(found.raw)
    if arn is None:
        return thing
    head, _, tail = arn.resource.rpartition(found.thing_id)
    head = head.replace(found.instance, target.instance_id) if found.instance else head
    here = Arn(target.partition, arn.service, target.region, target.account, head)
    text: str | Placeholder = joined([str(here), thing, tail])
    return text
