"""Numbers that are in use, and requests to a campaign, over HTTP."""

from __future__ import annotations

import csv
from pathlib import Path

from bulkops.sim.state.world import WorldSession
from tests.catalogue.test_round_trip import ALIAS, PACE, bulkops, simulator  # noqa: F401  # fixtures

SAMPLES = Path(__file__).parents[2] / "samples"
PUT = "connectcampaignsv2:PutOutboundRequestBatch"
SURE = ("--yes", "--confirm-instance", ALIAS, *PACE)


def rows_of(folder):
    (run,) = folder.glob("bulkops-runs/*/results.csv")
    with run.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_number_that_a_queue_shows_to_those_it_calls_is_not_released(bulkops, simulator):  # noqa: F811  # fixtures
    (instance,) = simulator.world.instances.values()
    number = instance.tables["phone-number"].named("+18005550142")
    session = WorldSession(simulator.world, instance, "test", 0.0)
    shown = {"OutboundCallerIdNumberId": number["Id"]}
    queue = instance.tables["queue"].named("Support")
    session.update("queue", queue, OutboundCallerConfig=shown)
    simulator.world.commit(session.commit())
    sheet = SAMPLES / "release-phone-numbers.csv"
    refused = bulkops("run", "release-phone-numbers", sheet, *SURE, exit_code=3)
    assert 'queue "Support" (caller id)' in str(refused)
    assert instance.tables["phone-number"].named("+18005550142") is not None


def test_each_request_to_a_campaign_has_its_own_outcome(bulkops, simulator, tmp_path):  # noqa: F811  # fixtures
    numbers = [f"+35387123{n:04d}" if n % 7 else f"0358{n}" for n in range(40)]
    columns = "id,expiration_time,channelSubtypeParameters.telephony.destinationPhoneNumber"
    attributes = "channelSubtypeParameters.telephony.attributes"
    (instance,) = simulator.world.instances.values()
    campaign = instance.tables["campaign"].named("Winter offers")["Id"]
    lines = [f"{campaign},2035-01-01T00:00:00Z,{each},name=Ana" for each in numbers]
    sheet = tmp_path / "requests.csv"
    sheet.write_text("\n".join([f"{columns},{attributes}", *lines]) + "\n", encoding="utf-8")
    done = bulkops("run", PUT, sheet, *SURE, exit_code=4)
    assert (done["rows"]["succeeded"], done["rows"]["failed"]) == (34, 6)
    assert done["calls"] == 2
    for row in rows_of(tmp_path):
        good = row["bulkops_key"].count("+353")
        assert row["bulkops_status"] == ("succeeded" if good else "failed")
        assert row["bulkops_error_code"] == ("" if good else "InvalidInput")
    assert len(instance.tables["outbound-request"]) == 34
