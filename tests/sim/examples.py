"""One request of every simulated operation, in an order in which each can succeed."""

from __future__ import annotations

from hashlib import sha256

from bulkops.sim.core.seed_rules import CATEGORY, conditions
from bulkops.sim.core.seed_users import CONTACTS

SEARCHED = (
    "AgentStatuses",
    "ContactFlowModules",
    "ContactFlows",
    "HoursOfOperations",
    "PredefinedAttributes",
    "Queues",
    "QuickConnects",
    "RoutingProfiles",
    "SecurityProfiles",
    "UserHierarchyGroups",
)
DESCRIBED = (
    ("security-profile", "SecurityProfile", "SecurityProfileId"),
    ("hours-of-operation", "HoursOfOperation", "HoursOfOperationId"),
    ("agent-status", "AgentStatus", "AgentStatusId"),
    ("quick-connect", "QuickConnect", "QuickConnectId"),
    ("contact-flow", "ContactFlow", "ContactFlowId"),
    ("contact-flow-module", "ContactFlowModule", "ContactFlowModuleId"),
    ("predefined-attribute", "PredefinedAttribute", "Name"),
    ("hierarchy-group", "UserHierarchyGroup", "HierarchyGroupId"),
    ("routing-profile", "RoutingProfile", "RoutingProfileId"),
    ("queue", "Queue", "QueueId"),
)


BLOCK = '{"Identifier":"a","Type":"DisconnectParticipant"}'
FLOW = f'{{"Version":"2019-10-30","StartAction":"a","Actions":[{BLOCK}]}}'
TEXTS = "arn:aws:sms-voice:us-east-1:123456789012:phone-number/phone-1"
DIGEST = sha256(FLOW.encode()).hexdigest()


def examples(centre):
    """Yield (operation, parameters without InstanceId)."""
    yield from of_users(centre)
    yield from of_routing_profiles(centre)
    yield from of_queues(centre)
    yield from of_numbers(centre)
    yield from of_vocabularies(centre)
    yield from of_data_tables(centre)
    yield from of_evaluation_forms(centre)
    yield from of_task_templates(centre)
    yield from of_rules(centre)
    yield from of_reading(centre)
    yield from of_contacts()
    yield "ListIntegrationAssociations", {"IntegrationType": "CASES_DOMAIN", "MaxResults": 1}
    yield from of_hours(centre)
    yield from of_security_profiles(centre)
    yield from of_tags_and_deleting(centre)
    yield from of_flows(centre)
    yield from of_modules(centre)
    yield from of_functions_and_bots()
    yield from of_views(centre)
    yield from of_deleted_hours(centre)


def of_users(centre):
    user = {"UserId": centre.id("user", "j.murphy")}
    top = centre.id("hierarchy-group", "Contact Centre")
    admin = centre.id("security-profile", "Admin")
    skill = {"AttributeName": "Skill", "AttributeValue": "Returns"}
    info = {"FirstName": "Zoë", "LastName": "O'Neill", "Email": "z@example.com"}
    phone = {
        "PhoneType": "DESK_PHONE",
        "AutoAccept": True,
        "AfterContactWorkTimeLimit": 20,
        "DeskPhoneNumber": "+35315550101",
    }
    tagged = {"TagFilter": {"OrConditions": [[{"TagKey": "ä/b c"}]]}}
    yield "CreateUser", centre.user(Tags={"ä/b c": "1"}, HierarchyGroupId=top)
    profile = centre.id("routing-profile", "Basic Routing Profile")
    yield "UpdateUserRoutingProfile", user | {"RoutingProfileId": profile}
    yield "UpdateUserSecurityProfiles", user | {"SecurityProfileIds": [admin]}
    yield "UpdateUserHierarchy", user | {"HierarchyGroupId": top}
    yield "UpdateUserIdentityInfo", user | {"IdentityInfo": info}
    yield "UpdateUserPhoneConfig", user | {"PhoneConfig": phone}
    accepts = {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": False}
    limit = {"AfterContactWorkTimeLimit": 30}
    works = {
        "Channel": "VOICE",
        "AfterContactWorkConfig": limit,
        "AgentFirstCallbackAfterContactWorkConfig": limit,
    }
    desk = {"Channel": "VOICE", "PhoneType": "DESK_PHONE", "PhoneNumber": "+35315550101"}
    yield (
        "UpdateUserConfig",
        user
        | {
            "AutoAcceptConfigs": [accepts, {"Channel": "EMAIL", "AutoAccept": False}],
            "AfterContactWorkConfigs": [works],
            "PhoneNumberConfigs": [desk],
            "PersistentConnectionConfigs": [{"Channel": "VOICE", "PersistentConnection": True}],
            "VoiceEnhancementConfigs": [{"Channel": "VOICE", "VoiceEnhancementMode": "NONE"}],
        },
    )
    yield "PutUserStatus", user | {"AgentStatusId": centre.id("agent-status", "Lunch")}
    two, four = ({"UserProficiencies": [{**skill, "Level": level}]} for level in (2.0, 4.0))
    yield "AssociateUserProficiencies", user | two
    yield "UpdateUserProficiencies", user | four
    yield "ListUserProficiencies", user
    yield "DisassociateUserProficiencies", user | {"UserProficiencies": [skill]}
    yield "DescribeUser", user
    yield "ListUsers", {"MaxResults": 3}
    yield "SearchUsers", {"MaxResults": 2, "SearchFilter": tagged}


def of_routing_profiles(centre):
    queue, pair = centre.id("queue", "Support"), centre.pair("Support")
    profile = {"RoutingProfileId": centre.id("routing-profile", "Basic Routing Profile")}
    by_hand = [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}}]
    made = {
        "Name": "Night",
        "Description": "Nights",
        "DefaultOutboundQueueId": queue,
        "MediaConcurrencies": [{"Channel": "CHAT", "Concurrency": 3}],
        "QueueConfigs": [pair],
    }
    both = {"QueueConfigs": [pair], "ManualAssignmentQueueConfigs": by_hand}
    yield "CreateRoutingProfile", made
    yield "AssociateRoutingProfileQueues", profile | both
    yield "UpdateRoutingProfileQueues", profile | {"QueueConfigs": [pair]}
    yield "UpdateRoutingProfileName", profile | {"Description": "Everybody"}
    yield "UpdateRoutingProfileDefaultOutboundQueue", profile | {"DefaultOutboundQueueId": queue}
    channels = [{"Channel": "VOICE", "Concurrency": 1}, {"Channel": "TASK", "Concurrency": 9}]
    yield "UpdateRoutingProfileConcurrency", profile | {"MediaConcurrencies": channels}
    timer = {"AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND"}
    yield "UpdateRoutingProfileAgentAvailabilityTimer", profile | timer
    yield "ListRoutingProfileQueues", profile | {"MaxResults": 1}
    yield "ListRoutingProfileManualAssignmentQueues", profile
    gone = {"QueueReferences": [pair["QueueReference"]]}
    yield "DisassociateRoutingProfileQueues", profile | gone
    yield "ListRoutingProfiles", {}


def of_queues(centre):
    queue = {"QueueId": centre.id("queue", "Support")}
    desks = {"QuickConnectIds": [centre.id("quick-connect", "Billing desk")]}
    hours = {"HoursOfOperationId": centre.id("hours-of-operation", "Basic Hours")}
    number = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+35315550199"}}
    yield "CreateQueue", {"Name": "Nights", "MaxContacts": 3, **hours, **desks}
    yield "UpdateQueueName", queue | {"Name": "Support 24/7"}
    yield "UpdateQueueStatus", queue | {"Status": "ENABLED"}
    yield "UpdateQueueHoursOfOperation", queue | hours
    yield "UpdateQueueMaxContacts", queue | {"MaxContacts": 9}
    shown = {"OutboundCallerIdNumberId": centre.id("phone-number", "+35315550100")}
    yield "UpdateQueueOutboundCallerConfig", queue | {"OutboundCallerConfig": shown}
    yield "CreateAgentStatus", {"Name": "Coaching", "State": "ENABLED", "DisplayOrder": 9}
    lunch = {"AgentStatusId": centre.id("agent-status", "Lunch")}
    yield "UpdateAgentStatus", lunch | {"State": "DISABLED", "Description": ""}
    recording = {"S3Uri": "s3://recordings.example/closed.wav"}
    yield "CreatePrompt", {"Name": "Closed.wav", **recording}
    yield "UpdatePrompt", {"PromptId": centre.id("prompt", "Hold.wav"), **recording}
    yield "DeletePrompt", {"PromptId": centre.id("prompt", "Welcome.wav")}
    yield "ListPrompts", {"MaxResults": 1}
    yield "DescribePrompt", {"PromptId": centre.id("prompt", "Hold.wav")}
    yield "SearchPrompts", {"MaxResults": 1}
    yield "ListPhoneNumbersV2", {"PhoneNumberPrefix": "+353"}
    yield "DescribePhoneNumber", {"PhoneNumberId": shown["OutboundCallerIdNumberId"]}
    yield "ListQueues", {"QueueTypes": ["STANDARD", "AGENT"], "MaxResults": 50}
    yield "AssociateQueueQuickConnects", queue | desks
    yield "ListQueueQuickConnects", queue
    yield "DisassociateQueueQuickConnects", queue | desks
    yield "CreateQuickConnect", {"Name": "Night desk", "QuickConnectConfig": number}
    desk = {"QuickConnectId": centre.id("quick-connect", "Dublin reception")}
    yield "UpdateQuickConnectName", desk | {"Name": "Reception", "Description": ""}
    yield "UpdateQuickConnectConfig", desk | {"QuickConnectConfig": number}
    yield "ListQuickConnects", {"QuickConnectTypes": ["QUEUE"]}


def of_numbers(centre):
    number = {"PhoneNumberId": centre.id("phone-number", "+35315550100")}
    other = {"PhoneNumberId": centre.id("phone-number", "+18005550142")}
    flow = {"ContactFlowId": centre.id("contact-flow", "Sample inbound flow")}
    free = {"PhoneNumberCountryCode": "IE", "PhoneNumberType": "DID"}
    yield "SearchAvailablePhoneNumbers", free | {"MaxResults": 2}
    claimed = {
        "PhoneNumber": "+35315552007",
        "PhoneNumberDescription": "Nights",
        "Tags": {"a": "b"},
    }
    token = {"ClientToken": "01234567-89ab-4def-8123-456789abcdef"}
    yield "ClaimPhoneNumber", claimed | token
    yield "AssociatePhoneNumberContactFlow", number | flow
    yield "ListFlowAssociations", {"ResourceType": "VOICE_PHONE_NUMBER"}
    yield "DisassociatePhoneNumberContactFlow", number
    yield "UpdatePhoneNumberMetadata", number | {"PhoneNumberDescription": ""}
    yield "ReleasePhoneNumber", other | {"ClientToken": "a"}


def of_vocabularies(centre):
    there = {"VocabularyId": centre.id("vocabulary", "Place-names")}
    words = {"LanguageCode": "en-GB", "Content": "Phrase\tDisplayAs\nA-b\tA b"}
    yield "CreateVocabulary", {"VocabularyName": "Names", **words}
    yield "SearchVocabularies", {"NameStartsWith": "N"}
    yield "DescribeVocabulary", there
    yield "DeleteVocabulary", there


def of_rules(centre):
    there = {"RuleId": centre.id("rule", "Refund-mentioned")}
    rule = {"Function": conditions(["refund"]), "Actions": [CATEGORY], "PublishStatus": "DRAFT"}
    source = {"TriggerEventSource": {"EventSourceName": "OnPostCallAnalysisAvailable"}}
    yield "CreateRule", {"Name": "New-rule", **source, **rule}
    yield "UpdateRule", there | {"Name": "Refund-mentioned", **rule}
    yield "ListRules", {"EventSourceName": "OnPostCallAnalysisAvailable"}
    yield "DescribeRule", there
    yield "DeleteRule", there


def of_task_templates(centre):
    there = {"TaskTemplateId": centre.id("task-template", "Follow up")}
    whole = {
        "Name": "Call back",
        "ContactFlowId": centre.id("contact-flow", "Sample inbound flow"),
        "Fields": [{"Id": {"Name": "Title"}, "Type": "NAME"}],
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Title"}}]},
    }
    yield "CreateTaskTemplate", whole
    yield "ListTaskTemplates", {"Status": "ACTIVE"}
    yield "GetTaskTemplate", there
    yield "UpdateTaskTemplate", {**there, **whole, "Name": "Later", "Status": "INACTIVE"}
    yield "DeleteTaskTemplate", there


def of_evaluation_forms(centre):
    there = {"EvaluationFormId": centre.id("evaluation-form", "Call quality")}
    first = {**there, "EvaluationFormVersion": 1}
    question = {"Title": "Remarks", "RefId": "q", "QuestionType": "TEXT"}
    items = [{"Section": {"Title": "All", "RefId": "s", "Items": [{"Question": question}]}}]
    yield "CreateEvaluationForm", {"Title": "Mails", "Items": items}
    more = {"Title": "Calls", "Items": items, "CreateNewVersion": True}
    yield "UpdateEvaluationForm", {**first, **more}
    yield "DescribeEvaluationForm", there
    yield "DeactivateEvaluationForm", first
    yield "ActivateEvaluationForm", first
    yield "ListEvaluationForms", {"MaxResults": 2}
    yield "ListEvaluationFormVersions", there
    yield "DeleteEvaluationForm", there


def of_reading(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    string = {"FieldName": "name", "Value": "Ba", "ComparisonType": "STARTS_WITH"}
    criteria = {"OrConditions": [{"StringCondition": string}]}
    yield "CreateUserHierarchyGroup", {"Name": "Porto", "ParentGroupId": top}
    renamed = {"HierarchyGroupId": centre.id("hierarchy-group", "Dublin", top)}
    yield "UpdateUserHierarchyGroupName", renamed | {"Name": "Dublin City"}
    yield "ListUserHierarchyGroups", {}
    yield "DescribeUserHierarchyStructure", {}
    yield "ListAgentStatuses", {"AgentStatusTypes": ["CUSTOM", "OFFLINE"]}
    yield "ListContactFlows", {"ContactFlowTypes": ["CUSTOMER_QUEUE"]}
    for plural in ("SecurityProfiles", "HoursOfOperations", "PredefinedAttributes"):
        yield f"List{plural}", {"MaxResults": 1}
    for plural in SEARCHED:
        yield f"Search{plural}", {"MaxResults": 1, "SearchCriteria": criteria}
    for kind, thing, argument in DESCRIBED:
        first = next(iter(centre.instance.tables[kind].all()))
        yield f"Describe{thing}", {argument: first["Id"]}
    yield "DescribeInstance", {}
    yield "ListInstances", {"MaxResults": 10}


def of_data_tables(centre):
    said = {"TimeZone": "Europe/Dublin", "ValueLockLevel": "NONE"}
    yield "CreateDataTable", said | {"Name": "Codes", "Status": "PUBLISHED"}
    table = {"DataTableId": centre.id("data-table", "Codes")}
    yield "UpdateDataTableMetadata", table | said | {"Name": "Codes", "Description": "Short"}
    yield "DescribeDataTable", table
    yield "ListDataTables", {"MaxResults": 1}
    yield "SearchDataTables", {}
    column = {"ValueType": "TEXT", "Description": "Long"}
    yield "CreateDataTableAttribute", table | column | {"Name": "Meaning"}
    meaning = {"AttributeName": "Meaning"}
    yield "UpdateDataTableAttribute", table | meaning | column | {"Name": "Meaning"}
    yield "DescribeDataTableAttribute", table | meaning
    yield "ListDataTableAttributes", table | {"MaxResults": 1}
    value = meaning | {"Value": "good"}
    yield "BatchCreateDataTableValue", table | {"Values": [value]}
    yield "BatchUpdateDataTableValue", table | {"Values": [value | {"Value": "bad"}]}
    yield "ListDataTableValues", table | {"MaxResults": 1}
    yield "BatchDeleteDataTableValue", table | {"Values": [meaning | {"LockVersion": {}}]}
    yield "DeleteDataTableAttribute", table | meaning
    yield "DeleteDataTable", table


def of_hours(centre):
    start, end = {"Hours": 9, "Minutes": 0}, {"Hours": 17, "Minutes": 30}
    week = [{"Day": "MONDAY", "StartTime": start, "EndTime": end}]
    yield "CreateHoursOfOperation", {"Name": "Fair", "TimeZone": "Europe/Dublin", "Config": week}
    hours = {"HoursOfOperationId": centre.id("hours-of-operation", "Fair")}
    yield "UpdateHoursOfOperation", hours | {"Description": "Once", "Config": []}
    dates = {"EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"}
    yield "CreateHoursOfOperationOverride", hours | dates | {"Name": "Closed", "Config": []}
    fair = centre.id("hours-of-operation-override", "Closed", hours["HoursOfOperationId"])
    closed = {"HoursOfOperationOverrideId": fair}
    yield "UpdateHoursOfOperationOverride", hours | closed | {"Config": week}
    yield "DescribeHoursOfOperationOverride", hours | closed
    yield "ListHoursOfOperationOverrides", hours | {"MaxResults": 1}
    yield "DeleteHoursOfOperationOverride", hours | closed
    yield "DeleteHoursOfOperation", hours


def of_security_profiles(centre):
    group = next(iter(centre.instance.tables["hierarchy-group"].all()))["Id"]
    restricted = {"AllowedAccessControlTags": {"ä": "b"}, "TagRestrictedResources": ["User"]}
    grouped = {"AllowedAccessControlHierarchyGroupId": group}
    made = {"SecurityProfileName": "Coach", "Permissions": ["Users.View", "Queues.View"]}
    yield "CreateSecurityProfile", made | restricted
    profile = {"SecurityProfileId": centre.id("security-profile", "Coach")}
    yield "UpdateSecurityProfile", profile | grouped | {"HierarchyRestrictedResources": ["User"]}
    yield "ListSecurityProfilePermissions", profile | {"MaxResults": 1}


def of_tags_and_deleting(centre):
    arn = centre.arn("user", "j.murphy")
    top = centre.id("hierarchy-group", "Contact Centre")
    yield "TagResource", {"resourceArn": arn, "tags": {"a b/ü": "é+&="}}
    yield "ListTagsForResource", {"resourceArn": arn}
    yield "UntagResource", {"resourceArn": arn, "tagKeys": ["a b/ü", "x"]}
    yield "DeleteUser", {"UserId": centre.id("user", "new.user")}
    yield "DeleteRoutingProfile", {"RoutingProfileId": centre.id("routing-profile", "Night")}
    yield "DeleteQueue", {"QueueId": centre.id("queue", "Nights")}
    yield "DeleteQuickConnect", {"QuickConnectId": centre.id("quick-connect", "Night desk")}
    names = {"LevelOne": "Firm", "LevelTwo": "Town", "LevelThree": "Team"}
    levels = {level: {"Name": name} for level, name in names.items()}
    yield "UpdateUserHierarchyStructure", {"HierarchyStructure": levels}
    porto = centre.id("hierarchy-group", "Porto", top)
    yield "DeleteUserHierarchyGroup", {"HierarchyGroupId": porto}


def of_contacts():
    chat, task, call, _ = (each[0] for each in CONTACTS)
    attributes = {"Attributes": {"review": "legal", "Tier-1": "é;="}}
    yield "UpdateContactAttributes", {"InitialContactId": chat, **attributes}
    yield "GetContactAttributes", {"InitialContactId": chat}
    for contact in (chat, task, call):
        yield "StopContact", {"ContactId": contact}


def of_flows(centre):
    yield "CreateContactFlow", {"Name": "Nights", "Type": "CONTACT_FLOW", "Content": FLOW}
    yield "ListFlowAssociations", {"ResourceType": "VOICE_PHONE_NUMBER"}
    yield "BatchGetFlowAssociation", {"ResourceIds": ["n"], "ResourceType": "INBOUND_EMAIL"}
    flow = {"ContactFlowId": centre.id("contact-flow", "Nights")}
    texts = {"ResourceId": TEXTS, "ResourceType": "SMS_PHONE_NUMBER"}
    yield "AssociateFlow", texts | {"FlowId": flow["ContactFlowId"]}
    yield "GetFlowAssociation", texts
    yield "DisassociateFlow", texts
    draft = {"ContactFlowId": f"{flow['ContactFlowId']}:$SAVED", "Content": "{}"}
    yield "UpdateContactFlowContent", draft
    yield "UpdateContactFlowName", flow | {"Name": "Nights", "Description": "Late"}
    yield "UpdateContactFlowMetadata", flow | {"ContactFlowState": "ARCHIVED"}
    yield from of_versions(centre, "ContactFlow", "contact-flow", flow)
    yield "DeleteContactFlow", flow


def of_modules(centre):
    yield "CreateContactFlowModule", {"Name": "Nights", "Content": FLOW, "ClientToken": "t"}
    yield "ListContactFlowModules", {"MaxResults": 1}
    module = {"ContactFlowModuleId": centre.id("contact-flow-module", "Nights")}
    yield "UpdateContactFlowModuleMetadata", module | {"State": "ARCHIVED"}
    yield "UpdateContactFlowModuleContent", module | {"Content": FLOW}
    yield from of_versions(centre, "ContactFlowModule", "contact-flow-module", module)
    yield "DeleteContactFlowModule", module


def of_versions(centre, word, kind, thing):
    yield f"Create{word}Version", thing | {f"{word.removeprefix('Contact')}ContentSha256": DIGEST}
    first = {f"{word}Version": 1}
    yield f"Create{word}Alias", thing | first | {"AliasName": "live", "Description": "Now"}
    yield f"List{word}Versions", thing
    alias = thing | {"AliasId": centre.id(f"{kind}-alias", "live", thing[f"{word}Id"])}
    yield f"Update{word}Alias", alias | {"Name": "calm"}
    yield f"Describe{word}Alias", alias
    yield f"List{word}Aliases", thing
    yield f"Delete{word}Alias", alias
    yield f"Delete{word}Version", thing | first


def of_functions_and_bots():
    function = {"FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:greet"}
    bot = {
        "LexV2Bot": {
            "AliasArn": f"arn:aws:lex:us-east-1:123456789012:bot-alias/{'A' * 10}/TSTALIASID"
        }
    }
    classic = {"Name": "Orders", "LexRegion": "us-east-1"}
    yield "AssociateLambdaFunction", function
    yield "ListLambdaFunctions", {"MaxResults": 1}
    yield "DisassociateLambdaFunction", function
    yield "AssociateBot", bot
    yield "ListBots", {"LexVersion": "V2"}
    yield "DisassociateBot", bot
    yield "AssociateLexBot", {"LexBot": classic}
    yield "ListLexBots", {"MaxResults": 1}
    yield "DisassociateLexBot", {"BotName": "Orders", "LexRegion": "us-east-1"}


def of_views(centre):
    yield "ListViews", {"Type": "AWS_MANAGED", "MaxResults": 1}
    content = {"Template": "{}", "Actions": ["Next"]}
    yield "CreateView", {"Name": "Steps", "Status": "PUBLISHED", "Content": content}
    view = {"ViewId": centre.id("view", "Steps")}
    yield "DescribeView", view
    yield "SearchViews", {"SearchCriteria": {"ViewTypeCondition": "CUSTOMER_MANAGED"}}
    yield "UpdateViewContent", view | {"Status": "SAVED", "Content": content}
    yield "UpdateViewMetadata", view | {"Name": "Stages"}
    yield "DeleteView", view


def of_deleted_hours(centre):
    yield "GetPromptFile", {"PromptId": centre.id("prompt", "Hold.wav")}
    yield "SearchHoursOfOperationOverrides", {"MaxResults": 1}
    hours = {"HoursOfOperationId": centre.id("hours-of-operation", "Around the clock")}
    days = {"EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"}
    yield "CreateHoursOfOperationOverride", hours | days | {"Name": "Christmas", "Config": []}
    yield "ListHoursOfOperationOverrides", hours | {"MaxResults": 1}
    yield "DeleteHoursOfOperation", hours
    profile = {"SecurityProfileId": centre.id("security-profile", "QualityAnalyst")}
    yield "ListSecurityProfileApplications", profile
    yield "DeleteSecurityProfile", profile
    colours = {"Name": "Colour", "Values": {"StringList": ["Red", "Blue"]}}
    yield "CreatePredefinedAttribute", colours | {"Purposes": ["ATTRIBUTE_BASED_ROUTING"]}
    yield "UpdatePredefinedAttribute", colours | {"Values": {"StringList": ["Red"]}}
    yield "DeletePredefinedAttribute", {"Name": "Colour"}
