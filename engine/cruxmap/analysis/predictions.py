"""Guessing each other's marks before the reveal: how well readers know what others hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.mark_distances import mark_distance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.answers import Answer, Answers

__all__ = ["PredictionScore", "prediction_scores"]


@dataclass(frozen=True, slots=True)
class PredictionScore:
    """How well one reader guessed the marks of another.

    Attributes
    ----------
    reader, other : str
        Who guessed, and whose marks.
    cells : int
        Guesses that could be compared with a mark.
    understanding : float
        1 minus the mean distance of the guesses from the other's marks, in [0, 1].
    assumed_agreement : float or None
        The same figure had the reader guessed their own marks, over the same cells; None where the reader
        has not marked all of them. Above `understanding`, the guesses were worse than taking the other for a
        copy.
    """

    reader: str
    other: str
    cells: int
    understanding: float
    assumed_agreement: float | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "reader": self.reader,
            "other": self.other,
            "cells": self.cells,
            "understanding": self.understanding,
            "assumed_agreement": self.assumed_agreement,
        }


def prediction_scores(
    answers: Answers, guesses: Mapping[tuple[str, str], Mapping[str, Answer]]
) -> tuple[PredictionScore, ...]:
    """Score guesses of marks against the marks.

    Parameters
    ----------
    answers : Answers
        What readers answered themselves.
    guesses : mapping of (reader, other) to mapping of cell to Answer
        What each reader takes another one's marks to be.

    Returns
    -------
    tuple of PredictionScore
        Sorted by reader and other; pairs without a guess that can be compared are left out.

    Notes
    -----
    A light form of the ideological Turing test: it measures understanding apart from agreement, and asks for
    marks only, not for the other's reasons.

    References
    ----------
    B. Caplan (2011). The ideological Turing test. EconLog.

    Examples
    --------
    >>> from cruxmap.analysis.answers import Answer, Answers
    >>> from cruxmap.model.intervals import Interval
    >>> low, high = (Answer("a/inner", "", Interval(level, level), 5, 1) for level in (0, 4))
    >>> answers = Answers({"reader-a": {"a/inner": low}, "reader-b": {"a/inner": high}})
    >>> (found,) = prediction_scores(answers, {("reader-a", "reader-b"): {"a/inner": high}})
    >>> found.understanding, found.assumed_agreement
    (1.0, 0.0)
    """
    found = []
    for reader, other in sorted(guesses):
        truth, own = answers.by_reader.get(other, {}), answers.by_reader.get(reader, {})
        scored = {
            cell: distance
            for cell, guess in guesses[reader, other].items()
            if cell in truth and (distance := mark_distance(guess, truth[cell])) is not None
        }
        if not scored:
            continue
        copied = [mark_distance(own[cell], truth[cell]) if cell in own else None for cell in scored]
        known = [distance for distance in copied if distance is not None]
        found.append(
            PredictionScore(
                reader,
                other,
                len(scored),
                1 - math.fsum(scored.values()) / len(scored),
                1 - math.fsum(known) / len(known) if len(known) == len(copied) else None,
            )
        )
    return tuple(found)
