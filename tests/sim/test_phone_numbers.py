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


TOKEN = "01234567-89ab-4def-8123-456789abcdef"


def claimed(centre, number="+35315552001", **more):
    return centre.ask("ClaimPhoneNumber", PhoneNumber=number, **more)["PhoneNumberId"]


def status(centre, number_id):
    reply = centre.ask("DescribePhoneNumber", PhoneNumberId=number_id, InstanceId=None)
    return reply["ClaimedPhoneNumberSummary"]["PhoneNumberStatus"]


def test_a_claim_is_accepted_and_done_some_time_later(centre):
    number = claimed(centre, Tags={"team": "nights"})
    assert status(centre, number) == {"Status": "IN_PROGRESS"}
    centre.now += 2
    assert status(centre, number) == {"Status": "CLAIMED"}


def test_a_claim_beyond_the_limit_is_accepted_and_then_fails(centre):
    for last in "1234":
        number = claimed(centre, f"+3531555200{last}")
    centre.now += 2
    assert status(centre, number) == {
        "Status": "FAILED",
        "Message": "The limit of phone numbers of the target was reached.",
    }


def test_a_claim_that_comes_again_with_its_token_is_answered_as_before(centre):
    first = claimed(centre, ClientToken=TOKEN)
    assert claimed(centre, ClientToken=TOKEN) == first
    assert len(listed(centre)) == 3
    other = {"PhoneNumber": "+35315552002", "ClientToken": TOKEN}
    assert centre.code("ClaimPhoneNumber", **other) == "IdempotencyException"
    odd = {"PhoneNumber": "+35315552002", "ClientToken": "run-1"}
    assert centre.code("ClaimPhoneNumber", **odd) == "InvalidParameterException"


def test_only_a_number_that_is_free_can_be_claimed(centre):
    number = claimed(centre)
    for taken in ("+35315552001", "+35315550100", "+35319999999"):
        assert centre.code("ClaimPhoneNumber", PhoneNumber=taken) == "ResourceNotFoundException"
    busy = {"PhoneNumberId": number, "InstanceId": None}
    assert centre.code("ReleasePhoneNumber", **busy) == "InvalidParameterException"
    centre.now += 2
    centre.ask("ReleasePhoneNumber", **busy)
    assert centre.code("ReleasePhoneNumber", **busy) == "ResourceNotFoundException"
    again = {"PhoneNumber": "+35315552001"}
    assert centre.code("ClaimPhoneNumber", **again) == "ResourceNotFoundException"
    centre.now += 181 * 24 * 3600
    centre.ask("ClaimPhoneNumber", **again)


def test_free_numbers_are_shown_ten_at_a_time(centre):
    asked = {"PhoneNumberCountryCode": "IE", "PhoneNumberType": "DID", "MaxResults": 10}
    claimed(centre, "+35315552000")
    reply = centre.ask("SearchAvailablePhoneNumbers", **asked)
    found = [each["PhoneNumber"] for each in reply["AvailableNumbersList"]]
    assert (found[0], len(found)) == ("+35315552001", 10)
    narrowed = centre.ask("SearchAvailablePhoneNumbers", **asked, PhoneNumberPrefix="+353155525")
    assert narrowed["AvailableNumbersList"][0]["PhoneNumber"] == "+35315552500"
    nowhere = asked | {"PhoneNumberCountryCode": "PL"}
    assert centre.ask("SearchAvailablePhoneNumbers", **nowhere)["AvailableNumbersList"] == []


def test_a_number_leads_to_one_inbound_flow(centre):
    number = {"PhoneNumberId": centre.id("phone-number", "+35315550100")}
    flow = centre.id("contact-flow", "Sample inbound flow")
    centre.ask("AssociatePhoneNumberContactFlow", **number, ContactFlowId=flow)
    listed = centre.ask("ListFlowAssociations")["FlowAssociationSummaryList"]
    mine = [each for each in listed if each["ResourceId"].endswith(number["PhoneNumberId"])]
    assert [each["FlowId"] for each in mine] == [flow]
    whisper = {"ContactFlowId": centre.id("contact-flow", "Default outbound")}
    wrong = centre.code("AssociatePhoneNumberContactFlow", **number, **whisper)
    assert wrong == "InvalidParameterException"
    for _ in range(2):
        centre.ask("DisassociatePhoneNumberContactFlow", **number)
    left = centre.ask("ListFlowAssociations")["FlowAssociationSummaryList"]
    assert [each for each in left if each in mine] == []
    emails = centre.ask("ListFlowAssociations", ResourceType="INBOUND_EMAIL")
    assert emails["FlowAssociationSummaryList"] == []


def test_a_description_is_accepted_and_worked_on(centre):
    number = centre.id("phone-number", "+35315550100")
    asked = {"PhoneNumberId": number, "InstanceId": None}
    centre.ask("UpdatePhoneNumberMetadata", **asked, PhoneNumberDescription="Nights")
    assert status(centre, number) == {"Status": "IN_PROGRESS"}
    centre.now += 2
    centre.ask("UpdatePhoneNumberMetadata", **asked)
    assert status(centre, number) == {"Status": "CLAIMED"}
