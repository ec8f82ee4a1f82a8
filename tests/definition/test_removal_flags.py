from __future__ import annotations

import pytest

from bulkops.definition.model.removal_flags import removal_flag


@pytest.mark.parametrize(
    ("name", "member", "flag"),
    [
        ("UpdateQuickResponse", "description", "removeDescription"),
        ("UpdateQuickResponse", "groupingConfiguration", "removeGroupingConfiguration"),
        ("UpdateQuickResponse", "content", ""),
        ("CreateQuickResponse", "description", ""),
        ("UpdateContent", "overrideLinkOutUri", "removeOverrideLinkOutUri"),
    ],
)
def test_a_switch_is_told_by_its_name(name, member, flag):
    assert removal_flag("qconnect", name, member) == flag
