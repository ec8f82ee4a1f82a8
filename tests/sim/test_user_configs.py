"""Users' settings channel by channel in the simulator: what is taken, refused, and set alike."""

from __future__ import annotations

import pytest

from bulkops.sim.state.refusals import ServiceError


def described(centre, user):
    return centre.ask("DescribeUser", UserId=user)["User"]


def acw(channel, seconds, **more):
    limit = {"AfterContactWorkTimeLimit": seconds}
    return {"Channel": channel, "AfterContactWorkConfig": limit, **more}


def test_a_list_that_is_given_is_replaced_and_others_stay(centre):
    user = centre.id("user", "admin")
    before = described(centre, user)
    centre.ask("UpdateUserConfig", UserId=user, AfterContactWorkConfigs=[acw("EMAIL", 7)])
    after = described(centre, user)
    assert after["AfterContactWorkConfigs"] == [acw("EMAIL", 7)]
    assert after["AutoAcceptConfigs"] == before["AutoAcceptConfigs"]
    centre.ask("UpdateUserConfig", UserId=user, AutoAcceptConfigs=[])
    assert "AutoAcceptConfigs" not in described(centre, user)


def test_a_search_does_not_show_them(centre):
    (found,) = [each for each in centre.ask("SearchUsers")["Users"] if each["Username"] == "admin"]
    assert not {"AutoAcceptConfigs", "AfterContactWorkConfigs"} & found.keys()


def test_one_time_limit_for_the_phone_is_that_of_all_channels(centre):
    user = centre.id("user", "admin")
    callback = {"AgentFirstCallbackAfterContactWorkConfig": {"AfterContactWorkTimeLimit": 5}}
    works = [acw("VOICE", 30, **callback), acw("CHAT", 60)]
    centre.ask("UpdateUserConfig", UserId=user, AfterContactWorkConfigs=works)
    phone = {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 20}
    centre.ask("UpdateUserPhoneConfig", UserId=user, PhoneConfig=phone)
    callback = {"AgentFirstCallbackAfterContactWorkConfig": {"AfterContactWorkTimeLimit": 20}}
    levelled = [acw("VOICE", 20, **callback), acw("CHAT", 20)]
    assert described(centre, user)["AfterContactWorkConfigs"] == levelled


@pytest.mark.parametrize(
    ("name", "elements", "said"),
    [
        ("AutoAcceptConfigs", [{"Channel": "FAX", "AutoAccept": True}], "enum value set"),
        ("AutoAcceptConfigs", [{"Channel": "CHAT"}], "AutoAccept"),
        ("AutoAcceptConfigs", [{"Channel": "CHAT", "AutoAccept": True}] * 2, "twice"),
        (
            "AutoAcceptConfigs",
            [{"Channel": "CHAT", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True}],
            "VOICE only",
        ),
        ("AfterContactWorkConfigs", [acw("CHAT", 2_000_001)], "less than or equal to 2000000"),
        ("PhoneNumberConfigs", [{"Channel": "CHAT", "PhoneType": "SOFT_PHONE"}], "VOICE only"),
        ("PhoneNumberConfigs", [{"Channel": "VOICE", "PhoneType": "DESK_PHONE"}], "PhoneNumber"),
    ],
)
def test_what_a_channel_can_not_have_is_refused(centre, name, elements, said):
    user = centre.id("user", "admin")
    before = described(centre, user)
    with pytest.raises(ServiceError) as refusal:
        centre.ask("UpdateUserConfig", UserId=user, **{name: elements})
    assert said in str(refusal.value.message)
    assert described(centre, user) == before
