"""What a group should talk about: cells by disagreement and impact, each with the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.agenda_minutes import minutes_by_score
from cruxmap.analysis.answers import answers_by_cell
from cruxmap.analysis.group_cruxes import same_mark_different_reason
from cruxmap.analysis.mark_distances import mean_distance
from cruxmap.analysis.pairings import Pairing, pairings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.answers import Answer, Answers
    from cruxmap.analysis.group_cruxes import DivergentReasons
    from cruxmap.analysis.impact import Impact
    from cruxmap.analysis.incoherence import Incoherence

__all__ = ["BONUSES", "HIGHEST_SCORE", "Agenda", "AgendaFacts", "AgendaItem", "agenda"]

DIFFERENT_MARKS = "different-marks"
DIFFERENT_REASONS = "different-reasons"
LEFT_OPEN = "left-open"
INCOHERENT = "incoherent"
STALE = "stale"
SINGLE = "single-rater"
SYNTHESIS = "against-synthesis"

BONUSES: dict[str, float] = {
    DIFFERENT_REASONS: 0.30,
    LEFT_OPEN: 0.15,
    INCOHERENT: 0.20,
    SYNTHESIS: 0.20,
    STALE: 0.10,
    SINGLE: 0.05,
}
"""What each reason adds at most. A hidden disagreement about reasons weighs as much as three of ten points of
an open one; what has to be put in order (stale and single ratings) never outranks a disagreement alone."""

FADING = (DIFFERENT_MARKS, DIFFERENT_REASONS, LEFT_OPEN)
"""Reasons that lose their weight once a cell was discussed; the others stay until they are put right."""

HIGHEST_SCORE = 1.0 + sum(BONUSES.values())
_ROUNDING = 1e-9
MOSTLY_OPEN = 0.5
"""A cell counts as left open when more than this share of its marks keeps the whole scale possible."""


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What an agenda takes from elsewhere than the answers.

    Attributes
    ----------
    impacts : mapping of str to Impact
        By cell; see `cruxmap.analysis.impact.impacts`. A cell that is missing has impact 0.
    incoherent : tuple of Incoherence
    contradicted : mapping of str to tuple of str
        By cell, ids of the synthesis sentences that the group's grid contradicts there.
    versions : mapping of str to int
        The present version of every criterion, by id.
    covered : mapping of str to float
        By cell, how much of it was discussed already, in [0, 1].
    """

    impacts: Mapping[str, Impact] = field(default_factory=dict)
    incoherent: tuple[Incoherence, ...] = ()
    contradicted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    covered: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One cell, why it should be talked about, and how much that counts.

    Attributes
    ----------
    cell : str
    kinds : tuple of str
        Reasons, the one that counts most first: `different-marks`, `different-reasons`, `left-open`,
        `incoherent`, `stale`, `single-rater`, `against-synthesis`.
    score : float
        In [0, `HIGHEST_SCORE`]: `(D I + bonuses for talk) (1 - covered) + bonuses for putting right`.
    disagreement : float
        D, the mean pairwise distance of the marks, in [0, 1].
    impact : Impact or None
        Its `relative` is I.
    covered : float
    parts : mapping of str to float
        By kind, what it adds to the score, in [0, 1].
    marks : mapping of str to str
        By reader.
    divergent : tuple of DivergentReasons
        Readers with the same mark who rest it on nothing in common.
    incoherent : tuple of Incoherence
    outdated : tuple of str
        Readers whose mark was given under an older version of the criterion.
    contradicted : tuple of str
        Synthesis sentences.
    minutes : int
        0 when the meeting has no time for it.
    pairings : tuple of Pairing
        Who should restate whose view, by distance on this cell.
    """

    cell: str
    kinds: tuple[str, ...]
    score: float
    disagreement: float
    impact: Impact | None
    covered: float
    parts: Mapping[str, float]
    marks: Mapping[str, str]
    divergent: tuple[DivergentReasons, ...] = ()
    incoherent: tuple[Incoherence, ...] = ()
    outdated: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    minutes: int = 0
    pairings: tuple[Pairing, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "cell": self.cell,
            "kinds": list(self.kinds),
            "score": self.score,
            "disagreement": self.disagreement,
            "impact": self.impact.as_data() if self.impact else None,
            "covered": self.covered,
            "parts": dict(self.parts),
            "marks": dict(self.marks),
            "same_mark_different_reason": [
                {
                    "mark": pair.mark,
                    "readers": [pair.first, pair.second],
                    "assumptions": [sorted(pair.first_hinges), sorted(pair.second_hinges)],
                }
                for pair in self.divergent
            ],
            "incoherent": [item.as_data() for item in self.incoherent],
            "outdated": list(self.outdated),
            "contradicted": list(self.contradicted),
            "minutes": self.minutes,
            "pairings": [pair.as_data() for pair in self.pairings],
        }


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting should talk about.

    Attributes
    ----------
    items : tuple of AgendaItem
        Those with minutes, the highest score first.
    further : tuple of AgendaItem
        Those for which there is no time, in the same order.
    minutes : int
        Given for all items together.
    spare : int
        Minutes of these that are kept free.
    pairings : tuple of Pairing
        By distance over all cells.
    """

    items: tuple[AgendaItem, ...]
    further: tuple[AgendaItem, ...]
    minutes: int
    spare: int
    pairings: tuple[Pairing, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "items": [item.as_data() for item in self.items],
            "further": [item.as_data() for item in self.further],
            "minutes": self.minutes,
            "spare": self.spare,
            "pairings": [pair.as_data() for pair in self.pairings],
        }


def agenda(answers: Answers, facts: AgendaFacts | None = None, *, minutes: int = 45, most: int = 3) -> Agenda:
    """Order cells by what talking about them is worth, and give the first ones time.

    Parameters
    ----------
    answers : Answers
        Of one round.
    facts : AgendaFacts, optional
        Impacts, incoherent numbers, contradicted sentences, versions of criteria, and what was discussed.
        Without impacts every cell counts alike (I = 1).
    minutes : int
        For all items together; see `cruxmap.analysis.meeting_plan.item_minutes`.
    most : int
        Items that the meeting has room for.

    Returns
    -------
    Agenda
        Cells without any reason to talk about them are in neither list, nor are those that were discussed and
        have nothing left to put right.

    Notes
    -----
    `score = (D I + r + o) (1 - covered) + c + y + s + e`: D from `mark_distances`, I relative impact; r 0.30
    times the share of pairs who rest one mark on nothing in common, among pairs with the same mark and named
    assumptions; o 0.15 times the share of marks that leave everything open, if that is most of them; c, y, s,
    e flat amounts for incoherent numbers, contradicted sentences, stale ratings and a single rater
    (`BONUSES`). Equal scores are ordered by D, then by cell.
    """
    facts = facts or AgendaFacts()
    by_cell = answers_by_cell(answers)
    found = [_item(cell, by_cell[cell], facts) for cell in sorted(by_cell)]
    worth = sorted(
        (item for item in found if item.kinds),
        key=lambda item: (-round(item.score, 9), -round(item.disagreement, 9), item.cell),
    )
    timed = [item.score for item in worth[:most] if item.score > _ROUNDING]
    given, spare = minutes_by_score(timed, minutes)
    return Agenda(
        tuple(
            _with_time(item, share, pairings(answers, item.cell))
            for item, share in zip(worth, given, strict=False)
        ),
        tuple(item for item in worth[len(given) :] if item.score > _ROUNDING or not item.covered),
        minutes,
        spare,
        pairings(answers) if answers.readers else (),
    )


def _item(cell: str, given: Mapping[str, Answer], facts: AgendaFacts) -> AgendaItem:
    readers = sorted(given)
    criterion = cell.partition("/")[2]
    apart = mean_distance(given[reader] for reader in readers) or 0.0
    impact = facts.impacts.get(cell)
    relative = (impact.relative if impact else 0.0) if facts.impacts else 1.0
    divergent = tuple(
        same_mark_different_reason(
            {reader: (given[reader].mark, frozenset(given[reader].assumptions)) for reader in readers}
        )
    )
    incoherent = tuple(item for item in facts.incoherent if item.cell == cell)
    version = facts.versions.get(criterion)
    outdated = tuple(r for r in readers if version is not None and given[r].criterion_version < version)
    contradicted = facts.contradicted.get(cell, ())
    covered = facts.covered.get(cell, 0.0)
    parts = {
        DIFFERENT_MARKS: apart * relative,
        DIFFERENT_REASONS: BONUSES[DIFFERENT_REASONS] * _divergent_share(given, len(divergent)),
        LEFT_OPEN: BONUSES[LEFT_OPEN] * _open_share(given),
        INCOHERENT: BONUSES[INCOHERENT] * bool(incoherent),
        SYNTHESIS: BONUSES[SYNTHESIS] * bool(contradicted),
        STALE: BONUSES[STALE] * bool(outdated),
        SINGLE: BONUSES[SINGLE] * (len(given) == 1),
    }
    applies = {kind for kind, value in parts.items() if value > 0} | ({DIFFERENT_MARKS} if apart else set())
    shown = {
        kind: value * (1 - covered if kind in FADING else 1.0)
        for kind, value in parts.items()
        if kind in applies
    }
    kinds = tuple(sorted(shown, key=lambda kind: (-round(shown[kind], 9), tuple(parts).index(kind))))
    return AgendaItem(
        cell,
        kinds,
        sum(shown.values()),
        apart,
        impact,
        covered,
        {kind: shown[kind] for kind in kinds},
        {reader: given[reader].mark for reader in readers},
        divergent,
        incoherent,
        outdated,
        contradicted,
    )


def _divergent_share(given: Mapping[str, Answer], divergent: int) -> float:
    """Share of pairs who rest one mark on nothing in common, among pairs with the same mark and reasons."""
    counts: dict[str, int] = {}
    for answer in given.values():
        if answer.assumptions:
            counts[answer.mark] = counts.get(answer.mark, 0) + 1
    pairs = sum(number * (number - 1) // 2 for number in counts.values())
    return divergent / pairs if pairs else 0.0


def _open_share(given: Mapping[str, Answer]) -> float:
    marked = [answer for answer in given.values() if answer.interval is not None]
    share = sum(answer.is_unknown for answer in marked) / len(marked) if marked else 0.0
    return share if share > MOSTLY_OPEN else 0.0


def _with_time(item: AgendaItem, minutes: int, pairs: tuple[Pairing, ...]) -> AgendaItem:
    return replace(item, minutes=minutes, pairings=pairs)
