"""What the service models leave out or get wrong: one table, each entry with its source.

Keys are (botocore's service name, shape) or (service, "Structure.Member"), the structure by its
name in the model. What an entry says goes before the model; what it does not say stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bulkops.definition.job import Identity
from bulkops.definition.model.patterns import TextPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One correction of a model. `identities` empty: under every identity management type."""

    source: str
    identities: tuple[Identity, ...] = ()
    maximum: int | None = None
    pattern: TextPattern | None = None
    says: str = ""
    nfc: bool = False


_CREATE_USER = "Amazon Connect API reference, CreateUser"
_IDENTITY_INFO = "Amazon Connect API reference, UserIdentityInfo"
_PHONE_CONFIG = "Amazon Connect API reference, UserPhoneConfig"
_QUOTAS = "Amazon Connect service quotas page"
_NAME = Override(source=_IDENTITY_INFO, nfc=True)
_PROFICIENCIES = Override(source=f"{_QUOTAS}, proficiencies per agent", maximum=10)
_DISASSOCIATED = Override(
    source="Amazon Connect API reference, DisassociateRoutingProfileQueues", maximum=10
)

_CELLS = Override(source="not published: as few as other lists of Amazon Connect take", maximum=25)
_KEYS = Override(source="not published: as few as other lists of the family take", maximum=25)
_MESSAGES = Override(source="Amazon SQS API reference, SendMessageBatch", maximum=10)

OVERRIDES: Mapping[tuple[str, str], tuple[Override, ...]] = {
    ("customer-profiles", "AddProfileKeyRequest.Values"): (_KEYS,),
    ("customer-profiles", "DeleteProfileKeyRequest.Values"): (_KEYS,),
    ("connect", "PhoneNumber"): (
        Override(
            source="ITU-T E.164; the model's pattern is escaped twice",
            pattern=TextPattern(r"^\+[1-9][0-9]{1,14}\Z"),
            says="E.164: + and 2 to 15 digits, such as +353209100123",
        ),
    ),
    ("connect", "ClaimPhoneNumberRequest.ClientToken"): (
        Override(
            source="Amazon Connect API reference, ClaimPhoneNumber",
            pattern=TextPattern(r"^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\Z"),
            says="a UUID in small letters",
        ),
    ),
    ("connect", "PhoneNumberPrefix"): (
        Override(
            source="Amazon Connect API reference, ListPhoneNumbersV2; escaped twice in the model",
            pattern=TextPattern(r"^\+?[0-9]{1,11}\Z"),
            says="1 to 11 digits, with or without a +",
        ),
    ),
    ("connect", "S3Uri"): (
        Override(
            # a signed address is a secret for as long as it lasts, and no cell to be kept
            source="Amazon Connect API reference, CreatePrompt; escaped twice in the model",
            pattern=TextPattern(
                r"^(?!.*[?&][Xx]-[Aa]mz-)(?:s3://\S+/.+|https://\S+\.s3\.\S+\.amazonaws\.com/\S+)\Z"
            ),
            says="s3://bucket/key, or the https address of an object in Amazon S3, not signed",
        ),
    ),
    ("connect", "Password"): (
        Override(
            source=f"{_CREATE_USER}; the model's pattern stands between slashes",
            pattern=TextPattern(r"^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])\S{8,64}\Z"),
            says="8 to 64 characters without spaces: a capital, a small letter and a digit",
        ),
    ),
    ("connect", "AgentUsername"): (
        Override(source=_CREATE_USER, maximum=64),
        Override(
            source=_CREATE_USER, identities=("CONNECT_MANAGED", "EXISTING_DIRECTORY"), maximum=20
        ),
        Override(
            source=_CREATE_USER,
            identities=("SAML",),
            pattern=TextPattern(r"^[A-Za-z0-9_.\\-]+(?:@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)?\Z"),
            says="letters, digits and _ - . \\ alone, or a whole e-mail address",
        ),
    ),
    ("connect", "AgentFirstName"): (_NAME,),
    ("connect", "AgentLastName"): (_NAME,),
    ("connect", "UserIdentityInfo.Email"): (
        Override(
            source="RFC 5321, as much of it as every mail address keeps",
            maximum=320,
            pattern=TextPattern(r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+\Z"),
            says="an e-mail address, such as ana@example.com",
        ),
    ),
    ("connect", "UserIdentityInfo.SecondaryEmail"): (
        Override(
            source=_IDENTITY_INFO,
            maximum=265,
            pattern=TextPattern(r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}\Z"),
            says="an e-mail address of letters, digits and . _ % + - before the @",
        ),
    ),
    ("connect", "RuleName"): (
        Override(
            source="Amazon Connect API reference, CreateRule; the model's pattern has no end",
            pattern=TextPattern(r"^[0-9a-zA-Z._-]+\Z"),
            says="letters, digits and . _ -, without spaces",
        ),
    ),
    ("connect", "HierarchyGroupName"): (
        Override(source="Amazon Connect API reference, CreateUserHierarchyGroup", maximum=100),
    ),
    ("connect", "HierarchyLevelName"): (
        Override(source="Amazon Connect API reference, HierarchyLevelUpdate", maximum=50),
    ),
    ("connect", "AfterContactWorkTimeLimit"): (Override(source=_PHONE_CONFIG, maximum=2_000_000),),
    ("connect", "DisassociateRoutingProfileQueuesRequest.QueueReferences"): (_DISASSOCIATED,),
    ("connect", "DisassociateRoutingProfileQueuesRequest.ManualAssignmentQueueReferences"): (
        _DISASSOCIATED,
    ),
    ("connect", "UserProficiencyList"): (_PROFICIENCIES,),
    ("connect", "UserProficiencyDisassociateList"): (_PROFICIENCIES,),
    ("connect", "AttributeName"): (
        Override(
            source="Amazon Connect API reference, UpdateContactAttributes",
            pattern=TextPattern(r"^[A-Za-z0-9_-]+\Z"),
            says="letters, digits, dashes and underscores",
        ),
    ),
    ("connect", "ContactFlowName"): (
        Override(source="AWS CloudFormation, AWS::Connect::ContactFlow", maximum=127),
    ),
    ("connect", "ContactFlowDescription"): (
        Override(source="AWS CloudFormation, AWS::Connect::ContactFlow", maximum=500),
    ),
    ("connect", "ContactFlowContent"): (
        Override(source="Amazon Connect API reference, CreateContactFlow", maximum=256_000),
    ),
    ("qconnect", "QuickResponseContent"): (
        Override(source="API reference of Q in Connect, CreateQuickResponse", maximum=4000),
    ),
    ("sqs", "SendMessageBatchRequestEntryList"): (_MESSAGES,),
    ("connect", "DataTableValueList"): (_CELLS,),
    ("connect", "DataTableDeleteValueIdentifierList"): (_CELLS,),
    ("sqs", "DeleteMessageBatchRequestEntryList"): (_MESSAGES,),
    ("connect", "TagKey"): (
        Override(
            source="Amazon Connect API reference, TagResource",
            pattern=TextPattern(
                r"^(?!aws:)[\w \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000.:/=+\-@]*\Z"
            ),
            says="letters, digits, spaces and _ . : / = + - @, not beginning with aws:",
        ),
    ),
}

NOT_SECRET: Mapping[str, frozenset[str]] = {
    "connect": frozenset(
        {
            *("AgentFirstName", "AgentLastName", "DirectoryAlias", "Email", "EmailAddress"),
            *("EmailAddressDisplayName", "EmailAttachments", "CustomerIdNonEmpty"),
            *("Body", "Description", "Name", "InboundSubject", "OutboundSubject", "SearchText"),
            *("AuthenticationError", "AuthenticationErrorDescription"),
            *("ViewAction", "ViewInputSchema", "ViewName"),
            *("ContactSearchSummarySegmentAttributes", "SearchableContactAttributeKey"),
            *("SearchableContactAttributeValue", "SearchableSegmentAttributeKey"),
            *("SearchableSegmentAttributeValue", "SearchableSegmentAttributeValueList"),
        }
    ),
}
"""Shapes that a model marks `sensitive` and that are personal data or content, not secrets."""

_NAMING = re.compile(r"(name|email|emailaddress|phonenumber)(type|string)?\Z", re.IGNORECASE)
_SECRETIVE = re.compile(r"password|secret|token|credential|key|code", re.IGNORECASE)


def names_somebody(shape: str) -> bool:
    """Tell by a shape's own name that it names or reaches people or things, and opens nothing.

    Such as UsernameType or AssessmentName: rows are told apart by them, and people find them by it.
    """
    return _NAMING.search(shape) is not None and _SECRETIVE.search(shape) is None


SERVICES_WITHOUT_SECRETS = frozenset(
    {"customer-profiles", "connectcases", "qconnect", "connectcampaignsv2"}
)
"""Services of which every `sensitive` mark is of that sort: no operation takes a secret."""
