"""Executable synthesis: sentences about the whole, and whether the data bears them out.

`cruxmap.model.queries` is the language; here it gets its meaning. Nothing is computed before a
query needs it.
"""

from cruxmap.synthesis.answers import Answer, answer, ask
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.query_errors import QueryError
from cruxmap.synthesis.sentences import Contradiction, Judgement, contradictions, judge

__all__ = [
    "Answer",
    "Contradiction",
    "Facts",
    "Judgement",
    "QueryError",
    "answer",
    "ask",
    "contradictions",
    "judge",
]
