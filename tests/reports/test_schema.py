"""What everybody relies on in the question schema."""

import pytest

from nums_wagtail.reports.schema import SCHEMA, Question, QuestionKind, label_of, publishable_questions, questions


def test_only_what_happened_is_required():
    assert [question.key for question in SCHEMA.questions if question.required] == ["what_happened"]


@pytest.mark.promise("P108")
def test_every_publishable_answer_comes_from_a_vocabulary():
    assert publishable_questions()
    assert all(question.vocabulary for question in publishable_questions())


@pytest.mark.promise("P108")
def test_a_free_text_question_cannot_be_made_publishable():
    with pytest.raises(ValueError, match="vocabulary"):
        Question("smell", "person", "Smell", QuestionKind.TEXT, publishable=True)


def test_nothing_that_identifies_the_reporter_is_publishable_or_looked_up():
    for question in SCHEMA.questions:
        if question.identifies_reporter:
            assert not question.publishable
            assert question.identifier is None


def test_codes_are_unique_and_fit_for_an_address():
    for vocabulary in SCHEMA.vocabularies:
        codes = [term.code for term in vocabulary.terms]
        assert len(codes) == len(set(codes))
        assert all(code.replace("_", "").replace("-", "").isalnum() and code == code.lower() for code in codes)


def test_a_code_that_left_the_list_is_still_shown():
    assert label_of("hair", "brown") == "Brown"
    assert label_of("hair", "powdered") == "powdered"


def test_questions_of_a_group_stand_in_order():
    assert [question.key for question in questions("vehicle")][:2] == ["vehicle_type", "vehicle_make"]
