from __future__ import annotations

import pytest

RECORDING = "s3://recordings.example/closed.wav"


def test_a_prompt_is_made_changed_and_deleted_and_never_says_where_it_came_from(centre):
    made = centre.ask("CreatePrompt", Name="Closed.wav", S3Uri=RECORDING, Tags={"language": "en"})
    own = {"PromptId": made["PromptId"]}
    centre.ask("UpdatePrompt", **own, Name="Shut.wav", Description="Outside office hours")
    centre.ask("UpdatePrompt", **own, S3Uri="s3://recordings.example/shut.wav")
    told = centre.ask("DescribePrompt", **own)["Prompt"]
    del told["LastModifiedTime"]
    assert told == {
        "Name": "Shut.wav",
        "Description": "Outside office hours",
        "Tags": {"language": "en"},
        "PromptARN": made["PromptARN"],
        "PromptId": made["PromptId"],
        "LastModifiedRegion": "us-east-1",
    }
    centre.ask("DeletePrompt", **own)
    assert centre.code("DescribePrompt", **own) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"Name": "HOLD.WAV"}, "DuplicateResourceException"),
        ({"S3Uri": "s3://recordings.example/closed.mp3"}, "InvalidParameterException"),
        ({"S3Uri": "closed.wav"}, "InvalidParameterException"),
        ({"Description": ""}, "InvalidParameterException"),
    ],
)
def test_a_prompt_that_may_not_be_is_refused(centre, given, code):
    usual = {"Name": "New.wav", "S3Uri": RECORDING}
    assert centre.code("CreatePrompt", **{**usual, **given}) == code


def test_no_more_prompts_are_made_than_the_quota_allows(centre):
    centre.world.limits = {"prompt": 2}
    code = centre.code("CreatePrompt", Name="New.wav", S3Uri=RECORDING)
    assert code == "LimitExceededException"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "InvalidRequestException"),
        ({"Name": "WELCOME.WAV"}, "InvalidParameterException"),
        ({"S3Uri": "s3://recordings.example/hold.ogg"}, "InvalidParameterException"),
    ],
)
def test_a_change_that_may_not_be_is_refused(centre, given, code):
    own = {"PromptId": centre.id("prompt", "Hold.wav")}
    assert centre.code("UpdatePrompt", **own, **given) == code


def test_a_prompt_can_be_copied_from_the_address_of_its_file(centre):
    prompt = {"PromptId": centre.id("prompt", "Hold.wav")}
    address = centre.ask("GetPromptFile", **prompt)["PromptPresignedUrl"]
    copied = centre.ask("CreatePrompt", Name="Copy.wav", S3Uri=address)
    assert copied["PromptId"] != prompt["PromptId"]
    assert centre.code("GetPromptFile", PromptId="none") == "ResourceNotFoundException"
