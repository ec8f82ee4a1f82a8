"""A small desk at which tests ask the simulated Connect, without network or clock."""

from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN, new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.services.connect_service import Connect
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

PASSWORD = "Tr1cky-enough"


class Centre:
    """One instance, its clock in seconds since the beginning, and names instead of ids."""

    def __init__(self, config=None):
        self.world = new_world(config or SimConfig())
        self.service = Connect(self.world)
        self.instance = next(iter(self.world.instances.values()))
        self.caller = Caller(account=self.instance.account, region=self.instance.region)
        self.now = 0.0

    def ask(self, operation, **params):
        """Send a request that is to be answered with success."""
        named = {"InstanceId": self.instance.id, **params}
        if operation in {"TagResource", "UntagResource", "ListTagsForResource", "ListInstances"}:
            named.pop("InstanceId")
        return self.service.respond(operation, named, BEGUN + self.now, self.caller).data

    def refusal(self, operation, **params):
        """Send a request that is to be refused, and return code and message."""
        with pytest.raises(ServiceError) as caught:
            self.ask(operation, **params)
        return caught.value.code, caught.value.message

    def code(self, operation, **params):
        """Send a request that is to be refused, and return the code."""
        return self.refusal(operation, **params)[0]

    def id(self, kind, name, parent=""):
        """Return the id of what truly bears a name."""
        return self.instance.tables[kind].named(name, parent)["Id"]

    def arn(self, kind, name):
        """Return the ARN of what truly bears a name."""
        return self.instance.tables[kind].named(name)["Arn"]

    def user(self, username="new.user", **more):
        """Return the parameters that make a user."""
        given = {
            "Username": username,
            "Password": PASSWORD,
            "IdentityInfo": {"FirstName": "New", "LastName": "User"},
            "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
            "SecurityProfileIds": [self.id("security-profile", "Agent")],
            "RoutingProfileId": self.id("routing-profile", "Basic Routing Profile"),
            **more,
        }
        return {name: value for name, value in given.items() if value is not None}

    def pair(self, queue, channel="VOICE", **more):
        """Return one element of QueueConfigs."""
        reference = {"QueueId": self.id("queue", queue), "Channel": channel}
        return {"QueueReference": reference, "Priority": 1, "Delay": 0, **more}
