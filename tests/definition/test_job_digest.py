from __future__ import annotations

import json
from dataclasses import replace

from bulkops.definition.catalogue import load
from bulkops.definition.job_digest import canonical, digest

JOB = load("create-users").job


def test_a_digest_is_of_the_value_and_not_of_the_order_in_which_arguments_were_written():
    step = JOB.steps[0]
    turned = replace(step, args=dict(reversed(step.args.items())))
    assert digest(replace(JOB, steps=(turned,))) == digest(JOB)


def test_every_change_of_meaning_changes_the_digest():
    step = JOB.steps[0]
    others = [
        replace(JOB, summary="Another."),
        replace(JOB, columns=tuple(reversed(JOB.columns))),
        replace(JOB, steps=(replace(step, otherwise=()),)),
        replace(JOB, steps=(replace(step, args={**step.args, "DirectoryUserId": "x"}),)),
    ]
    assert len({digest(job) for job in (JOB, *others)}) == 5


def test_what_was_left_at_its_default_is_not_rendered():
    (said,) = json.loads(canonical(JOB)).values()
    assert "service" not in said
    assert said["columns"][3]["Column"] == {
        "aliases": ["surname", "family name"],
        "example": "Byrne",
        "help": "The last name.",
        "name": "last_name",
        "required_for": ["CONNECT_MANAGED", "SAML"],
    }


def test_a_digest_is_a_sha_256_in_hex():
    assert len(digest(JOB)) == 64
    assert set(digest(JOB)) <= set("0123456789abcdef")
