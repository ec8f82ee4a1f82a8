from __future__ import annotations

WORDS = "Phrase\tDisplayAs\nA-b\tA b"


def made(centre, name="Names", content=WORDS, **more):
    asked = {"VocabularyName": name, "LanguageCode": "en-GB", "Content": content, **more}
    return centre.ask("CreateVocabulary", **asked)


def described(centre, vocabulary_id):
    return centre.ask("DescribeVocabulary", VocabularyId=vocabulary_id)["Vocabulary"]


def names(centre, **asked):
    reply = centre.ask("SearchVocabularies", **asked)
    return [each["Name"] for each in reply["VocabularySummaryList"]]


def test_a_vocabulary_is_accepted_and_ready_some_time_later(centre):
    reply = made(centre, Tags={"a": "b"})
    assert reply["State"] == "CREATION_IN_PROGRESS"
    centre.now += 2
    told = described(centre, reply["VocabularyId"])
    assert (told["State"], told["Content"], told["Tags"]) == ("ACTIVE", WORDS, {"a": "b"})
    assert names(centre) == ["Place-names", "Names"]
    assert names(centre, LanguageCode="en-GB", State="ACTIVE") == ["Names"]
    assert names(centre, NameStartsWith="Pl") == ["Place-names"]


def test_a_table_that_can_t_be_read_fails_later_and_says_why(centre):
    reply = made(centre, content="Words\nA")
    centre.now += 2
    told = described(centre, reply["VocabularyId"])
    assert told["State"] == "CREATION_FAILED"
    assert "Phrase" in told["FailureReason"]


def test_a_name_is_taken_until_its_vocabulary_is_gone(centre):
    first = made(centre)["VocabularyId"]
    again = {"VocabularyName": "names", "LanguageCode": "en-GB", "Content": WORDS}
    assert centre.code("CreateVocabulary", **again) == "ResourceConflictException"
    for _ in range(2):
        reply = centre.ask("DeleteVocabulary", VocabularyId=first)
        assert reply["State"] == "DELETE_IN_PROGRESS"
    assert described(centre, first)["State"] == "DELETE_IN_PROGRESS"
    assert names(centre) == ["Place-names", "Names"]
    assert centre.code("CreateVocabulary", **again) == "ResourceConflictException"
    centre.now += 2
    assert centre.code("DescribeVocabulary", VocabularyId=first) == "ResourceNotFoundException"
    assert centre.code("DeleteVocabulary", VocabularyId=first) == "ResourceNotFoundException"
    assert names(centre) == ["Place-names"]
    centre.ask("CreateVocabulary", **again)


def test_a_token_makes_one_vocabulary_and_an_instance_holds_twenty(centre):
    first = made(centre, ClientToken="t")
    assert made(centre, ClientToken="t") == first
    for number in range(18):
        made(centre, f"V{number}")
    full = {"VocabularyName": "More", "LanguageCode": "en-GB", "Content": WORDS}
    assert centre.code("CreateVocabulary", **full) == "ServiceQuotaExceededException"
