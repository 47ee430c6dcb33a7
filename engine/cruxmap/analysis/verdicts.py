"""How a verdict is asked for: one mapping of credences at a time, or many vectors at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.errors import UsageError

FloatArray: TypeAlias = NDArray[np.float64]

Credences: TypeAlias = Mapping[str, float]

Verdict: TypeAlias = Callable[[Credences], float]
"""A verdict as a function of every statement's credence."""

BatchVerdict: TypeAlias = Callable[[Sequence[str], FloatArray], FloatArray]
"""The same verdict for many vectors: statements in column order, (vectors, statements) -> (vectors,)."""


@dataclass(frozen=True, slots=True)
class VerdictFunction:
    """A verdict over a fixed order of statements, answered in batches when the caller can do that.

    Parameters
    ----------
    statements : tuple of str
        Column order of the vectors.
    g : callable
        From a mapping of credences to a number.
    batch : callable, optional
        `batch(statements, vectors)` with `vectors` of shape (vectors, statements), returning shape
        (vectors,). It must agree with `g`, which is then not called at all.
    """

    statements: tuple[str, ...]
    g: Verdict
    batch: BatchVerdict | None = None

    def __call__(self, vectors: FloatArray) -> FloatArray:
        """Evaluate every row of an array of shape (vectors, statements)."""
        if self.batch is None:
            named = (dict(zip(self.statements, row, strict=True)) for row in vectors.tolist())
            return np.array([self.g(credences) for credences in named], dtype=np.float64)
        answers = np.asarray(self.batch(self.statements, vectors), dtype=np.float64)
        if answers.shape != (len(vectors),):
            raise UsageError(
                f"the batched verdict returned shape {answers.shape} for {len(vectors)} vectors; "
                "it must return one number per row"
            )
        return answers

    def vector(self, credences: Credences) -> FloatArray:
        """One reader's credences in column order."""
        return np.array([credences[statement] for statement in self.statements], dtype=np.float64)


def common_statements(readers: Mapping[str, Credences]) -> tuple[str, ...]:
    """The statements that all readers have credences for, sorted.

    Parameters
    ----------
    readers : mapping of str to mapping
        Credences by reader.

    Returns
    -------
    tuple of str

    Raises
    ------
    UsageError
        When there is no reader, or one of them lacks a statement that another one has: filling it in is a
        decision of the caller, because it changes the result.

    Examples
    --------
    >>> common_statements({"ada": {"p": 0.2, "a": 0.1}, "ben": {"a": 0.9, "p": 0.2}})
    ('a', 'p')
    """
    if not readers:
        raise UsageError("no reader's credences were given")
    wanted = set().union(*readers.values())
    for reader, credences in sorted(readers.items()):
        missing = sorted(wanted - set(credences))
        if missing:
            listed = ", ".join(missing[:5])
            raise UsageError(f"{reader} has no credence for {listed}; fill in the base credence first")
    return tuple(sorted(wanted))
