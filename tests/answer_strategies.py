"""Rounds of answers, by hand and drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

from cruxmap.analysis.answers import Answer, Answers
from cruxmap.model.intervals import Interval

LEVELS = ("likely-fails", "doubtful", "plausible", "likely", "asserted")
CELLS = (
    "imitative-amplification-rat/inner-alignment",
    "imitative-amplification-rat/outer-alignment",
    "microscope-ai/inner-alignment",
    "stem-ai/performance-competitiveness",
)
ASSUMPTIONS = ("rat-gives-consistent-gradient", "hch-is-aligned", "tools are honest")


def answer(
    cell: str,
    mark: str = "plausible",
    *assumptions: str,
    credence: float | None = None,
    version: int = 1,
    rationale: str = "",
) -> Answer:
    """An answer on the scale of five levels; `open` and ranges as on that scale."""
    if mark == "not-applicable":
        span = None
    elif mark in LEVELS:
        span = Interval(LEVELS.index(mark), LEVELS.index(mark))
    elif ".." in mark:
        low, _, high = mark.partition("..")
        span = Interval(LEVELS.index(low), LEVELS.index(high))
    else:
        span = Interval(0, 4)
    return Answer(cell, mark, span, 5, version, assumptions, credence, rationale)


def answers_of(**by_reader: dict[str, str]) -> Answers:
    """A round from marks: `answers_of(a={"x/inner": "likely"})`."""
    return Answers(
        {
            f"reader-{name}": {cell: answer(cell, mark) for cell, mark in given.items()}
            for name, given in by_reader.items()
        }
    )


MARKS = st.sampled_from((*LEVELS, "unknown", "not-applicable", "doubtful..plausible", "plausible..asserted"))


@st.composite
def rounds_of_answers(draw: st.DrawFn, most: int = 7) -> Answers:
    """A round of up to `most` readers over some of the cells."""
    names = [f"reader-{letter}" for letter in "abcdefghijklmno"[: draw(st.integers(1, most))]]
    by_reader = {}
    for name in names:
        cells = draw(st.lists(st.sampled_from(CELLS), unique=True))
        by_reader[name] = {
            cell: answer(
                cell,
                draw(MARKS),
                *draw(st.lists(st.sampled_from(ASSUMPTIONS), unique=True, max_size=2)),
                credence=draw(st.none() | st.sampled_from((0.05, 0.3, 0.5, 0.9))),
                version=draw(st.integers(1, 2)),
            )
            for cell in cells
        }
    return Answers(by_reader)
