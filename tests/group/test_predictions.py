"""Guesses of another reader's marks: understanding apart from agreement."""

from __future__ import annotations

import pytest
from hypothesis import given

from answer_strategies import CELLS, answer, answers_of, rounds_of_answers
from cruxmap.analysis.answers import Answers
from cruxmap.analysis.predictions import prediction_scores


@given(rounds_of_answers())
def test_who_guesses_the_marks_themselves_understands_fully(answers: Answers) -> None:
    readers = answers.readers
    guesses = {(one, other): answers.by_reader[other] for one in readers for other in readers if one != other}
    assert all(item.understanding == 1 for item in prediction_scores(answers, guesses))


@given(rounds_of_answers())
def test_who_guesses_their_own_marks_scores_as_a_copy_would(answers: Answers) -> None:
    readers = answers.readers
    guesses = {(one, other): answers.by_reader[one] for one in readers for other in readers if one != other}
    for item in prediction_scores(answers, guesses):
        assert item.assumed_agreement == item.understanding
        assert 0 <= item.understanding <= 1


def test_a_guess_one_step_off_is_worked_out_by_hand() -> None:
    answers = answers_of(a={CELLS[0]: "doubtful"}, b={CELLS[0]: "asserted", CELLS[1]: "likely"})
    guess = {CELLS[0]: answer(CELLS[0], "likely"), CELLS[1]: answer(CELLS[1], "likely")}
    (found,) = prediction_scores(answers, {("reader-a", "reader-b"): guess})
    assert found.cells == 2
    assert found.understanding == pytest.approx(1 - 0.25 / 2)
    assert found.assumed_agreement is None
