"""Marks are intervals: unknown is the whole scale, never the middle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.intervals import Interval, UnknownMarkError, interval, weakest, words
from cruxmap.model.vocabulary import Scale

intervals = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda pair: Interval(min(pair), max(pair)))


@pytest.fixture
def scale(kb: KnowledgeBase) -> Scale:
    found = kb.entries["stance"]
    assert isinstance(found, Scale)
    return found


def test_a_level_is_a_point_and_better_levels_lie_higher(scale: Scale) -> None:
    found = [interval(scale, level.id) for level in scale.levels]
    assert found == [Interval(number, number) for number in range(len(scale.levels))]


@pytest.mark.parametrize("word", ["open", "unknown", "conditional"])
def test_what_is_unsettled_covers_the_whole_scale(scale: Scale, word: str) -> None:
    assert interval(scale, word) == Interval(0, len(scale.levels) - 1)


def test_what_does_not_apply_covers_nothing(scale: Scale) -> None:
    assert interval(scale, "not-applicable") is None


def test_a_range_runs_from_its_lower_to_its_upper_level(scale: Scale) -> None:
    assert interval(scale, "doubtful..likely") == Interval(1, 3)


@pytest.mark.parametrize("word", ["good", "likely..doubtful", "doubtful..good", ".."])
def test_words_that_are_not_on_the_scale_are_refused(scale: Scale, word: str) -> None:
    with pytest.raises(UnknownMarkError):
        interval(scale, word)


def test_words_are_unique(scale: Scale) -> None:
    assert len(set(words(scale))) == len(words(scale))


@given(st.lists(intervals, min_size=1))
def test_the_weakest_part_bounds_the_whole_from_both_ends(parts: list[Interval]) -> None:
    whole = weakest(parts)
    assert whole is not None
    assert whole.low == min(part.low for part in parts)
    assert all(whole.high <= part.high for part in parts)


def test_parts_that_do_not_apply_are_left_out() -> None:
    assert weakest([None, Interval(3, 3)]) == Interval(3, 3)
    assert weakest([None, None]) is None
