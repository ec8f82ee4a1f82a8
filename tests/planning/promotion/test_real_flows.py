"""Real flows carried into another instance: all that they refer to mapped, or said by block."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bulkops.planning.flows.arns import arn_of
from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.promotion.carried_flows import ASSOCIATED, CarriedFlow, is_listed
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.cells import Flaw
from tests.planning.flows.real_flows import NAMES, NOBODY, real
from tests.planning.promotion.test_carried_flows import DEV, PROD, TARGET

FIXED = (ReferenceForm.ID, ReferenceForm.ARN)
MADE = "{:08d}-9999-4999-8999-999999999999"


def source_of(content):
    """The instance that most of a flow's ARNs are of."""
    found = Counter(
        (each.found.instance, each.found.account, each.found.region)
        for each in references(content, NOBODY)
        if each.found.instance
    )
    if not found:
        return NOBODY
    instance, account, region = found.most_common(1)[0][0]
    return FlowSource(instance_id=instance, account=account, region=region)


def mapped(content):
    """A mapping of all that a flow refers to, and an instance that has it by the same names."""
    source, inventory = source_of(content), Inventory()
    rows = [
        MappingRow("instance", source.instance_id or DEV),
        MappingRow("account", source.account),
        MappingRow("region", source.region),
    ]
    things = {
        (each.kind, each.found.thing_id): each
        for each in references(content, source)
        if each.form in FIXED and not each.is_settled
    }
    for number, ((kind, thing_id), each) in enumerate(things.items()):
        if kind in ASSOCIATED:
            arn = arn_of(each.raw)
            here = f"arn:aws:lambda:us-east-1:1:function:{number}"
            if arn is not None:
                here = str(arn.moved(region=TARGET.region, account=TARGET.account))
            rows.append(MappingRow(kind, each.raw, "", here))
            inventory.add(kind, [Thing(id=here, name=here)])
        elif is_listed(kind):
            rows.append(MappingRow(kind, each.raw, f"{kind} {thing_id}"))
            inventory.add(kind, [Thing(id=MADE.format(number), name=f"{kind} {thing_id}")])
        else:
            rows.append(MappingRow(kind, each.raw, "", MADE.format(number)))
    numbers = {each.raw for each in references(content, source) if each.kind == "phone-number"}
    inventory.add("phone-number", [Thing(id=f"n-{each}", name=each) for each in numbers])
    rows += [
        MappingRow(each.kind, each.raw, "", "keep")
        for each in references(content, source)
        if each.form is ReferenceForm.TEMPLATE
    ]
    return rows, inventory


def carried(content, rows, inventory):
    def find(kind, name):
        found = inventory.find(kind, name)
        return found[0] if found else Flaw(code="unknown-name", message=f'no "{name}"')

    mapping = FlowMapping.of(rows)
    one = CarriedFlow(mapping=mapping, target=TARGET, inventory=inventory, find=find)
    return one.value(json.dumps(content)), one.flaws


@pytest.mark.parametrize("name", NAMES)
def test_a_real_flow_leads_to_nothing_of_its_source_any_more(name):
    content = real(name).content
    source = source_of(content)
    value, flaws = carried(content, *mapped(content))
    assert [flaw.message for flaw in flaws] == []
    made = json.loads(value)
    for held in (source.instance_id, source.account):
        assert not held or "$" in held or held not in value
    before = [each.place for each in references(content, source)]
    after = references(made, FlowSource(instance_id=PROD))
    assert {each.place for each in after if each.form in FIXED} <= set(before)
    assert len(made["Actions"]) == len(content["Actions"])


@pytest.mark.parametrize("name", NAMES)
def test_what_of_a_real_flow_is_not_there_is_found_by_its_block(name):
    content = real(name).content
    rows, inventory = mapped(content)
    for row in rows[3:]:
        if row.target == "keep":
            continue
        there = Inventory() if row.kind in ASSOCIATED else inventory
        _, flaws = carried(content, [each for each in rows if each is not row], there)
        serving = [
            each
            for each in references(content, source_of(content))
            if each.raw == row.source and each.is_run and each.form in FIXED
        ]
        told = {flaw.message for flaw in flaws}
        for each in serving:
            assert any(str(each.block) in message for message in told), each
