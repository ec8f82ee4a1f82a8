from __future__ import annotations

import pytest

from bulkops.planning.target import Target
from bulkops.targets.config import ConfigurationError, NamedTarget, named_targets
from bulkops.targets.protection import may_be, protection
from bulkops.targets.request import TargetChoice

ID = "5f1c2b7e-0000-4000-8000-00000000000a"
REACHED = Target(
    account="123456789012",
    region="eu-central-1",
    instance_id=ID,
    instance_arn=f"arn:aws:connect:eu-central-1:123456789012:instance/{ID}",
    alias="acme-emea",
)
OTHER = ID.replace("5f1c", "6a2d")


@pytest.mark.parametrize(
    "named",
    [
        {"instance": REACHED.instance_arn},
        {"instance": ID},
        {"instance": ID.upper(), "region": "us-east-1"},
        {"instance": "acme-emea"},
        {"instance": "ACME-EMEA", "region": "eu-central-1"},
        {"region": "eu-central-1"},
        {"profile": "production"},
        {"role_arn": "arn:aws:iam::123456789012:role/Admin"},
        {},
    ],
)
def test_a_protected_target_is_known_by_what_was_reached(named):
    assert may_be(NamedTarget(name="emea", protected=True, **named), REACHED)


@pytest.mark.parametrize(
    "named",
    [
        {"instance": f"arn:aws:connect:eu-central-1:123456789012:instance/{OTHER}"},
        {"instance": OTHER},
        {"instance": "acme-americas"},
        {"instance": "acme-emea", "region": "us-east-1"},
        {"region": "us-east-1"},
        {"role_arn": "arn:aws:iam::999999999999:role/Admin"},
    ],
)
def test_another_target_protects_nothing_here(named):
    assert not may_be(NamedTarget(name="emea", protected=True, **named), REACHED)


def choice(tmp_path, **more):
    return TargetChoice(configuration=tmp_path / "bulkops.toml", **more)


def written(tmp_path, text):
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "bulkops.toml").write_bytes(content)
    return tmp_path / "bulkops.toml"


def test_what_is_protected_is_marked_and_the_rest_is_left(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, f'[targets.emea]\ninstance = "{ID}"\nprotected = true\n')
    assert protection(choice(tmp_path)).over(REACHED).protected
    written(tmp_path, f'[targets.emea]\ninstance = "{ID}"\n')
    assert not protection(choice(tmp_path)).over(REACHED).protected


def test_the_file_that_a_run_remembers_and_the_one_here_both_count(tmp_path, monkeypatch):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    monkeypatch.chdir(here)
    written(here, f'[targets.emea]\ninstance = "{ID}"\nprotected = true\n')
    assert protection(choice(there)).over(REACHED).protected
    (here / "bulkops.toml").rename(there / "bulkops.toml")
    assert protection(choice(there)).over(REACHED).protected


def test_a_simulation_is_nobodys_instance(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "[targets.emea]\nprotected = true\n")
    assert not protection(choice(tmp_path, simulate=tmp_path)).over(REACHED).protected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[targets.emea\n", "is not valid TOML: Expected ']'"),
        ('[targets.emea]\nprotectd = true\ninstance = "x"', 'Did you mean "protected"?'),
        (
            '[targets.emea]\nprotected = "yes"\n',
            "protected of [targets.emea] must be true or false",
        ),
        (b'[targets.emea]\n# caf\xe9\ninstance = "x"\n', "line 2 is not UTF-8"),
        ("targets = 3\n", "targets must be tables"),
        (f"a = {'[' * 3000}", "is not valid TOML: it is nested too deeply"),
    ],
)
def test_a_file_that_is_wrong_is_a_fault_that_names_it(tmp_path, monkeypatch, content, said):
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, content)
    with pytest.raises(ConfigurationError) as error:
        named_targets(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert protection(choice(tmp_path)).fault == str(error.value)


def test_a_folder_or_a_file_without_permission_is_a_fault(tmp_path):
    (tmp_path / "bulkops.toml").mkdir()
    with pytest.raises(ConfigurationError, match="can't be read: Is a directory"):
        named_targets(tmp_path / "bulkops.toml")
    assert named_targets(tmp_path / "none.toml") is None


def test_a_mark_at_the_beginning_is_no_fault(tmp_path):
    path = written(tmp_path, b'\xef\xbb\xbf[targets.emea]\ninstance = "x"\n')
    assert named_targets(path) == {"emea": NamedTarget(name="emea", instance="x")}


def test_a_file_in_a_folder_above_is_said_to_be_left_unread(tmp_path, monkeypatch):
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    path = written(tmp_path, "[targets.emea]\nprotected = true\n")
    found = protection(choice(below))
    assert found.notes == (f"{path} is not read: bulkops looks for {below / 'bulkops.toml'}.",)
    assert not found.targets


def test_a_link_that_leads_nowhere_is_not_taken_for_no_file(tmp_path):
    path = tmp_path / "bulkops.toml"
    path.symlink_to(tmp_path / "gone.toml")
    with pytest.raises(ConfigurationError, match="a link that leads nowhere"):
        named_targets(path)
