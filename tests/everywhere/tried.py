"""Operations of many services that people have tried, and how each is taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """An operation: it is planned with a column for each member named, or refused in words."""

    job: str
    columns: str = ""
    """Some columns by which it is planned, of those that are hard to have."""
    refused: str = ""


TRIED = (
    Tried("connect:UpdateUserRoutingProfile", "routing_profile_id user_id"),
    Tried("connect:CreateView", "content_template"),
    Tried("connect:UpdateContactAttributes", "attributes"),
    Tried("connect:StartOutboundVoiceContact", "destination_phone_number attributes"),
    Tried("connect:TagResource", "resource_arn tags"),
    Tried("connect:StopContact", "contact_id"),
    Tried("connect:UpdateInstanceAttribute", "attribute_type value"),
    Tried("connect:CreateRule", "actions"),
    Tried("connect:UpdateParticipantRoleConfig", "contact_id"),
    Tried("connect:AssociateBot", refused="no required member that would tell rows apart"),
    Tried("connectcases:CreateField", "name type"),
    Tried("connectcases:UpdateCase", "case_id fields"),
    Tried("connectcases:CreateRelatedItem", "case_id content_comment_body"),
    Tried(
        "customer-profiles:CreateProfile", refused="no required member that would tell rows apart"
    ),
    Tried("customer-profiles:PutProfileObject", "object"),
    Tried("customer-profiles:PutIntegration", "flow_definition_tasks"),
    Tried("qconnect:CreateQuickResponse", "content_content"),
    Tried("qconnect:CreateContent", "upload_id metadata"),
    Tried("qconnect:StartContentUpload", "content_type"),
    Tried("connectcampaignsv2:CreateCampaign", "name"),
    Tried("connectcampaignsv2:PutOutboundRequestBatch", "expiration_time"),
    Tried("connectparticipant:SendMessage", refused="speaks for one participant of one chat"),
    Tried("connectparticipant:DisconnectParticipant", refused="speaks for one participant"),
    Tried("appintegrations:CreateApplication", "namespace"),
    Tried("iam:CreateUser", "user_name tags"),
    Tried("iam:CreateAccessKey", refused="no required member that would tell rows apart"),
    Tried("iam:UpdateAccountPasswordPolicy", refused="no required member"),
    Tried("cognito-idp:AdminCreateUser", "user_attributes temporary_password"),
    Tried("cognito-idp:AdminSetUserPassword", "password permanent"),
    Tried("ssm:PutParameter", "value overwrite"),
    Tried("ssm:SendCommand", "parameters targets"),
    Tried("dynamodb:BatchWriteItem", "request_items"),
    Tried("dynamodb:TransactWriteItems", "transact_items"),
    Tried("dynamodb:Query", refused="only reads"),
    Tried("sqs:SendMessageBatch", "queue_url message_body"),
    Tried("sns:Publish", "message message_attributes"),
    Tried("s3:PutObject", "bucket key body metadata"),
    Tried("s3:CreateBucket", "create_bucket_configuration_location_constraint"),
    Tried("s3:PutBucketPolicy", "policy"),
    Tried("s3:DeleteObjects", "delete_objects"),
    Tried("s3:PutBucketLifecycleConfiguration", "lifecycle_configuration_rules"),
    Tried("ec2:RunInstances", "network_interfaces min_count"),
    Tried("ec2:CreateVpc", refused="no required member that would tell rows apart"),
    Tried("ec2:AuthorizeSecurityGroupIngress", "group_id ip_permissions"),
    Tried("ec2:TerminateInstances", "instance_ids"),
    Tried("lambda:CreateFunction", "code_s3_bucket environment_variables"),
    Tried("lambda:Invoke", "payload"),
    Tried("lambda:UpdateFunctionCode", "zip_file"),
    Tried("secretsmanager:CreateSecret", "secret_string secret_binary"),
    Tried("logs:PutLogEvents", "log_events"),
    Tried("logs:PutMetricFilter", "metric_transformations"),
    Tried("events:PutEvents", "entries"),
    Tried("events:PutTargets", "targets"),
    Tried("kinesis:PutRecord", "data partition_key"),
    Tried("kms:CreateKey", refused="no required member that would tell rows apart"),
    Tried("kms:Encrypt", "plaintext"),
    Tried("route53:ChangeResourceRecordSets", "change_batch_changes"),
    Tried("cloudfront:CreateInvalidation", "invalidation_batch_paths_items"),
    Tried("apigateway:CreateDeployment", refused="no required member"),
    Tried("lexv2-models:CreateIntent", "sample_utterances"),
    Tried("lexv2-runtime:StartConversation", refused="is a conversation"),
    Tried("transcribe:StartTranscriptionJob", "media_media_file_uri"),
    Tried("polly:SynthesizeSpeech", "text voice_id"),
    Tried("bedrock-runtime:InvokeModel", "body"),
    Tried("stepfunctions:StartExecution", "input"),
    Tried("sesv2:SendEmail", refused="no required member that would tell rows apart"),
    Tried("cloudwatch:PutMetricAlarm", "threshold dimensions"),
    Tried("cloudformation:CreateStack", "template_body parameters"),
    Tried("glue:CreateTable", "database_name"),
    Tried("rds:CreateDBInstance", "master_user_password"),
    Tried("batch:SubmitJob", "container_overrides_environment"),
)
