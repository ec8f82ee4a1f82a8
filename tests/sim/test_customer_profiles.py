from __future__ import annotations

import json

import pytest

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.services.customer_profiles.profile_domains import OBJECT
from bulkops.sim.services.customer_profiles_service import CustomerProfiles
from tests.sim.centre import Centre

DOMAIN = "amazon-connect-bulkops-demo"


class Domain(Centre):
    def __init__(self, config=None):
        super().__init__(config)
        self.service = CustomerProfiles(self.world)

    def ask(self, operation, **params):
        named = params if operation == "ListDomains" else {"DomainName": DOMAIN, **params}
        return self.service.respond(operation, named, BEGUN + self.now, self.caller).data

    def found(self, key, *values, **more):
        reply = self.ask("SearchProfiles", KeyName=key, Values=[*values], **more)
        return [each["ProfileId"] for each in reply["Items"]]

    def one(self, key, value):
        (found,) = self.found(key, value)
        return found

    def read(self, profile):
        (found,) = self.ask("BatchGetProfile", ProfileIds=[profile])["Profiles"]
        return found

    def order(self, **content):
        return self.ask("PutProfileObject", ObjectTypeName="Order", Object=json.dumps(content))


@pytest.fixture
def domain():
    return Domain()


def test_the_domain_and_its_object_types_are_listed(domain):
    (listed,) = domain.ask("ListDomains")["Items"]
    assert listed["DomainName"] == DOMAIN
    told = domain.ask("GetDomain")
    assert told["Stats"]["ProfileCount"] == 30
    assert told["DefaultExpirationDays"] == 366
    types = domain.ask("ListProfileObjectTypes", MaxResults=1)
    assert [each["ObjectTypeName"] for each in types["Items"]] == ["Order"]
    rest = domain.ask("ListProfileObjectTypes", MaxResults=1, NextToken=types["NextToken"])
    assert [each["ObjectTypeName"] for each in rest["Items"]] == ["Subscriber"]
    assert "order" in domain.ask("GetProfileObjectType", ObjectTypeName="Order")["Keys"]
    assert domain.refusal("GetDomain", DomainName="other") == (
        "ResourceNotFoundException",
        "The domain does not exist.",
    )
    assert domain.code("GetProfileObjectType", ObjectTypeName="Lead") == "ResourceNotFoundException"


def test_a_profile_made_twice_is_there_twice(domain):
    made = [domain.ask("CreateProfile", AccountNumber="B-1")["ProfileId"] for _ in range(2)]
    assert domain.found("_account", "B-1") == made
    assert len(set(made)) == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("_account", "A-1001"),
        ("_email", "ann.byrne@example.com"),
        ("_phone", "+35315551001"),
        ("_fullName", "Ann Byrne"),
        ("login", "ann.b"),
    ],
)
def test_a_profile_is_found_by_each_of_its_keys(domain, key, value):
    profile = domain.one(key, value)
    assert domain.one("_profileId", profile) == profile
    (item,) = domain.ask("SearchProfiles", KeyName=key, Values=[value])["Items"]
    assert item["FoundByItems"] == [{"KeyName": key, "Values": [value]}]
    assert item["Address"]["City"] == "Dublin"


def test_several_keys_are_joined_by_or_unless_and_is_said(domain):
    more = [{"KeyName": "_account", "Values": ["A-1002"]}]
    assert len(domain.found("_account", "A-1001", AdditionalSearchKeys=more)) == 2
    both = {"AdditionalSearchKeys": more, "LogicalOperator": "AND"}
    assert domain.found("_account", "A-1001", **both) == []
    assert len(domain.found("_email", "family@example.com", **both)) == 1


def test_twenty_are_on_a_page_unless_more_are_asked_for(domain):
    accounts = [f"A-{number}" for number in range(1001, 1031)]
    reply = domain.ask("SearchProfiles", KeyName="_account", Values=accounts)
    rest = domain.found("_account", *accounts, NextToken=reply["NextToken"])
    assert (len(reply["Items"]), len(rest)) == (20, 10)
    assert len(domain.found("_account", *accounts, MaxResults=100)) == 30


@pytest.mark.parametrize(
    "asked",
    [
        {"KeyName": "_unheard", "Values": ["a"]},
        {"KeyName": "_account", "Values": []},
        {"KeyName": "_account", "Values": ["a"], "MaxResults": 101},
        {"KeyName": "_account"},
    ],
)
def test_every_fault_of_a_request_is_a_bad_request(domain, asked):
    assert domain.code("SearchProfiles", **asked) == "BadRequestException"


def test_an_update_keeps_what_is_absent_and_takes_away_what_is_empty(domain):
    profile = domain.one("_account", "A-1001")
    changed = {"FirstName": "Anna", "PhoneNumber": "", "Address": {"City": "Cork", "Country": ""}}
    domain.ask("UpdateProfile", ProfileId=profile, **changed, Attributes={"tier": "", "vip": "1"})
    told = domain.read(profile)
    assert (told["FirstName"], told["LastName"], "PhoneNumber" in told) == ("Anna", "Byrne", False)
    assert told["Address"] == {"Address1": "1 Main Street", "City": "Cork"}
    assert told["Attributes"] == {"vip": "1"}
    assert domain.found("_phone", "+35315551001") == []
    assert domain.code("UpdateProfile", ProfileId="0" * 32) == "ResourceNotFoundException"


def test_a_deleted_profile_takes_its_objects_along(domain):
    profile = domain.one("_account", "A-1001")
    assert len(domain.instance.tables[OBJECT]) == 1
    domain.ask("DeleteProfile", ProfileId=profile)
    assert len(domain.instance.tables[OBJECT]) == 0
    (error,) = domain.ask("BatchGetProfile", ProfileIds=[profile])["Errors"]
    assert (error["ProfileId"], error["Code"]) == (profile, "404")
    assert domain.code("DeleteProfile", ProfileId=profile) == "ResourceNotFoundException"
    asked = {"ObjectTypeName": "Order", "ProfileId": profile}
    assert domain.code("ListProfileObjects", **asked) == "ResourceNotFoundException"


def test_keys_are_added_and_taken_away_by_value(domain):
    profile = domain.one("_account", "A-1002")
    key = {"ProfileId": profile, "KeyName": "login"}
    assert domain.ask("AddProfileKey", **key, Values=["bk", "brian"])["Values"] == ["bk", "brian"]
    domain.ask("AddProfileKey", **key, Values=["bk"])
    assert domain.one("login", "bk") == profile
    domain.ask("DeleteProfileKey", **key, Values=["bk"])
    assert domain.found("login", "bk") == []
    assert domain.one("login", "brian") == profile
    assert domain.code("DeleteProfileKey", **key, Values=["bk"]) == "BadRequestException"
    own = {"ProfileId": profile, "KeyName": "_account", "Values": ["A-1002"]}
    assert "own" in domain.refusal("DeleteProfileKey", **own)[1]
    for name in ("nobody_defined_it", "_profileId"):
        asked = {"ProfileId": profile, "KeyName": name, "Values": ["a"]}
        assert domain.code("AddProfileKey", **asked) == "BadRequestException"


def test_an_object_takes_the_place_of_the_one_with_its_unique_key(domain):
    profile = domain.one("_account", "A-1002")
    asked = {"ObjectTypeName": "Order", "ProfileId": profile}
    first = domain.order(orderId="O-2", account="A-1002", total=5)
    assert domain.order(orderId="O-2", account="A-1002", total=6) == first
    (item,) = domain.ask("ListProfileObjects", **asked)["Items"]
    assert json.loads(item["Object"])["total"] == 6
    kept = {"KeyName": "order", "Values": ["O-2"]}
    assert domain.ask("ListProfileObjects", **asked, ObjectFilter=kept)["Items"] == [item]
    other = {"KeyName": "order", "Values": ["O-3"]}
    assert domain.ask("ListProfileObjects", **asked, ObjectFilter=other)["Items"] == []
    strange = {"KeyName": "login", "Values": ["O-3"]}
    assert domain.code("ListProfileObjects", **asked, ObjectFilter=strange) == "BadRequestException"
    domain.ask("DeleteProfileObject", **asked, **first)
    assert domain.ask("ListProfileObjects", **asked)["Items"] == []
    gone = domain.code("DeleteProfileObject", **asked, **first)
    assert gone == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"account": "A-1001"}',
        '{"orderId": "O-9", "account": "A-0"}',
        '{"orderId": "O-9"}',
    ],
)
def test_an_object_that_is_not_whole_or_nobodys_is_refused(domain, text):
    asked = {"ObjectTypeName": "Order", "Object": text}
    assert domain.code("PutProfileObject", **asked) == "BadRequestException"


def test_an_object_of_several_profiles_is_rejected(domain):
    domain.ask("CreateProfile", AccountNumber="A-1001")
    with pytest.raises(Exception, match="Several profiles"):
        domain.order(orderId="O-9", account="A-1001")


def test_an_object_may_make_its_profile_and_fills_it(domain):
    content = json.dumps({"loginName": "zed", "email": "zed@example.com", "firstName": "Zed"})
    domain.ask("PutProfileObject", ObjectTypeName="Subscriber", Object=content)
    profile = domain.one("login", "zed")
    assert domain.read(profile)["FirstName"] == "Zed"
    assert domain.one("_email", "zed@example.com") == profile


def test_a_profile_holds_as_many_objects_as_it_may():
    domain = Domain(SimConfig(limits={"profile-object": 2}))
    domain.order(orderId="O-2", account="A-1001")
    assert (
        domain.code(
            "PutProfileObject",
            ObjectTypeName="Order",
            Object=('{"orderId": "O-3", "account": "A-1001"}'),
        )
        == "BadRequestException"
    )


def test_merged_profiles_are_one_for_good(domain):
    main, other = domain.one("_account", "A-1002"), domain.one("_account", "A-1001")
    asked = {"MainProfileId": main, "ProfileIdsToBeMerged": [other]}
    domain.ask("MergeProfiles", **asked)
    assert domain.found("_phone", "+35315551001") == []
    assert domain.one("_account", "A-1001") == domain.one("login", "ann.b") == main
    assert domain.read(main)["Attributes"] == {"tier": "gold"}
    assert domain.code("MergeProfiles", **asked) == "ResourceNotFoundException"
    itself = {"MainProfileId": main, "ProfileIdsToBeMerged": [main]}
    assert domain.code("MergeProfiles", **itself) == "BadRequestException"


def test_a_search_trails_behind_and_a_profile_read_by_its_id_does_not():
    domain = Domain(SimConfig(search_lag=3.0))
    profile = domain.ask("CreateProfile", AccountNumber="B-1")["ProfileId"]
    assert domain.found("_account", "B-1") == []
    assert domain.read(profile)["AccountNumber"] == "B-1"
    domain.now += 4
    assert domain.one("_account", "B-1") == profile


def test_what_is_not_simulated_says_so(domain):
    asked = {"Matching": {"Enabled": False}, "DefaultExpirationDays": 1}
    assert domain.code("UpdateDomain", **asked) == "UnsupportedOperationException"
