"""Cells with numbers, moments, durations, maps and JSON: what they say, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.definition.column_facts import facts_of
from bulkops.definition.column_kinds import written
from bulkops.definition.expressions import Each
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col
from bulkops.definition.model.value_limits import Limits
from bulkops.planning.calls.argument import Argument, ArgumentSource
from bulkops.planning.calls.arguments import step_arguments
from bulkops.planning.cell_writer import CellWriter
from bulkops.planning.diff.alike import is_alike
from bulkops.planning.diff.long_texts import shortened
from bulkops.planning.diff.merge import completed
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.header_spellings import moment_headers
from bulkops.planning.rows.readers.cell_files import CellFile
from bulkops.planning.sheet_check import check
from tests.planning.paper import Sheet, order_of

JOB = Job(
    name="values",
    summary="A column of each kind that is no plain text.",
    key=("name",),
    columns=(
        Column(name="name", help="Which.", required=True),
        Column(name="level", help="How well.", kind="number"),
        Column(name="levels", help="How well, several.", kind="number", split=";"),
        Column(name="since", help="From when.", kind="date"),
        Column(name="opens", help="From when in the day.", kind="time"),
        Column(name="closes", help="Until when, as text.", kind="time"),
        Column(name="due", help="When.", kind="datetime"),
        Column(name="pause", help="How long.", kind="duration"),
        Column(name="wait", help="How long.", kind="duration", unit="minutes"),
        Column(name="attributes", help="What else.", kind="map"),
        Column(name="weights", help="How much of each.", kind="map"),
        Column(name="week", help="The slots.", kind="json"),
        Column(name="places", help="Where.", kind="json"),
    ),
    steps=(
        Step(
            operation="UpdateUserProficiencies",
            args={
                "UserId": Col("name"),
                "UserProficiencies": Each({"AttributeName": "a", "Level": Col("level")}),
            },
        ),
        Step(operation="UpdateHoursOfOperationOverride", args={"EffectiveFrom": Col("since")}),
        Step(
            operation="CreateHoursOfOperation",
            args={
                "Config": Each({"StartTime": Col("opens")}),
                "Description": Col("closes"),
            },
        ),
        Step(operation="UpdateHoursOfOperation", args={"Config": Col("week")}),
        Step(
            operation="StartTaskContact",
            args={"ScheduledTime": Col("due"), "Attributes": Col("attributes")},
        ),
        Step(
            operation="UpdateUserPhoneConfig",
            args={
                "PhoneConfig": {
                    "AfterContactWorkTimeLimit": Col("pause"),
                },
            },
        ),
        Step(operation="UpdateQueueMaxContacts", args={"MaxContacts": Col("wait")}),
        Step(operation="CreateUser", args={"PhoneConfig": Col("places")}),
    ),
)
WEIGHTS = Job(
    name="weights",
    summary="A map of numbers.",
    service="lambda",
    key=("name",),
    columns=(
        Column(name="name", help="Which.", required=True),
        Column(name="weights", help="How much of each.", kind="map"),
    ),
    steps=(
        Step(
            operation="UpdateAlias",
            args={
                "Name": Col("name"),
                "RoutingConfig": {"AdditionalVersionWeights": Col("weights")},
            },
        ),
    ),
)


def reader(column, job=JOB):
    return CellReader(job.column(column), facts_of(job, column))


def value(column, text, job=JOB):
    found, flaws = reader(column, job).read((text,))
    assert flaws == ()
    return found


def flaws(column, text, job=JOB):
    found, wrong = reader(column, job).read((text,))
    assert found is None
    return [f"{flaw.message} {flaw.hint}".rstrip() for flaw in wrong]


@pytest.mark.parametrize(
    ("text", "number"), [("2.5", 2.5), ("3", 3.0), ("+3.", 3.0), (".5e1", 5.0), ("1E0", 1.0)]
)
def test_a_number_may_have_decimals(text, number):
    assert value("level", text) == number


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "2,5",
            ('"2,5" is not a number; allowed: 1 to 5 Did you mean "2.5"? A point marks decimals.'),
        ),
        ("two", '"two" is not a number; allowed: 1 to 5'),
        ("nan", '"nan" is not a number; allowed: 1 to 5'),
        ("1,000.5", '"1,000.5" is not a number; allowed: 1 to 5'),
        ("5.5", '"5.5" is too large; allowed: 1 to 5'),
    ],
)
def test_a_number_with_a_comma_or_out_of_range_is_refused(text, says):
    assert flaws("level", text) == [says]


def test_several_numbers_are_a_list_of_their_own():
    column = Column(name="level", help="", kind="number", split=";")
    read = CellReader(column, facts_of(JOB, "level")).read(("1; 2.5;1.0",))
    assert read == ((1.0, 2.5), ())


@pytest.mark.parametrize("text", ["2026-12-24", "2026-12-24T00:00:00", "2026-12-24 00:00"])
def test_a_date_is_iso_as_excels_dates_arrive(text):
    assert value("since", text) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("24.12.2026", 'Did you mean "2026-12-24"?'),
        ("03/04/2026", 'Did you mean "2026-04-03" or "2026-03-04"?'),
        ("2026/1/2", 'Did you mean "2026-01-02"?'),
        ("Christmas", "such as 2026-12-24"),
        ("24-12-26", "such as 2026-12-24"),
        ("99.99.2026", "such as 2026-12-24"),
        ("2026-02-30", 'The last day of that month is "2026-02-28".'),
        ("2026-13-30", "is no day of the calendar"),
        ("2026-12-24T09:00", "such as 2026-12-24"),
    ],
)
def test_what_may_mean_another_day_is_refused_with_the_days_it_may_mean(text, says):
    (said,) = flaws("since", text)
    assert said.startswith(f'"{text}" is no')
    assert said.endswith(says)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09:00", time(9)),
        ("9:00", time(9)),
        ("09:00:00", time(9)),
        ("9:00 am", time(9)),
        ("9 PM", time(21)),
        ("9.30 p.m.", time(21, 30)),
        ("12:00 am", time(0)),
        ("12:15pm", time(12, 15)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_of_day_is_said_in_several_ways(text, at):
    assert value("opens", text) == at


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("24:00", 'Did you mean "00:00"?'),
        ("9.30", 'Did you mean "09:30"?'),
        ("0930", 'Did you mean "09:30"?'),
        ("9", 'Did you mean "09:00"?'),
        ("25:00", "such as 09:00 or 9:00 am"),
        ("13:00 pm", 'Did you mean "13:00"?'),
        ("noon", "such as 09:00 or 9:00 am"),
        ("9:60", "such as 09:00 or 9:00 am"),
        ("09:00:30", 'a time of day has none here Did you mean "09:00"?'),
    ],
)
def test_what_is_no_time_of_day_is_refused_with_the_nearest(text, says):
    (said,) = flaws("opens", text)
    assert said.startswith(f'"{text}" ')
    assert said.endswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-24T09:00:00Z",
        "2026-12-24 09:00 UTC",
        "2026-12-24T10:00+01:00",
        "2026-12-24T04:00:00.0-0500",
    ],
)
def test_a_moment_says_its_time_zone_and_is_kept_in_utc(text):
    assert value("due", text) == datetime(2026, 12, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "2026-12-24T09:00:00",
            (
                "does not say its time zone; allowed: a date and time with Z or an offset, such as"
                ' 2026-12-24T09:00:00Z In UTC it would be "2026-12-24T09:00:00Z", an hour ahead of'
                ' UTC "2026-12-24T09:00:00+01:00".'
            ),
        ),
        ("2026-02-30T09:00Z", "is not a date and time; allowed: a date and time with Z"),
        ("2026-02-30", "is not a date and time; allowed: a date and time with Z"),
        ("0001-01-01T00:00+14:00", "is not a date and time; allowed: a date and time with Z"),
        ("tomorrow", "is not a date and time; allowed: a date and time with Z"),
    ],
)
def test_a_moment_without_its_time_zone_is_refused(text, says):
    (said,) = flaws("due", text)
    assert said.startswith(f'"{text}" {says}')


def test_a_day_is_no_moment_and_midnight_is_offered():
    (said,) = flaws("due", "2026-12-24")
    assert said.endswith('Midnight in UTC is "2026-12-24T00:00:00Z".')


@pytest.mark.parametrize(
    ("column", "text", "amount"),
    [
        ("pause", "90", 90),
        ("pause", "90s", 90),
        ("pause", "15 min", 900),
        ("pause", "1h30", 5400),
        ("pause", "1 h 30 min 5 s", 5405),
        ("pause", "00:15:00", 900),
        ("pause", "26:03:00", 93780),
        ("pause", "1.5 h", 5400),
        ("pause", "2 days", 172800),
        ("pause", "3000 ms", 3),
        ("wait", "90", 90),
        ("wait", "1h30", 90),
        ("wait", "120 seconds", 2),
    ],
)
def test_a_duration_is_sent_in_the_unit_of_its_column(column, text, amount):
    assert value(column, text) == amount


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        (
            "pause",
            "soon",
            (
                '"soon" is not a duration; allowed: 90, 90s, 15 min, 1h30 or 00:15:00; a number'
                " alone counts seconds"
            ),
        ),
        ("pause", "15 min 1 h", '"15 min 1 h" is not a duration'),
        ("pause", "1 2", '"1 2" is not a duration'),
        ("pause", "5 moons", '"5 moons" is not a duration'),
        ("pause", "1 ms 5", '"1 ms 5" is not a duration'),
        ("pause", "0:15", '"0:15" is not a duration'),
        (
            "wait",
            "100s",
            ('"100s" is 1.66667 minutes, and only whole ones are taken Did you mean "2"?'),
        ),
        (
            "pause",
            "30 days",
            '"30 days", 2,592,000 seconds, is too large; allowed: 0 to 2,000,000',
        ),
    ],
)
def test_a_duration_that_does_not_come_out_whole_is_refused(column, text, says):
    (said,) = flaws(column, text)
    assert said.startswith(says)


def test_a_map_is_written_by_keys_or_as_json():
    assert value("attributes", 'a=1; b="x"') == {"a": "1", "b": '"x"'}
    assert value("attributes", '{"a": "1; 2", "b": ""}') == {"a": "1; 2", "b": ""}
    assert value("weights", "1=0.5; 2=.25", WEIGHTS) == {"1": 0.5, "2": 0.25}
    assert value("weights", '{"1": 0.5, "2": "0.25"}', WEIGHTS) == {"1": 0.5, "2": 0.25}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 5}', '"5" is not text: write it as "text"'),
        ('{"a": {"b": "c"}}', '"{"b": "c"}" is not one value'),
        ('{"a": null}', '"null" is not one value'),
        ('{"a": "1", "a": "2"}', '"a" stands twice in one JSON object'),
        ("{a}", '"{a}" is not JSON: expecting property name enclosed in double quotes'),
        ("a=1; a=2", '"a=2" gives the tag "a" a second value'),
    ],
)
def test_a_map_takes_one_text_for_each_key(text, says):
    (said,) = flaws("attributes", text)
    assert said.startswith(says)


def test_a_map_of_numbers_takes_numbers():
    assert flaws("weights", "1=half", WEIGHTS) == ['"half" is not a number; allowed: 0 to 1']
    assert flaws("weights", '{"1": true}', WEIGHTS) == ['"yes" is not a number; allowed: 0 to 1']


SLOT = (
    '{"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0},'
    ' "EndTime": {"Hours": %s, "Minutes": 0}}'
)


def test_json_is_taken_as_it_stands():
    (slot,) = value("week", f"[{SLOT % 17}]")
    assert slot["EndTime"] == {"Hours": 17, "Minutes": 0}
    assert value("places", '{"PhoneType": "SOFT_PHONE"}') == {"PhoneType": "SOFT_PHONE"}


def test_all_that_is_wrong_inside_json_is_said_with_its_place():
    wrong = '{"Day": "MONDY", "StartTime": {"Hours": "9", "Minute": 0}, "EndTime": 5}'
    assert flaws("week", f"[{SLOT % 17}, {wrong}]") == [
        (
            'Config[1].Day: "MONDY" is not one of the values allowed. Did you mean "MONDAY"?;'
            " allowed: SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY"
        ),
        "Config[1].StartTime.Minutes: must be given",
        'Config[1].StartTime.Hours: "9" is text; allowed: a whole number 0 to 23',
        ('Config[1].StartTime.Minute: is not a member here. Did you mean "Minutes"?'),
        'Config[1].EndTime: "5" is a whole number; allowed: an object with Hours, Minutes',
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1", "\"[1\" is not JSON: expecting ',' delimiter at character 3"),
        ('[\n"a"\n"b"]', "at line 3, character 1"),
        ("{'Day': 5}", 'JSON takes double quotes, as in "name".'),
        ("[{\u201cDay\u201d: 5}]", 'JSON takes straight quotes, as in "name".'),
        ("[NaN]", '"NaN" is no number of JSON'),
        ("[1e999]", '"1e999" is too large a number'),
        (r'[{"Day": "\ud800"}]', r"holds half of a character: \ud…"),
        ('[{"Day": 1, "Day": 2}]', '"Day" stands twice in one JSON object'),
        ("[" * 40 + "]" * 40, "is nested more than 32 levels deep"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply, or a number is too long"),
        ("[" + "9" * 5_000 + "]", "nested too deeply, or a number is too long"),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(text, says):
    (said,) = flaws("week", text)
    assert says in said
    assert len(said) < 400


@given(st.floats(min_value=1, max_value=5))
def test_every_number_is_written_as_it_reads_back(number):
    assert value("level", written(number)) == number


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_written_as_it_reads_back(day):
    assert value("since", written(day)) == day


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_time_of_day_is_written_as_it_reads_back(at):
    assert value("opens", written(at)) == at
    assert value("opens", written({"Hours": at.hour, "Minutes": at.minute})) == at


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)), ZONES)  # noqa: DTZ001
def test_every_moment_is_written_as_it_reads_back(moment, zone):
    assert value("due", written(moment.replace(tzinfo=zone))) == moment.replace(tzinfo=zone)


KEYS = st.text("abAB019_-", min_size=1, max_size=9)
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=5))
def test_every_map_is_written_as_it_reads_back(entries):
    writer = CellWriter(JOB.column("attributes"), facts_of(JOB, "attributes"))
    text = writer.text(entries)
    assert text is not None
    assert value("attributes", text) == entries


def test_what_the_service_answers_is_written_only_where_it_reads_back():
    def text(column, held):
        return CellWriter(JOB.column(column), facts_of(JOB, column)).text(held)

    assert text("due", datetime(2026, 12, 24, 9, tzinfo=UTC)) == "2026-12-24T09:00:00Z"
    assert text("opens", {"Hours": 9, "Minutes": 5}) == "09:05"
    assert text("closes", "09:05") == "09:05"
    assert text("since", "2026-12-24") == "2026-12-24"
    assert text("since", "some day") is None
    assert text("pause", 90) == "90"
    assert text("level", 3.0) == "3"
    slot = {
        "Day": "MONDAY",
        "StartTime": {"Hours": 9, "Minutes": 0},
        "EndTime": {"Hours": 17, "Minutes": 0},
    }
    assert text("week", [slot]).startswith('[{"Day": "MONDAY", "StartTime": {"Hours": 9,')
    assert text("week", []) == "[]"
    assert text("attributes", {"a": "b; c"}) == '{"a": "b; c"}'


def test_a_list_of_names_and_values_is_written_as_a_map_that_reads_back():
    column = Column(name="place", help="Which row.", kind="map")
    job = Job(
        name="values",
        summary="",
        key=("place",),
        columns=(column,),
        steps=(
            Step(
                operation="BatchCreateDataTableValue",
                args={"Values": Each({"PrimaryValues": Col("place")})},
            ),
        ),
    )
    facts = facts_of(job, "place")
    held = [
        {"AttributeName": "Country", "Value": "IE"},
        {"AttributeName": "Season", "Value": "summer"},
    ]
    text = CellWriter(column, facts).text(held)
    assert text == "Country=IE; Season=summer"
    assert CellReader(column, facts).read((text,)) == ({"Country": "IE", "Season": "summer"}, ())


FILED = Column(name="closes", help="", file=True)
FILES = {
    "@main": CellFile(content="Cafe\u0301\u200b", sha256="1"),
    "@long": CellFile(content="x" * 300, sha256="2"),
    "@gone": CellFile(flaw=Flaw(code="no-file", message="it is not there", found="@gone")),
    "@octets": CellFile(content=b"\xff\xfe", sha256="3"),
    "@week": CellFile(content=f"[{SLOT % 17}]", sha256="4"),
    "@worse": CellFile(content=f"[{SLOT % 25}]", sha256="5"),
}


def filed(text, column=FILED, at="closes"):
    return CellReader(column, facts_of(JOB, at), files=FILES).read((text,))


def test_a_files_text_is_taken_as_it_stands():
    assert filed("@main") == ("Cafe\u0301\u200b", ())
    assert filed("@octets") == (b"\xff\xfe", ())
    (slot,), _ = filed("@week", Column(name="week", help="", kind="json", file=True), "week")
    assert slot["Day"] == "MONDAY"


def test_a_doubled_mark_is_a_letter_and_writing_doubles_it():
    assert filed("@@home") == ("@home", ())
    assert filed("plain") == ("plain", ())
    writer = CellWriter(FILED, facts_of(JOB, "closes"))
    assert [writer.text(text) for text in ("@home", "plain")] == ["@@home", "plain"]


def test_a_column_that_takes_no_files_takes_the_mark_as_a_letter():
    assert filed("@main", Column(name="closes", help="")) == ("@main", ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@gone", "it is not there"),
        ("@other", '"@other" names a file, and files are not read here'),
        (
            "@long",
            'the file that "@long" names has 300 characters; allowed: 1 to 250 characters',
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_of_its_cell(text, says):
    found, (flaw,) = filed(text)
    assert (found, flaw.message) == (None, says)
    assert flaw.found == text


def test_what_is_wrong_inside_a_file_is_said_with_its_place():
    _, (flaw,) = filed("@worse", Column(name="week", help="", kind="json", file=True), "week")
    assert flaw.message == 'Config[0].EndTime.Hours: "25" is too large; allowed: 0 to 23'


def test_lists_and_moments_are_the_same_however_they_are_written():
    moment = datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert is_alike("2026-12-24T10:00:00+01:00", moment)
    assert is_alike(moment, "2026-12-24T09:00:00Z")
    assert not is_alike(moment, "nine")
    assert is_alike({"at": [moment]}, {"at": ["2026-12-24T09:00:00Z"]})
    assert is_alike([{"a": 1}, {"a": [2, 3]}], [{"a": [3, 2]}, {"a": 1.0}])
    assert not is_alike([{"a": 1}, {"a": 1}], [{"a": 1}, {"a": 2}])
    assert not is_alike([{"a": 1}], [{"a": 1}, {"a": 1}])
    assert not is_alike({"a": 1}, {"b": 1})


def test_a_long_value_is_shown_where_it_differs_and_how_long_it_is():
    old, new = "a" * 600 + "b" + "c" * 99, "a" * 600 + "d" + "c" * 99
    before, after = shortened(old, new)
    assert before.startswith("…" + "a" * 20 + "b" + "c" * 59 + "… (700 characters, sha256 ")
    assert after.startswith("…" + "a" * 20 + "d" + "c" * 59 + "… (700 characters, sha256 ")
    assert before[-13:] != after[-13:]
    assert shortened("", new)[1].startswith("a" * 60 + "… (700 characters, sha256 ")
    assert shortened("short", new)[0] == "short"
    assert shortened("a" * 600, "a" * 600 + "b")[1].startswith("…" + "a" * 20 + "b (601 characters")
    assert shortened("a" * 500, "b") == ("a" * 500, "b")


def test_a_key_is_the_moment_that_a_cell_means_however_it_is_written():
    column = Column(name="since", help="From when.", kind="date", required=True)
    step = Step(
        operation="UpdateHoursOfOperationOverride",
        args={"EffectiveFrom": Col("since"), "Name": Col("name")},
    )
    job = Job(
        name="days",
        summary="A day a row.",
        key=("since", "name"),
        columns=(column, Column(name="name", help="Which.", required=True)),
        steps=(step,),
    )
    sheet = Sheet(
        ["since", "name"], ["2026-12-24T00:00:00", "Eve"], ["2026-12-24", "Eve"], ["24.12.", "Eve"]
    )
    order = order_of(job, sheet)
    assert [row.key for row in order.rows()] == [
        "2026-12-24 / Eve",
        "2026-12-24 / Eve",
        "24.12. / Eve",
    ]
    (twice,) = [each for each in check(order).problems if each.code == "duplicate-row"]
    assert twice.address.row == 3


def test_columns_whose_cells_excel_may_hold_as_dates_or_times_are_known():
    held = moment_headers(JOB, {"Beginn": "since", "Login": "name"})
    assert held == ["since", "opens", "closes", "due", "pause", "wait", "Beginn"]


def test_what_a_row_sets_is_sent_in_the_form_of_the_member():
    values = {
        "name": "Ana",
        "level": 2.5,
        "since": date(2026, 12, 24),
        "opens": time(9, 5),
        "closes": time(17),
        "due": datetime(2026, 12, 24, 9, tzinfo=UTC),
        "pause": 90,
        "week": ({"Day": "MONDAY"},),
        "attributes": {"a": "b"},
    }
    source = ArgumentSource(values=values, find=lambda *_: None)
    sent = {
        each.dotted: each.value for step in step_arguments(JOB).values() for each in step.of(source)
    }
    assert sent["UserProficiencies[].Level"] == 2.5
    assert sent["EffectiveFrom"] == "2026-12-24"
    assert sent["Config[].StartTime"] == {"Hours": 9, "Minutes": 5}
    assert sent["Description"] == "17:00"
    assert sent["ScheduledTime"] == "2026-12-24T09:00:00Z"
    assert sent["Config"] == [{"Day": "MONDAY"}]
    assert sent["Attributes"] == {"a": "b"}


def test_of_many_faults_in_one_cell_the_first_are_said_and_the_others_counted():
    said_all = flaws("week", "[" + ", ".join(["{}"] * 10) + "]")
    assert len(said_all) == 21
    assert said_all[0] == "Config[0].Day: must be given"
    assert said_all[-1] == "and 10 more like these in this cell"


def test_a_structure_that_one_cell_gives_is_not_filled_up_from_what_is_there():
    step = Step(operation="UpdateDomain", args={})
    state = {"Matching": {"JobSchedule": {"DayOfTheWeek": "SUNDAY", "Time": "09:00"}}}
    given = Argument(("Matching", "JobSchedule"), {"DayOfTheWeek": "MONDAY"}, "when")
    assert completed("customer-profiles", step, [given], state) == [given]
    part = given._replace(path=(*given.path, "DayOfTheWeek"), value="MONDAY")
    (_, held) = completed("customer-profiles", step, [part], state)
    assert (held.path[-1], held.value) == ("Time", "09:00")


def test_what_is_too_long_for_a_cell_is_not_written():
    column = Column(name="due", help="", file=True)
    facts = replace(facts_of(JOB, "closes"), value=Limits())
    writer = CellWriter(column, facts)
    assert writer.text("x" * 32_767) == "x" * 32_767
    assert writer.text("x" * 32_768) is None
    assert writer.text("\U0001f600" * 16_384) is None


def test_both_halves_of_a_character_are_one():
    assert value("attributes", r'{"a": "\ud83d\ude00"}') == {"a": "\U0001f600"}


CLOCKS = st.fixed_dictionaries({"Hours": st.integers(0, 23), "Minutes": st.integers(0, 59)})
SLOTS = st.fixed_dictionaries(
    {"Day": st.sampled_from(["MONDAY", "FRIDAY"]), "StartTime": CLOCKS, "EndTime": CLOCKS}
)


@given(st.lists(SLOTS, max_size=4))
def test_every_value_is_written_as_json_that_reads_back(slots):
    text = CellWriter(JOB.column("week"), facts_of(JOB, "week")).text(slots)
    assert value("week", text) == tuple(slots)


@given(st.integers(0, 2_000_000))
def test_every_duration_is_written_as_it_reads_back(seconds):
    assert value("pause", written(seconds)) == seconds
    assert value("pause", f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}") == seconds


def test_what_is_wrong_with_a_secret_is_said_by_its_form_alone():
    column = Column(name="week", help="", kind="json", secret=True)
    facts = replace(facts_of(JOB, "week"), secret=True)
    _, (flaw,) = CellReader(column, facts).read(('[{"Dy": "hunter2"}]',))
    assert flaw.message == (
        "the value is not of the form that is asked for; allowed: JSON:"
        " [{Day*, StartTime* {Hours*, Minutes*}, EndTime* {Hours*, Minutes*}}, …]"
    )
