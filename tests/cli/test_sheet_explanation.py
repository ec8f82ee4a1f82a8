from __future__ import annotations

import pytest
import typer

from bulkops.cli.sheet_explanation import explained

FILE = """
[map]
"Login = name" = "username"

[set]
email = "{username|lower}@example.com"
routing_profile = "Basic"
"""


def test_flags_and_files_say_the_same_and_the_last_one_counts(tmp_path):
    file = tmp_path / "acme.toml"
    file.write_text(FILE, encoding="utf-8")
    mapping, settings = explained([str(file), "Team = x=hierarchy_group"], ["routing_profile=a=b"])
    assert mapping == {"Login = name": "username", "Team = x": "hierarchy_group"}
    assert settings == {"email": "{username|lower}@example.com", "routing_profile": "a=b"}


@pytest.mark.parametrize(
    ("maps", "sets", "said"),
    [
        (["Login"], [], "not of the form HEADER=column or FILE.toml"),
        (["Login="], [], "not of the form"),
        ([], ["=x"], "not of the form column=text"),
        ([], ["username"], "not of the form column=text"),
        (["gone.toml"], [], "No such file"),
    ],
)
def test_what_is_not_of_the_form_is_refused(maps, sets, said):
    with pytest.raises(typer.BadParameter) as caught:
        explained(maps, sets)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[map", "is no TOML"),
        ("[sett]", "[sett] is neither [map] nor [set]"),
        ("[set]\nacw_seconds = 30", "[set] acw_seconds is to hold texts"),
        ('map = "x"', "[map] is to hold texts"),
        ("#" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused(tmp_path, text, said):
    file = tmp_path / "a.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(typer.BadParameter) as caught:
        explained([str(file)], [])
    assert said in str(caught.value)


def test_an_empty_text_may_be_set():
    assert explained([], ["hierarchy_group="]) == ({}, {"hierarchy_group": ""})
