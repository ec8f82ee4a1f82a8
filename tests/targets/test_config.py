from __future__ import annotations

import pytest

from bulkops.targets.config import ConfigurationError, named_targets


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('endpoint_url = "notaurl"', 'endpoint_url of [targets.emea] is "notaurl". It must be'),
        ('endpoint_url = "http://me:Sesame@x"', "endpoint_url of [targets.emea] holds a user name"),
        ('region = "eu west"', 'region of [targets.emea] is "eu west", which is not a Region'),
    ],
)
def test_addresses_of_the_configuration_are_held_to_what_flags_are(tmp_path, setting, says):
    path = tmp_path / "bulkops.toml"
    path.write_text(f"[targets.emea]\n{setting}\n")
    with pytest.raises(ConfigurationError) as caught:
        named_targets(path)
    assert says in str(caught.value)
    assert "Sesame" not in str(caught.value)
