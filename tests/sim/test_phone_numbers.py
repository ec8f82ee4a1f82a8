from __future__ import annotations


def listed(centre, **asked):
    reply = centre.ask("ListPhoneNumbersV2", **asked)
    return [each["PhoneNumber"] for each in reply["ListPhoneNumbersSummaryList"]]


def test_the_numbers_of_an_instance_are_listed_by_country_type_and_beginning(centre):
    assert listed(centre) == ["+35315550100", "+18005550142"]
    assert listed(centre, PhoneNumberCountryCodes=["US"]) == ["+18005550142"]
    assert listed(centre, PhoneNumberTypes=["DID"]) == ["+35315550100"]
    assert listed(centre, PhoneNumberPrefix="+353") == ["+35315550100"]
    assert listed(centre, PhoneNumberPrefix="1800") == ["+18005550142"]


def test_a_number_belongs_to_the_account_and_says_which_instance_has_it(centre):
    number = centre.id("phone-number", "+35315550100")
    reply = centre.ask("DescribePhoneNumber", PhoneNumberId=number, InstanceId=None)
    told = reply["ClaimedPhoneNumberSummary"]
    assert told["PhoneNumberArn"] == f"arn:aws:connect:us-east-1:123456789012:phone-number/{number}"
    assert told["InstanceId"] == centre.instance.id
    assert told["PhoneNumberStatus"] == {"Status": "CLAIMED"}


def test_numbers_that_nobody_has_are_not_found(centre):
    asked = {"PhoneNumberId": "none", "InstanceId": None}
    assert centre.code("DescribePhoneNumber", **asked) == "ResourceNotFoundException"
    both = {"TargetArn": centre.instance.arn}
    assert centre.code("ListPhoneNumbersV2", **both) == "InvalidParameterException"
