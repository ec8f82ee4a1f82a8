"""The protocol that each simulated service speaks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bulkops.sim.http.json_protocols import Json, RestJson
from bulkops.sim.http.query_protocol import Query
from bulkops.sim.http.upload_protocol import UploadProtocol

Protocol = RestJson | Json | Query | UploadProtocol


@cache
def protocols() -> Mapping[str, Protocol]:
    """Return the protocols by botocore's names of the services."""
    return {
        "connect": RestJson("connect"),
        "qconnect": RestJson("qconnect"),
        "service-quotas": Json("service-quotas"),
        "sts": Query("sts"),
        "iam": Query("iam"),
        "connectcampaignsv2": RestJson("connectcampaignsv2"),
        "connectcases": RestJson("connectcases"),
        "customer-profiles": RestJson("customer-profiles"),
        "uploads": UploadProtocol(),
        "sqs": Json("sqs"),
    }
