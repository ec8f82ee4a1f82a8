"""Cases are found with the fewest searches, and read in as many parts as their fields need."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.search import described
from bulkops.engine.reads.sought_things import sought_things
from bulkops.engine.spilled_texts import SpilledTexts
from bulkops.pacing.replies import Reply
from bulkops.planning.inventory import Thing

CASE = KINDS["case"]
ID = "01234567-89ab-4def-8123-456789abcd{:02d}"


class Domain:
    """Stands in for a reader of a domain with 25 cases and so many fields."""

    def __init__(self, fields=3):
        self.calls = Counter()
        self.target = SimpleNamespace(places={"cases-domain": "d-1"})
        self.texts = SpilledTexts()
        self._fields = [f"f-{number}" for number in range(fields)]

    def expect(self, *_):
        """Nobody is told how much there is to read."""

    async def items(self, _service, listing, asked=None):
        self.calls[listing.operation] += 1
        if listing.operation == "ListFields":
            for each in self._fields:
                yield {"fieldId": each, "name": f"Field {each}", "type": "Text"}
            yield {"fieldId": "amount", "name": "Amount", "type": "Number"}
            return
        (field,) = asked["fields"]
        for one in asked["filter"]["orAll"]:
            value = one["field"]["equalTo"]["value"]["stringValue"]
            if int(value) < 25:
                held = {"id": field["id"], "value": {"stringValue": value}}
                yield {"caseId": ID.format(int(value)), "fields": [held]}

    async def read(self, _service, operation, asked):
        self.calls[operation] += 1
        held = [{"id": each["id"], "value": {"stringValue": "x"}} for each in asked["fields"]]
        data = {"fields": held, "templateId": "t"}
        return Reply(data=data, request_id="r", http_status=200)


def looked(things):
    return {thing.name: thing.id for thing in things}


@pytest.mark.anyio
async def test_ten_numbers_are_sought_at_once():
    domain = Domain()
    found = looked(await sought_things(domain, CASE, [str(n) for n in range(27)]))
    assert found == {f"reference_number={n}": ID.format(n) for n in range(25)}
    assert domain.calls == {"SearchCases": 3, "ListFields": 1, "GetCase": 25}


@pytest.mark.anyio
async def test_a_field_is_a_key_by_its_name_however_it_is_spelt():
    domain = Domain()
    names = ["Field f-1=3", "field F-1=3", "Field f-2=4", "Colour=5", "Amount=6", ID.format(7)]
    found = looked(await sought_things(domain, CASE, names))
    assert found == {
        "Field f-1=3": ID.format(3),
        "field F-1=3": ID.format(3),
        "Field f-2=4": ID.format(4),
        f"id={ID.format(7)}": ID.format(7),
    }
    assert domain.calls["SearchCases"] == 2


@pytest.mark.anyio
async def test_a_case_with_many_fields_is_read_in_parts():
    domain = Domain(fields=230)
    case = await described(domain, CASE, Thing(id=ID.format(1), name="1"))
    assert len(case.state["fields"]) == 231
    assert (case.state["templateId"], domain.calls["GetCase"]) == ("t", 3)
