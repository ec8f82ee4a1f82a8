"""What is said of flows here, beside what the simulator's own checks say of them."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.flows.flow_places import place_text
from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.flow_stubs import flow_stub, module_stub
from bulkops.planning.flows.flow_types import DESIGNER_TYPES
from bulkops.planning.flows.problem_texts import explained
from bulkops.sim.services.flow_language.actions import MODULE
from bulkops.sim.services.flow_language.content import content_problems
from bulkops.sim.state.world import WorldSession
from tests.planning.flows.real_flows import NAMES, NOBODY, real
from tests.sim.centre import Centre

TYPES = {"default-customer-whisper": "CUSTOMER_WHISPER"}
UNFINISHED = {"block-defn-saved"}


@pytest.fixture(scope="module")
def session():
    centre = Centre()
    return WorldSession(centre.world, centre.instance, "CreateContactFlow", 0.0)


def refused(session, text, type_):
    return [*content_problems(session, json.loads(text), type_)]


@pytest.mark.parametrize("flow_type", sorted(DESIGNER_TYPES.values()))
def test_a_stub_could_be_published(session, flow_type):
    assert refused(session, flow_stub(flow_type), flow_type) == []


def test_a_stub_of_a_module_is_published_as_it_is_made(session):
    assert refused(session, module_stub(), MODULE) == []


@pytest.mark.parametrize("name", sorted(set(NAMES) - UNFINISHED))
def test_all_that_another_instance_refuses_of_a_real_flow_are_references_found_in_it(session, name):
    document = real(name)
    said = document.said
    type_ = TYPES.get(name) or (MODULE if said.is_module else said.type or "CONTACT_FLOW")
    places = {place_text(each.place): each for each in references(document.content, NOBODY)}
    problems = refused(session, document.text, type_)
    told = explained(" ".join(problems), document.text)
    for problem in problems:
        path = problem.rpartition("Path: ")[2]
        if path in places:  # all but a bot that is not configured
            block = places[path].block
            assert f"Path: {path} (block {block}" in told
        else:
            assert (name, path.rpartition(".")[2]) == ("sbs-lex-integration-handler", "AliasArn")
