"""The request quotas that Amazon publishes for Connect and its family, as bulkops knows them.

Rates are calls a second, bursts are calls. The figures are those of the page "Amazon Connect
service quotas" of the administrator guide; where a note says otherwise, from there. Every quota
is counted per account and Region, those of the Participant Service per instance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PAGE = "Amazon Connect service quotas page"

UNCERTAIN_READ = (
    "the page gives no exception for this operation, but Service Quotas had 10/s as its default "
    "in 2024: where Service Quotas can be read, the account's own figure is used"
)
RATE_ONLY = "the page gives a rate and no burst: one second's worth is taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A rate and a burst, the operations that they are for, and what there is to say of them."""

    rate: float
    burst: float
    operations: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The quotas of one service: those of all its operations, and the exceptions from them."""

    default: Figures
    exceptions: tuple[Figures, ...]
    source: str = PAGE

    def figures(self, operation: str) -> Figures:
        """Return the figures of an operation: its own, or those of the service."""
        for figures in self.exceptions:
            if operation in figures.operations:
                return figures
        return self.default


def _figures(rate: float, burst: float, operations: str, note: str = "") -> Figures:
    return Figures(rate=rate, burst=burst, operations=tuple(operations.split()), note=note)


def _rate_only(rate: float, operations: str = "") -> Figures:
    return _figures(rate, rate, operations, RATE_ONLY)


UNKNOWN = Family(
    default=_figures(2, 5, "", "no figure is known: it is called no faster than Amazon Connect"),
    exceptions=(),
    source="default of bulkops",
)

CONNECT = Family(
    default=_figures(2, 5, ""),
    exceptions=(
        _figures(0.1, 1, "CreateInstance DeleteInstance", "default of Service Quotas, 2024"),
        _figures(0.5, 1, "SearchContacts"),
        _figures(
            3,
            5,
            "ActivateEvaluationForm CreateEvaluationForm DeactivateEvaluationForm "
            "DeleteContactEvaluation DeleteEvaluationForm DescribeContactEvaluation "
            "DescribeEvaluationForm ListContactEvaluations ListEvaluationFormVersions "
            "ListEvaluationForms SearchContactEvaluations SearchEvaluationForms "
            "StartContactEvaluation SubmitContactEvaluation UpdateContactEvaluation "
            "UpdateEvaluationForm",
        ),
        _figures(
            5,
            8,
            "CreateParticipant CreatePersistentContactAssociation GetCurrentMetricData "
            "GetMetricData StartChatContact StartContactStreaming StopContactStreaming "
            "UpdateParticipantRoleConfig",
        ),
        _figures(10, 10, "GetMetricDataV2"),
        _figures(
            10,
            15,
            "BatchPutContact DescribeContact GetContactAttributes ListContactReferences "
            "SendIntegrationEvent StopContact UpdateContact UpdateContactAttributes",
        ),
        _figures(17, 26, "SendChatIntegrationEvent"),
        _figures(20, 20, "UpdateContactRoutingData"),
        _figures(20, 25, "TagContact UntagContact"),
        _figures(25, 50, "ListIntegrationAssociations"),
        _figures(
            2,
            5,
            "CreateIntegrationAssociation DeleteIntegrationAssociation",
            "1/s for an SES_IDENTITY integration",
        ),
        _figures(
            2,
            5,
            "DescribeAgentStatus DescribeHoursOfOperation DescribePredefinedAttribute "
            "DescribePrompt DescribeQueue DescribeQuickConnect DescribeRoutingProfile "
            "DescribeUser DescribeUserHierarchyGroup DescribeUserHierarchyStructure "
            "ListAgentStatuses ListHoursOfOperations ListPredefinedAttributes ListPrompts "
            "ListQueueQuickConnects ListQueues ListQuickConnects ListRoutingProfileQueues "
            "ListRoutingProfiles ListUserHierarchyGroups ListUserProficiencies ListUsers",
            UNCERTAIN_READ,
        ),
    ),
)

CASES = Family(
    default=_figures(2, 5, ""),
    exceptions=(
        _figures(2, 2, "ListCasesForContact UpdateCase"),
        _figures(
            2,
            10,
            "CreateCase CreateRelatedItem GetCaseAuditEvents GetCaseEventConfiguration "
            "ListCaseRules ListLayouts ListTagsForResource ListTemplates "
            "PutCaseEventConfiguration SearchCases SearchRelatedItems TagResource UntagResource",
        ),
        _figures(4, 10, "GetCase"),
        _figures(6, 16, "ListFieldOptions"),
        _figures(6, 20, "GetLayout GetTemplate"),
        _figures(8, 25, "BatchGetCaseRule BatchGetField"),
    ),
)

CUSTOMER_PROFILES = Family(
    default=_rate_only(5),
    exceptions=(
        _rate_only(
            1,
            "CreateCalculatedAttributeDefinition CreateDomain CreateEventStream DeleteDomain "
            "DeleteIntegration DeleteProfileObjectType GetAutoMergingPreview PutIntegration "
            "PutProfileObjectType UpdateCalculatedAttributeDefinition UpdateDomain",
        ),
        _rate_only(10, "GetProfileObjectType"),
        _rate_only(
            100,
            "AddProfileKey CreateProfile DeleteProfile DeleteProfileKey DeleteProfileObject "
            "GetCalculatedAttributeForProfile GetMatches GetSimilarProfiles "
            "ListAccountIntegrations ListCalculatedAttributesForProfile ListProfileObjects "
            "MergeProfiles PutProfileObject SearchProfiles UpdateProfile",
        ),
    ),
)

CAMPAIGNS = Family(
    default=_figures(2, 5, ""),
    exceptions=(
        _figures(
            1,
            2,
            "CreateCampaign DeleteCampaign ListTagsForResource PauseCampaign ResumeCampaign "
            "StartCampaign StopCampaign TagResource UntagResource UpdateCampaignDialerConfig "
            "UpdateCampaignName UpdateCampaignOutboundCallConfig",
        ),
        _figures(5, 10, "GetCampaignState GetCampaignStateBatch ListCampaigns"),
        _figures(
            10,
            10,
            "PutDialRequestBatch PutOutboundRequestBatch PutProfileOutboundRequestBatch",
        ),
        _figures(25, 35, "DescribeCampaign"),
    ),
)

PARTICIPANT = Family(
    default=_figures(2, 5, ""),
    exceptions=(
        _figures(3, 5, "DisconnectParticipant"),
        _figures(6, 9, "CreateParticipantConnection"),
        _figures(8, 12, "GetAttachment GetTranscript"),
        _figures(10, 15, "SendEvent SendMessage"),
    ),
)

Q_IN_CONNECT = Family(
    default=_rate_only(10),
    exceptions=(
        _rate_only(1, "SendMessage"),
        _rate_only(
            3,
            "ActivateMessageTemplate CreateMessageTemplate CreateMessageTemplateAttachment "
            "CreateMessageTemplateVersion DeactivateMessageTemplate UpdateMessageTemplate "
            "UpdateMessageTemplateMetadata",
        ),
        _rate_only(20, "DeleteQuickResponse SearchQuickResponses"),
    ),
)

FAMILIES: Mapping[str, Family] = {
    "connect": CONNECT,
    "connect-contact-lens": Family(default=_figures(1, 2, ""), exceptions=()),
    "connectcampaigns": CAMPAIGNS,
    "connectcampaignsv2": CAMPAIGNS,
    "connectcases": CASES,
    "connectparticipant": PARTICIPANT,
    "customer-profiles": CUSTOMER_PROFILES,
    "qconnect": Q_IN_CONNECT,
    "appintegrations": Family(
        default=_figures(2, 5, "", "no figure is published: Amazon Connect's default is taken"),
        exceptions=(),
        source="default of bulkops",
    ),
}
"""By the name that botocore calls the service."""
