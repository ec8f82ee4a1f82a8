"""Operations of S3, DynamoDB, Systems Manager's parameters and Secrets Manager."""

from __future__ import annotations

from tests.everywhere.everywhere import Ask, Case

_BUCKET = Ask(
    service="s3",
    method="create_bucket",
    params={"Bucket": "ledgers", "CreateBucketConfiguration": {"LocationConstraint": "<region>"}},
)

S3 = (
    Case(
        job="s3:CreateBucket",
        rows=(
            {"bucket": "ledgers", "create_bucket_configuration_location_constraint": "<region>"},
        ),
        seen=Ask(service="s3", method="list_buckets", find="Buckets[].Name"),
        before=[],
        after=["ledgers"],
        repeated="already-exists",
    ),
    Case(
        job="s3:PutObject",
        given=(_BUCKET,),
        rows=({"bucket": "ledgers", "key": "a/b c.txt", "body": "what is in it"},),
        seen=Ask(
            service="s3",
            method="list_objects_v2",
            params={"Bucket": "ledgers"},
            find="Contents[].[Key, Size]",
        ),
        before=None,
        after=[["a/b c.txt", 13]],
        undone="bulkops does not know how to read",
    ),
    Case(
        job="s3:PutBucketTagging",
        given=(_BUCKET,),
        rows=({"bucket": "ledgers", "tagging_tag_set": '[{"Key":"team","Value":"Billing"}]'},),
        seen=Ask(
            service="s3",
            method="get_bucket_tagging",
            params={"Bucket": "ledgers"},
            find="TagSet[].Value || Error",
        ),
        before="NoSuchTagSet",
        after=["Billing"],
        repeated="unchanged",
    ),
    Case(
        job="s3:PutBucketVersioning",
        given=(
            _BUCKET,
            Ask(
                service="s3",
                method="put_bucket_versioning",
                params={
                    "Bucket": "ledgers",
                    "VersioningConfiguration": {"Status": "Suspended"},
                },
            ),
        ),
        rows=({"bucket": "ledgers", "versioning_configuration_status": "Enabled"},),
        seen=Ask(
            service="s3",
            method="get_bucket_versioning",
            params={"Bucket": "ledgers"},
            find="Status",
        ),
        before="Suspended",
        after="Enabled",
        repeated="unchanged",
    ),
    Case(
        job="s3:PutPublicAccessBlock",
        given=(_BUCKET,),
        rows=(
            {
                "bucket": "ledgers",
                "public_access_block_configuration_block_public_acls": "yes",
                "public_access_block_configuration_restrict_public_buckets": "no",
            },
        ),
        seen=Ask(
            service="s3",
            method="get_public_access_block",
            params={"Bucket": "ledgers"},
            find="PublicAccessBlockConfiguration.BlockPublicAcls || Error",
        ),
        before="NoSuchPublicAccessBlockConfiguration",
        after=True,
        repeated="unchanged",
        undone="somebody has changed it since",
    ),
    Case(
        job="s3:DeleteObject",
        given=(
            _BUCKET,
            Ask(
                service="s3",
                method="put_object",
                params={"Bucket": "ledgers", "Key": "old", "Body": "x"},
            ),
        ),
        rows=({"bucket": "ledgers", "key": "old"},),
        seen=Ask(
            service="s3",
            method="list_objects_v2",
            params={"Bucket": "ledgers"},
            find="Contents[].Key",
        ),
        before=["old"],
        after=None,
        repeated="unchanged",
        undone="HeadObject does not tell all that PutObject makes.",
    ),
)

_TABLE = Ask(
    service="dynamodb",
    method="create_table",
    params={
        "TableName": "calls",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    },
)
_ITEM = Ask(
    service="dynamodb",
    method="put_item",
    params={"TableName": "calls", "Item": {"id": {"S": "1"}, "length": {"N": "5"}}},
)
_LENGTHS = Ask(
    service="dynamodb", method="scan", params={"TableName": "calls"}, find="Items[].length.N"
)

DYNAMODB = (
    Case(
        job="dynamodb:CreateTable",
        rows=(
            {
                "table_name": "calls",
                "attribute_definitions": '[{"AttributeName":"id","AttributeType":"S"}]',
                "key_schema": '[{"AttributeName":"id","KeyType":"HASH"}]',
                "billing_mode": "PAY_PER_REQUEST",
            },
        ),
        seen=Ask(service="dynamodb", method="list_tables", find="TableNames"),
        before=[],
        after=["calls"],
        repeated="already-exists",
    ),
    Case(
        job="dynamodb:PutItem",
        given=(_TABLE,),
        rows=({"table_name": "calls", "item": '{"id":{"S":"1"},"length":{"N":"5"}}'},),
        seen=_LENGTHS,
        before=[],
        after=["5"],
        undone="bulkops does not know how to read",
    ),
    Case(
        job="dynamodb:UpdateItem",
        given=(_TABLE, _ITEM),
        rows=(
            {
                "table_name": "calls",
                "key": '{"id":{"S":"1"}}',
                "update_expression": "SET #l = :l",
                "expression_attribute_names": '{"#l":"length"}',
                "expression_attribute_values": '{":l":{"N":"7"}}',
            },
        ),
        seen=_LENGTHS,
        before=["5"],
        after=["7"],
        undone="bulkops does not know how to read",
    ),
    Case(
        job="dynamodb:DeleteItem",
        given=(_TABLE, _ITEM),
        rows=({"table_name": "calls", "key": '{"id":{"S":"1"}}'},),
        seen=_LENGTHS,
        before=["5"],
        after=[],
        undone="bulkops does not know how to read",
    ),
)

_PARAMETER = Ask(
    service="ssm",
    method="put_parameter",
    params={"Name": "/desk/hours", "Value": "9-17", "Type": "String"},
)
_HOURS = Ask(
    service="ssm",
    method="get_parameters_by_path",
    params={"Path": "/desk"},
    find="Parameters[].Value",
)

SSM = (
    Case(
        job="ssm:PutParameter",
        rows=({"name": "/desk/hours", "value": "9-17", "type": "String"},),
        seen=_HOURS,
        before=[],
        after=["9-17"],
        repeated="ParameterAlreadyExists",
    ),
    Case(
        job="ssm:DeleteParameter",
        given=(_PARAMETER,),
        rows=({"name": "/desk/hours"},),
        seen=_HOURS,
        before=["9-17"],
        after=[],
        repeated="unchanged",
        undone="PutParameter needs Value, which GetParameter does not tell.",
    ),
    Case(
        job="ssm:AddTagsToResource",
        given=(_PARAMETER,),
        rows=(
            {
                "resource_type": "Parameter",
                "resource_id": "/desk/hours",
                "tags": '[{"Key":"team","Value":"Billing"}]',
            },
        ),
        seen=Ask(
            service="ssm",
            method="list_tags_for_resource",
            params={"ResourceType": "Parameter", "ResourceId": "/desk/hours"},
            find="TagList[].Value",
        ),
        before=[],
        after=["Billing"],
        undone="bulkops does not know how to read",
    ),
)

_SECRET = Ask(
    service="secretsmanager",
    method="create_secret",
    params={"Name": "door", "SecretString": "1234"},
)
_CODE = Ask(
    service="secretsmanager",
    method="get_secret_value",
    params={"SecretId": "door"},
    find="SecretString || Error",
)

SECRETS = (
    Case(
        job="secretsmanager:CreateSecret",
        rows=({"name": "door", "secret_string": "1234", "description": "of the office"},),
        seen=Ask(service="secretsmanager", method="list_secrets", find="SecretList[].Description"),
        before=[],
        after=["of the office"],
        repeated="already-exists",
    ),
    Case(
        job="secretsmanager:PutSecretValue",
        given=(_SECRET,),
        rows=({"secret_id": "door", "secret_string": "9876"},),
        seen=_CODE,
        before="1234",
        after="9876",
        undone="bulkops does not know how to read",
    ),
    Case(
        job="secretsmanager:TagResource",
        given=(_SECRET,),
        rows=({"secret_id": "door", "tags": '[{"Key":"team","Value":"Billing"}]'},),
        seen=Ask(
            service="secretsmanager",
            method="describe_secret",
            params={"SecretId": "door"},
            find="Tags[].Value",
        ),
        before=None,
        after=["Billing"],
        undone="would take away what may have been there before",
    ),
)
