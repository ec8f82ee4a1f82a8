"""The simulated Service Quotas: what the buckets really allow.

Quota names and codes are those of Service Quotas in 2026-01. Three operations have none there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import LIMITS
from bulkops.sim.services.connect_service import Response, Rules
from bulkops.sim.state.refusals import ServiceError, not_found
from bulkops.sim.state.throttle import Buckets
from bulkops.sim.state.world import Caller

CODES: Mapping[str, str] = {
    "AssociateInstanceStorageConfig": "L-B1987D6A",
    "AssociateQueueQuickConnects": "L-AFE616A6",
    "AssociateRoutingProfileQueues": "L-01980B0F",
    "AssociateUserProficiencies": "L-2CCBA953",
    "CreateQueue": "L-DF4FC88B",
    "CreateQuickConnect": "L-272F1E62",
    "CreateRoutingProfile": "L-8CE99751",
    "CreateUser": "L-CBDEE3E4",
    "CreateUserHierarchyGroup": "L-E621D747",
    "DeleteQuickConnect": "L-EC633E57",
    "DeleteUser": "L-30488271",
    "DeleteUserHierarchyGroup": "L-6751163B",
    "DescribeAgentStatus": "L-08DF489D",
    "DescribeContactFlow": "L-41C7214A",
    "DescribeHoursOfOperation": "L-F6EB2DE1",
    "DescribeInstance": "L-D14CF86E",
    "DescribePredefinedAttribute": "L-753B94AB",
    "DescribeQueue": "L-FAC57D08",
    "DescribeQuickConnect": "L-2DE43297",
    "DescribeRoutingProfile": "L-839A2EDC",
    "DescribeSecurityProfile": "L-2AF5EEF5",
    "DescribeUser": "L-EE6F0D82",
    "DescribeUserHierarchyGroup": "L-50D07AB9",
    "DescribeUserHierarchyStructure": "L-5F32FD78",
    "DisassociateQueueQuickConnects": "L-BC61DC58",
    "DisassociateRoutingProfileQueues": "L-83963769",
    "DisassociateUserProficiencies": "L-53E03705",
    "ListAgentStatuses": "L-D6D4A2DA",
    "ListContactFlows": "L-4641705A",
    "ListHoursOfOperations": "L-09AAE068",
    "ListInstances": "L-98C95556",
    "ListPredefinedAttributes": "L-BE2447CC",
    "ListQueueQuickConnects": "L-6271E27A",
    "ListQueues": "L-C56E3A3C",
    "ListQuickConnects": "L-44B5DA37",
    "ListRoutingProfileManualAssignmentQueues": "L-3A7EFE53",
    "ListRoutingProfileQueues": "L-16BF00C7",
    "ListRoutingProfiles": "L-30929A21",
    "ListSecurityProfiles": "L-A408782D",
    "ListTagsForResource": "L-601C68F6",
    "ListUserHierarchyGroups": "L-E6DB6D6D",
    "ListUserProficiencies": "L-A59C54EE",
    "ListUsers": "L-CCC38177",
    "PutUserStatus": "L-50B4DE11",
    "SearchAgentStatuses": "L-12A6C748",
    "SearchHoursOfOperations": "L-44BB2CC5",
    "SearchPredefinedAttributes": "L-DB5F63B4",
    "SearchQueues": "L-8157C163",
    "SearchQuickConnects": "L-6FB811CE",
    "SearchRoutingProfiles": "L-9DAC7B1B",
    "SearchSecurityProfiles": "L-3481440F",
    "SearchUserHierarchyGroups": "L-4FBE591E",
    "SearchUsers": "L-E2C35CCE",
    "TagResource": "L-EA358306",
    "UntagResource": "L-26D9F60B",
    "UpdateQueueName": "L-A250B0F6",
    "UpdateQueueStatus": "L-5AB302E1",
    "UpdateRoutingProfileQueues": "L-5E9E65F2",
    "UpdateUserHierarchy": "L-AEAF5C4B",
    "UpdateUserIdentityInfo": "L-66B5F86E",
    "UpdateUserPhoneConfig": "L-5D8210C3",
    "UpdateUserProficiencies": "L-5A3065E6",
    "UpdateUserRoutingProfile": "L-418ABD80",
    "UpdateUserSecurityProfiles": "L-64B27051",
}
TWO_SPACES = "AssociateInstanceStorageConfig"
"""Service Quotas writes two spaces behind this operation's name."""
RESOURCES: Mapping[str, tuple[str, str]] = {
    "user": ("Users per instance", "L-9A46857E"),
    "queue-channel": ("Queues per routing profile", "L-516BC0EB"),
    "proficiency": ("Proficiencies per agent", "L-50375162"),
}


class ServiceQuotas:
    """Tells the rates with which the simulator fills its buckets."""

    def __init__(self, buckets: Buckets, limits: Mapping[str, int]) -> None:
        self._buckets = buckets
        self._limits = limits
        self.rules = Rules("service-quotas")

    def respond(
        self, operation: str, params: Mapping[str, Any], now: float, caller: Caller
    ) -> Response:
        """Answer ListServiceQuotas or ListAWSDefaultServiceQuotas."""
        self.rules.check(operation, params)
        if operation not in {"ListServiceQuotas", "ListAWSDefaultServiceQuotas"}:
            raise ServiceError(
                "UnsupportedOperationException",
                f"The simulator does not know service-quotas:{operation}.",
            )
        if params["ServiceCode"] != "connect":
            raise ServiceError("NoSuchResourceException", not_found("service").message, 400)
        wanted = params.get("QuotaCode")
        quotas = [
            quota
            for quota in self._quotas(caller)
            if wanted is None or quota["QuotaCode"] == wanted
        ]
        page = page_of(list(enumerate(quotas, start=1)), operation, params, now)
        return Response(data=page.reply("Quotas", page.items))

    def _quotas(self, caller: Caller) -> list[Mapping[str, Any]]:
        rates = [
            (_name(operation), code, self._buckets.rate("connect", operation))
            for operation, code in CODES.items()
        ]
        resources = [
            (name, code, float(self._limits.get(what, LIMITS[what])))
            for what, (name, code) in RESOURCES.items()
        ]
        prefix = f"arn:aws:servicequotas:{caller.region}:{caller.account}:connect"
        return [
            {
                "ServiceCode": "connect",
                "ServiceName": "Amazon Connect",
                "QuotaArn": f"{prefix}/{code}",
                "QuotaCode": code,
                "QuotaName": name,
                "Value": value,
                "Unit": "None",
                "Adjustable": True,
                "GlobalQuota": False,
                "QuotaAppliedAtLevel": "ACCOUNT",
            }
            for name, code, value in (*rates, *resources)
        ]


def _name(operation: str) -> str:
    spaces = "  " if operation == TWO_SPACES else " "
    return f"Rate of {operation}{spaces}API requests"
