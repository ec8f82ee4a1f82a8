"""How security profiles, hours, statuses and predefined attributes are read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    SUMMARY,
    Handler,
    ReadOperations,
    same,
    text,
)

SECURITY_PROFILE = {
    **same("Id", "Arn", "Description", "Tags"),
    "OrganizationResourceId": "InstanceId",
    "SecurityProfileName": "Name",
}
HOURS = {
    **same("Name", "Description", "TimeZone", "Config", "Tags"),
    **STAMPS,
    "HoursOfOperationId": "Id",
    "HoursOfOperationArn": "Arn",
}
AGENT_STATUS = {
    **same("Name", "Description", "Type", "DisplayOrder", "State", "Tags"),
    **STAMPS,
    "AgentStatusARN": "Arn",
    "AgentStatusId": "Id",
}
ATTRIBUTE = {**same("Name", "Values", "Purposes", "AttributeConfiguration"), **STAMPS}

READ_ONLY = (
    ReadOperations(
        kind="security-profile",
        listing=("ListSecurityProfiles", "SecurityProfileSummaryList"),
        summary=SUMMARY,
        describing=("DescribeSecurityProfile", "SecurityProfileId", "SecurityProfile"),
        whole={
            **SECURITY_PROFILE,
            **STAMPS,
            **same("AllowedAccessControlTags", "TagRestrictedResources"),
            **same("HierarchyRestrictedResources", "AllowedAccessControlHierarchyGroupId"),
        },
        searching=("SearchSecurityProfiles", "SecurityProfiles"),
        found=SECURITY_PROFILE,
        fields=NAMED,
    ),
    ReadOperations(
        kind="hours-of-operation",
        listing=("ListHoursOfOperations", "HoursOfOperationSummaryList"),
        summary=SUMMARY,
        describing=("DescribeHoursOfOperation", "HoursOfOperationId", "HoursOfOperation"),
        whole=HOURS,
        searching=("SearchHoursOfOperations", "HoursOfOperations"),
        found=HOURS,
        fields={**NAMED, "timezone": text("TimeZone")},
    ),
    ReadOperations(
        kind="agent-status",
        listing=("ListAgentStatuses", "AgentStatusSummaryList"),
        summary={**SUMMARY, **same("Type")},
        describing=("DescribeAgentStatus", "AgentStatusId", "AgentStatus"),
        whole=AGENT_STATUS,
        searching=("SearchAgentStatuses", "AgentStatuses"),
        found=AGENT_STATUS,
        fields={
            **NAMED,
            "state": text("State"),
            "type": text("Type"),
            "displayOrder": text("DisplayOrder"),
        },
        narrowing={"AgentStatusTypes": "Type"},
    ),
    ReadOperations(
        kind="predefined-attribute",
        listing=("ListPredefinedAttributes", "PredefinedAttributeSummaryList"),
        summary={**same("Name"), **STAMPS},
        describing=("DescribePredefinedAttribute", "Name", "PredefinedAttribute"),
        whole=ATTRIBUTE,
        searching=("SearchPredefinedAttributes", "PredefinedAttributes"),
        found=ATTRIBUTE,
        fields={"name": text("Name")},
    ),
)

OPERATIONS: Mapping[str, Handler] = dict(
    chain.from_iterable(kind.operations().items() for kind in READ_ONLY)
)
