from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.errors import Exit
from bulkops.sim.core.fault_injection import PRESETS, Fate, Faults, FaultsError, Latency, Mishap


def drawn(fate, operation="CreateUser", *, number=1, elapsed=0.0, access_key="test"):
    return fate.draw("connect", operation, number=number, elapsed=elapsed, access_key=access_key)


def numbers_hit(mishap, count=10):
    fate = Fate(Faults(mishaps=(mishap,)))
    return [number for number in range(1, count + 1) if drawn(fate, number=number)]


def test_a_mishap_meets_the_calls_it_names():
    assert numbers_hit(Mishap(kind="cut", calls=(2, 5))) == [2, 5]
    assert numbers_hit(Mishap(kind="cut", times=3)) == [1, 2, 3]
    assert numbers_hit(Mishap(kind="cut", operation="Describe*")) == []
    assert numbers_hit(Mishap(kind="cut", service="sts")) == []


def test_a_mishap_lasts_as_long_as_it_says():
    fate = Fate(Faults(mishaps=(Mishap(kind="cut", since=10, until=20),)))
    assert [bool(drawn(fate, elapsed=at)) for at in (9.9, 10.0, 19.9, 20.0)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_mishap_can_belong_to_one_access_key():
    fate = Fate(Faults(mishaps=(Mishap(kind="cut", access_key="OLD"),)))
    assert (bool(drawn(fate, access_key="OLD")), drawn(fate, access_key="NEW")) == (True, None)


def test_the_first_mishap_that_fits_is_the_one():
    first, second = Mishap(kind="cut", calls=(2,)), Mishap(kind="hang")
    fate = Fate(Faults(mishaps=(first, second)))
    assert [drawn(fate, number=number) for number in (1, 2)] == [second, first]


@given(st.integers(), st.floats(0, 1))
def test_lots_depend_on_the_seed_and_the_call_and_not_on_the_order(seed, probability):
    faults = Faults(seed=seed, mishaps=(Mishap(kind="cut", probability=probability),))
    forward = [bool(drawn(Fate(faults), number=number)) for number in range(30)]
    backward = [bool(drawn(Fate(faults), number=number)) for number in reversed(range(30))]
    assert forward == backward[::-1]


def test_lots_fall_as_often_as_their_probability_says():
    hits = numbers_hit(Mishap(kind="cut", probability=0.1), count=5_000)
    assert 430 <= len(hits) <= 570


def test_latency_is_fixed_spread_and_spiked_by_the_seed():
    latency = Latency(fixed=1.0, spread=0.5, spike=10.0, spike_probability=0.2)
    faults = Faults(latency=latency)
    seen = [faults.latency_of("connect", "CreateUser", number) for number in range(1_000)]
    calm = [seconds for seconds in seen if seconds < 10]
    assert seen == [faults.latency_of("connect", "CreateUser", number) for number in range(1_000)]
    assert 1.0 <= min(calm) < max(calm) <= 1.5
    assert 150 <= len(seen) - len(calm) <= 250
    assert Faults().latency_of("connect", "CreateUser", 1) == 0.0


def test_a_faults_file_is_read_with_its_short_names():
    text = """{"seed": 7, "latency": {"fixed": 0.1, "spread": 1},
        "mishaps": [{"kind": "cut-after", "operation": "Create*", "calls": [3]},
                    {"kind": "throttle", "since": 5, "until": 9},
                    {"kind": "error", "code": "Odd", "status": 418, "probability": 0.5}]}"""
    assert Faults.from_json(text) == Faults(
        seed=7,
        latency=Latency(fixed=0.1, spread=1.0),
        mishaps=(
            Mishap(kind="cut", operation="Create*", calls=(3,), effect=True),
            Mishap(
                kind="error",
                code="ThrottlingException",
                message="Rate exceeded",
                since=5,
                until=9,
            ),
            Mishap(kind="error", code="Odd", status=418, probability=0.5),
        ),
    )
    assert Faults.from_json("{}") == Faults()


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_short_name_makes_a_mishap(name):
    faults = Faults.from_json(f'{{"mishaps": [{{"kind": "{name}"}}]}}')
    preset = PRESETS[name]
    assert faults.mishaps == (
        Mishap(
            kind=preset.kind,
            code=preset.code,
            message=preset.message,
            status=preset.status,
            effect=preset.effect,
        ),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "the faults file is not JSON"),
        ("[]", "the faults file is not a JSON object"),
        ('{"mishap": []}', "the faults file holds 'mishap'; allowed are seed, latency, mishaps"),
        ('{"mishaps": {}}', "mishaps of the faults file is {}"),
        ('{"mishaps": ["cut"]}', "a mishap is not a JSON object"),
        ('{"mishaps": [{"kind": "flood"}]}', "a mishap's kind is 'flood'; allowed are error, cut"),
        ('{"mishaps": [{}]}', "a mishap's kind is ''"),
        ('{"mishaps": [{"kind": "error"}]}', "a mishap of kind 'error' needs a code"),
        ('{"mishaps": [{"kind": "cut", "calls": 3}]}', "calls of a mishap is 3"),
        ('{"mishaps": [{"kind": "cut", "probability": true}]}', "probability of a mishap is True"),
        ('{"latency": {"fixed": "x"}}', "fixed of latency is 'x'"),
    ],
)
def test_a_faults_file_that_is_none_says_what_is_wrong(text, says):
    with pytest.raises(FaultsError) as caught:
        Faults.from_json(text)
    assert caught.value.exit is Exit.USAGE
    assert str(caught.value).startswith(says)
