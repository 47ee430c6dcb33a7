"""Every stance is a level or mark of its criterion's scale, a range of levels, or inherited.

Passes::

    stance: plausible
    stance: doubtful..plausible
    stance: inherits:2

Fails::

    stance: good
    stance: plausible..doubtful     # runs downwards
    stance: inherits:99
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.intervals import UnknownMarkError, interval, words
from cruxmap.model.vocabulary import Criterion, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report stances that mean nothing."""
    for entry in checked.entries.values():
        if not isinstance(entry, Proposal | Strategy):
            continue
        for name, assessment in entry.assessments.items():
            scale = _scale(checked, name)
            if scale is None:
                continue
            steps = ("assessments", name)
            try:
                checked.kb.stance(entry, name)
            except UnknownMarkError as error:
                hint = _hint(scale, assessment.stance)
                yield checked.problem(entry, (*steps, "stance"), "E206", str(error), hint)
            if assessment.alternative:
                try:
                    interval(scale, assessment.alternative.stance)
                except UnknownMarkError as error:
                    yield checked.problem(entry, (*steps, "alternative", "stance"), "E206", str(error))


def _scale(checked: Checked, criterion: str) -> Scale | None:
    entry = checked.entries.get(criterion)
    scale = checked.entries.get(entry.scale) if isinstance(entry, Criterion) else None
    return scale if isinstance(scale, Scale) else None


def _hint(scale: Scale, word: str) -> str:
    known = words(scale)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"
