"""What happens to two readers' verdicts when they trade one credence, or two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.verdicts import (
    BatchVerdict,
    Credences,
    FloatArray,
    Verdict,
    VerdictFunction,
    common_statements,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class SwapEffect:
    """Both readers' verdicts before and after each takes over the other's credence in the same statements."""

    mean_change: float
    """Mean of the sizes of the two changes: 0 when the swap moves nobody."""
    crosses_x: bool
    """Whether the first reader's verdict changes side of the threshold."""
    crosses_y: bool
    """Whether the second reader's verdict changes side of the threshold."""
    change_x: float
    """The first reader's verdict after the swap minus before."""
    change_y: float
    """The second reader's verdict after the swap minus before."""

    @property
    def is_double_crux(self) -> bool:
        """Whether both verdicts cross the threshold."""
        return self.crosses_x and self.crosses_y

    @property
    def is_one_sided_crux(self) -> bool:
        """Whether exactly one verdict crosses the threshold."""
        return self.crosses_x != self.crosses_y


def swap_effects(
    g: Verdict, x: Credences, y: Credences, threshold: float = 0.5, *, batch: BatchVerdict | None = None
) -> dict[str, SwapEffect]:
    """What swapping each single statement on which two readers differ does to their verdicts.

    Parameters
    ----------
    g : callable
        From a mapping of credences to the strength of the verdict.
    x, y : mapping of str to float
        Two readers' credences in the same statements.
    threshold : float
        A verdict at or above it counts as positive.
    batch : callable, optional
        `g` for many vectors at once, see `cruxmap.analysis.verdicts.BatchVerdict`.

    Returns
    -------
    dict of str to SwapEffect
        By statement, sorted by id; statements with equal credences are left out.

    Raises
    ------
    UsageError
        When one reader lacks a statement that the other has.

    Notes
    -----
    2 n + 2 evaluations for n differing statements. A swap is a double crux when both verdicts cross the
    threshold; that the readers stood on different sides before is not required and is for the caller to ask.

    References
    ----------
    D. Sabien, Center for Applied Rationality. Double crux. LessWrong.

    Examples
    --------
    >>> effects = swap_effects(lambda c: c["a"] * c["b"], {"a": 0.9, "b": 0.9}, {"a": 0.1, "b": 0.8})
    >>> effects["a"].is_double_crux, effects["b"].is_double_crux
    (True, False)
    """
    exchange = _Exchange.between(g, x, y, batch)
    return exchange.single_effects(threshold)


def swap_pairs(
    g: Verdict, x: Credences, y: Credences, threshold: float = 0.5, *, batch: BatchVerdict | None = None
) -> dict[tuple[str, str], SwapEffect]:
    """Pairs of statements that make a verdict cross together although neither does alone.

    Parameters
    ----------
    g, x, y, threshold, batch
        As for `swap_effects`.

    Returns
    -------
    dict of (str, str) to SwapEffect
        By pair in sorted order; only pairs whose joint swap makes at least one verdict cross and whose
        members make no verdict cross alone.

    Raises
    ------
    UsageError
        When one reader lacks a statement that the other has.

    Notes
    -----
    At most n (n - 1) + 2 n + 4 evaluations for n differing statements.

    Examples
    --------
    >>> mean = lambda credences: sum(credences.values()) / 3
    >>> sorted(swap_pairs(mean, dict.fromkeys("abc", 0.8), dict.fromkeys("abc", 0.2)))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    exchange = _Exchange.between(g, x, y, batch)
    alone = exchange.single_effects(threshold)
    quiet = [name for name, effect in alone.items() if not (effect.crosses_x or effect.crosses_y)]
    pairs = list(combinations(quiet, 2))
    together = zip(pairs, exchange.effects(pairs, threshold), strict=True)
    return {pair: effect for pair, effect in together if effect.crosses_x or effect.crosses_y}


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Two readers as vectors, and the columns in which they differ."""

    verdict: VerdictFunction
    x: FloatArray
    y: FloatArray
    differing: tuple[str, ...]

    @classmethod
    def between(cls, g: Verdict, x: Credences, y: Credences, batch: BatchVerdict | None) -> _Exchange:
        statements = common_statements({"the first reader": x, "the second reader": y})
        verdict = VerdictFunction(statements, g, batch)
        differing = tuple(statement for statement in verdict.statements if x[statement] != y[statement])
        return cls(verdict, verdict.vector(x), verdict.vector(y), differing)

    def single_effects(self, threshold: float) -> dict[str, SwapEffect]:
        effects = self.effects([(statement,) for statement in self.differing], threshold)
        return dict(zip(self.differing, effects, strict=True))

    def effects(self, groups: Sequence[tuple[str, ...]], threshold: float) -> list[SwapEffect]:
        column = {statement: index for index, statement in enumerate(self.verdict.statements)}
        swapped = np.zeros((len(groups) + 1, len(column)), dtype=np.bool_)
        for row, group in enumerate(groups):
            swapped[row, [column[statement] for statement in group]] = True
        # The last row swaps nothing: the verdicts before.
        for_x = self.verdict(np.where(swapped, self.y, self.x)).tolist()
        for_y = self.verdict(np.where(swapped, self.x, self.y)).tolist()
        before_x, before_y = for_x.pop(), for_y.pop()
        return [
            SwapEffect(
                mean_change=(abs(after_x - before_x) + abs(after_y - before_y)) / 2,
                crosses_x=(before_x >= threshold) != (after_x >= threshold),
                crosses_y=(before_y >= threshold) != (after_y >= threshold),
                change_x=after_x - before_x,
                change_y=after_y - before_y,
            )
            for after_x, after_y in zip(for_x, for_y, strict=True)
        ]
