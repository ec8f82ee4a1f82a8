"""Operations of IAM and of Cognito's user pools."""

from __future__ import annotations

from tests.everywhere.everywhere import Ask, Case

_TRUST = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",'
    '"Principal":{"Service":"lambda.amazonaws.com"}}]}'
)
_POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",'
    '"Resource":"*"}]}'
)
_ANN = Ask(service="iam", method="create_user", params={"UserName": "ann"})
_STAFF = Ask(service="iam", method="create_group", params={"GroupName": "staff"})
_USERS = Ask(service="iam", method="list_users", find="sort(Users[].UserName)")

IAM = (
    Case(
        job="iam:CreateUser",
        rows=({"user_name": "ann", "path": "/a/"}, {"user_name": "bob", "path": "/b/"}),
        seen=Ask(service="iam", method="list_users", find="Users[].Path | sort(@)"),
        before=[],
        after=["/a/", "/b/"],
        repeated="unchanged",
    ),
    Case(
        job="iam:UpdateUser",
        given=(_ANN,),
        rows=({"user_name": "ann", "new_path": "/desk/"},),
        seen=Ask(service="iam", method="get_user", params={"UserName": "ann"}, find="User.Path"),
        before="/",
        after="/desk/",
        undone="bulkops does not know how to read",
    ),
    Case(
        job="iam:DeleteUser",
        given=(_ANN,),
        rows=({"user_name": "ann"},),
        seen=_USERS,
        before=["ann"],
        after=[],
        repeated="unchanged",
    ),
    Case(
        job="iam:CreateGroup",
        rows=({"group_name": "staff"},),
        seen=Ask(service="iam", method="list_groups", find="Groups[].GroupName"),
        before=[],
        after=["staff"],
        repeated="unchanged",
    ),
    Case(
        job="iam:AddUserToGroup",
        given=(_ANN, _STAFF),
        rows=({"group_name": "staff", "user_name": "ann"},),
        seen=Ask(
            service="iam",
            method="get_group",
            params={"GroupName": "staff"},
            find="Users[].UserName",
        ),
        before=[],
        after=["ann"],
        repeated="unchanged",
    ),
    Case(
        job="iam:CreateRole",
        rows=({"role_name": "desk", "assume_role_policy_document": _TRUST},),
        seen=Ask(
            service="iam",
            method="list_roles",
            find="Roles[].AssumeRolePolicyDocument.Statement[0].Action",
        ),
        before=[],
        after=["sts:AssumeRole"],
        repeated="unchanged",
    ),
    Case(
        job="iam:PutUserPolicy",
        given=(_ANN,),
        rows=({"user_name": "ann", "policy_name": "reads", "policy_document": _POLICY},),
        seen=Ask(
            service="iam",
            method="get_user_policy",
            params={"UserName": "ann", "PolicyName": "reads"},
            find="PolicyDocument.Statement[0].Action || Error",
        ),
        before="NoSuchEntity",
        after="s3:GetObject",
        repeated="unchanged",
    ),
    Case(
        job="iam:TagUser",
        given=(_ANN,),
        rows=({"user_name": "ann", "tags": '[{"Key":"team","Value":"Billing"}]'},),
        seen=Ask(
            service="iam",
            method="list_user_tags",
            params={"UserName": "ann"},
            find="Tags[].Value",
        ),
        before=[],
        after=["Billing"],
        undone="would take away what may have been there before",
    ),
    Case(
        job="iam:AttachUserPolicy",
        given=(
            _ANN,
            Ask(
                service="iam",
                method="create_policy",
                params={"PolicyName": "reads", "PolicyDocument": _POLICY},
                find="Policy.Arn",
                keep="policy",
            ),
        ),
        rows=({"user_name": "ann", "policy_arn": "<policy>"},),
        seen=Ask(
            service="iam",
            method="list_attached_user_policies",
            params={"UserName": "ann"},
            find="AttachedPolicies[].PolicyName",
        ),
        before=[],
        after=["reads"],
        repeated="unchanged",
    ),
)

_POOL = Ask(
    service="cognito-idp",
    method="create_user_pool",
    params={"PoolName": "desk"},
    find="UserPool.Id",
    keep="pool",
)
_EVA = Ask(
    service="cognito-idp",
    method="admin_create_user",
    params={"UserPoolId": "<pool>", "Username": "eva"},
)
_READERS = Ask(
    service="cognito-idp",
    method="create_group",
    params={"UserPoolId": "<pool>", "GroupName": "readers"},
)
_OF_EVA = {"UserPoolId": "<pool>", "Username": "eva"}

COGNITO = (
    Case(
        job="cognito-idp:AdminCreateUser",
        given=(_POOL,),
        rows=(
            {
                "user_pool_id": "<pool>",
                "username": "eva",
                "user_attributes": '[{"Name":"email","Value":"eva@example.com"}]',
                "temporary_password": "Begin-2026!",
            },
        ),
        seen=Ask(
            service="cognito-idp",
            method="list_users",
            params={"UserPoolId": "<pool>"},
            find="Users[].Attributes[?Name=='email'].Value[]",
        ),
        before=[],
        after=["eva@example.com"],
        repeated="already-exists",
    ),
    Case(
        job="cognito-idp:AdminUpdateUserAttributes",
        given=(_POOL, _EVA),
        rows=(
            {
                "user_pool_id": "<pool>",
                "username": "eva",
                "user_attributes": '[{"Name":"nickname","Value":"E"}]',
            },
        ),
        seen=Ask(
            service="cognito-idp",
            method="admin_get_user",
            params=_OF_EVA,
            find="UserAttributes[?Name=='nickname'].Value",
        ),
        before=[],
        after=["E"],
        undone="what was there before is not known",
    ),
    Case(
        job="cognito-idp:AdminDisableUser",
        given=(_POOL, _EVA),
        rows=({"user_pool_id": "<pool>", "username": "eva"},),
        seen=Ask(service="cognito-idp", method="admin_get_user", params=_OF_EVA, find="Enabled"),
        before=True,
        after=False,
        undone="bulkops does not know how to read",
    ),
    Case(
        job="cognito-idp:AdminDeleteUser",
        given=(_POOL, _EVA),
        rows=({"user_pool_id": "<pool>", "username": "eva"},),
        seen=Ask(
            service="cognito-idp",
            method="list_users",
            params={"UserPoolId": "<pool>"},
            find="Users[].Username",
        ),
        before=["eva"],
        after=[],
        repeated="unchanged",
    ),
    Case(
        job="cognito-idp:CreateGroup",
        given=(_POOL,),
        rows=({"user_pool_id": "<pool>", "group_name": "readers", "precedence": "3"},),
        seen=Ask(
            service="cognito-idp",
            method="list_groups",
            params={"UserPoolId": "<pool>"},
            find="Groups[].Precedence",
        ),
        before=[],
        after=[3],
        repeated="unchanged",
    ),
    Case(
        job="cognito-idp:AdminAddUserToGroup",
        given=(_POOL, _EVA, _READERS),
        rows=({"user_pool_id": "<pool>", "username": "eva", "group_name": "readers"},),
        seen=Ask(
            service="cognito-idp",
            method="admin_list_groups_for_user",
            params=_OF_EVA,
            find="Groups[].GroupName",
        ),
        before=[],
        after=["readers"],
        repeated="unchanged",
    ),
)
