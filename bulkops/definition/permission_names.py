"""The permissions of security profiles that are known by name; the service adds others.

The names are those that ListSecurityProfilePermissions answers, from the list of security profile
permissions in the administrator guide and from profiles that hold all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ALL = "Create Delete Edit View"
_OF: Mapping[str, str] = {
    "AgentGrouping": "Create Edit EnableAndDisable View",
    "AgentStates": "Create Edit EnableAndDisable View",
    "AgentTimeCard": "View",
    "AudioDeviceSettings": "Access",
    "Bots": "Create Edit View",
    "CallRecordings": (
        "Redacted.Access Redacted.DownloadButton Unredacted.Access Unredacted.DownloadButton"
    ),
    "Campaigns": "Create Delete Edit Manage View",
    "Capacity": "Edit Publish View",
    "CaseFields": "Create Edit View",
    "CaseHistory": "View",
    "CaseTemplates": "Create Edit View",
    "Cases": "Create Edit View",
    "ConfigureContactAttributes": "View",
    "ContactAttributes": "View",
    "ContactFlowModules": "Create Delete Edit Publish View",
    "ContactFlows": "Create Delete Edit Publish View",
    "ContactLensCustomVocabulary": "Edit View",
    "ContactLensPostContactSummary": "View",
    "ContactSearch": "View",
    "ContactSearchWithCharacteristics": "Access View",
    "ContactSearchWithKeywords": "Access View",
    "ContactTranscripts": "Redacted.Access Unredacted.Access Unredacted.DownloadButton",
    "ContentManagement": _ALL,
    "ContentManagement.MessageTemplates": _ALL,
    "CustomMetrics": "Create Delete Edit Publish View",
    "CustomViews": "Access",
    "CustomerProfiles": "Create Edit View",
    "CustomerProfiles.CalculatedAttributes": _ALL,
    "CustomerProfiles.Segments": "Create Delete Export View",
    "DataTables": f"{_ALL} EditExpressionValues ManageValues",
    "EmailAddresses": "Create Edit Remove View",
    "Evaluation": _ALL,
    "EvaluationCalibrationSessions": _ALL,
    "EvaluationForms": _ALL,
    "ForecastScheduleInterval": "Edit View",
    "Forecasting": "Edit Publish View",
    "GraphTrends": "View",
    "HistoricalChanges": "View",
    "HoursOfOperation": _ALL,
    "ManualAssignAnyContact": "Enable",
    "ManualAssignMyContacts": "Enable",
    "MetricsReports": "Create Delete Edit Publish Schedule Share View",
    "MyContacts": "View",
    "OutboundEmail": "Create",
    "PhoneNumbers": "Claim Edit Release View",
    "PredefinedAttributes": _ALL,
    "Prompts": _ALL,
    "QConnectAIAgents": _ALL,
    "QConnectAIPrompts": _ALL,
    "QConnectGuardrails": _ALL,
    "Queues": "Create Delete Edit EnableAndDisable Purge View",
    "RealtimeContactLens": "View",
    "RedactedData": "View",
    "ReportSchedules": _ALL,
    "ReportsAdmin": "Access Delete Publish Schedule View",
    "RestrictTaskCreation": "Access",
    "RoutingPolicies": _ALL,
    "Rules": _ALL,
    "RulesGenerativeAI": _ALL,
    "Scheduling": "Edit Publish View",
    "ScreenRecording": "Access Delete Download",
    "SecurityProfiles": _ALL,
    "SelfAssignContacts": "Access",
    "StaffCalendar": "Edit View",
    "StopContact": "Enabled",
    "TaskTemplates": _ALL,
    "TeamCalendar": "Edit View",
    "TestCases": "Create Delete Edit Execute Publish View",
    "TimeOff": "Approve Edit View",
    "TimeOffBalance": "Edit View",
    "Transcript": "View",
    "TransferContact": "Enabled",
    "TransferDestinations": _ALL,
    "UnredactedData": "View",
    "UpdateContactSchedule": "Enabled",
    "Users": "Create Delete Edit EditPermission EnableAndDisable View",
    "VideoContact": "Access",
    "Views": "Create Edit Remove View",
    "VoiceId": "Access",
    "VoiceIdAttributesAndSearch": "View",
    "VoiceIdUpdateSpeakerId": "Access",
    "Wisdom": "View",
    "Workspaces": "Assign Create Delete Edit EditVisibility View",
}
_WORDS = (
    "AccessMetrics",
    "BasicAgentAccess",
    "ChatTestMode",
    "DeleteCallRecordings",
    "DownloadCallRecordings",
    "ListenCallRecordings",
    "ManagerBargeIn",
    "ManagerListenIn",
    "OutboundCallAccess",
)


def _names() -> Iterator[str]:
    yield from _WORDS
    for thing, deeds in _OF.items():
        yield from (f"{thing}.{deed}" for deed in deeds.split())


PERMISSIONS: tuple[str, ...] = tuple(sorted(_names()))
