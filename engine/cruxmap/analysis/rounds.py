"""Several rounds of answers: who moved and why, which cells are settled, and the history of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cruxmap.analysis.answers import answers_by_cell
from cruxmap.analysis.mark_distances import mean_distance
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.answers import Answer, Answers

__all__ = ["ChangedMind", "Outcome", "PastRound", "Round", "StopRule", "changed_minds", "history", "outcomes"]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Round:
    """One round of answers, and where it belongs.

    Attributes
    ----------
    session : str
        Id of the session.
    number : int
        Of the round in the session, from 1.
    answers : Answers
    """

    session: str
    number: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class ChangedMind:
    """A reader who marked one cell otherwise than before.

    Attributes
    ----------
    before, after : str
        Marks.
    from_round, to_round : tuple of (str, int)
        Session and number of the round of each.
    reason : str
        The rationale of the later answer when it differs from the earlier one; empty otherwise.
    would_have : str
        What the reader had said would change their mind.
    """

    reader: str
    cell: str
    before: str
    after: str
    from_round: tuple[str, int]
    to_round: tuple[str, int]
    reason: str
    would_have: str

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "reader": self.reader,
            "cell": self.cell,
            "from": self.before,
            "to": self.after,
            "from_round": list(self.from_round),
            "to_round": list(self.to_round),
            "reason": self.reason,
            "had_said": self.would_have,
        }


def changed_minds(rounds: Sequence[Round]) -> tuple[ChangedMind, ...]:
    """Everyone who moved, each compared with their own latest earlier answer.

    Parameters
    ----------
    rounds : sequence of Round
        Earliest first.

    Returns
    -------
    tuple of ChangedMind
        By round, then cell, then reader.
    """
    held: dict[tuple[str, str], tuple[Round, Answer]] = {}
    found: list[ChangedMind] = []
    for item in rounds:
        moved = []
        for reader, given in item.answers.by_reader.items():
            for cell, answer in given.items():
                earlier = held.get((reader, cell))
                if earlier is not None and earlier[1].mark != answer.mark:
                    moved.append(_moved(reader, earlier, (item, answer)))
                held[reader, cell] = (item, answer)
        found += sorted(moved, key=lambda change: (change.cell, change.reader))
    return tuple(found)


def _moved(reader: str, earlier: tuple[Round, Answer], later: tuple[Round, Answer]) -> ChangedMind:
    (first, before), (second, after) = earlier, later
    return ChangedMind(
        reader,
        after.cell,
        before.mark,
        after.mark,
        (first.session, first.number),
        (second.session, second.number),
        after.rationale if after.rationale != before.rationale else "",
        before.change_my_mind,
    )


State: TypeAlias = Literal["consensus", "stable-disagreement", "unsettled", "go-on", "too-few"]


@dataclass(frozen=True, slots=True)
class StopRule:
    """When a cell needs no further round.

    Attributes
    ----------
    stable : float
        Stop when at most this share of readers changed their mark since the round before, in [0, 1].
    consensus : float
        Stop when at least this share of readers gives one mark, in (0, 1].
    most_rounds : int
        Stop after this many in any case, at least 1.

    Raises
    ------
    UsageError
        When a number lies outside these ranges.

    References
    ----------
    M. Scheibe, M. Skutsch, J. Schofer (1975). Experiments in Delphi methodology. In H. A. Linstone and
    M. Turoff (eds), The Delphi Method: Techniques and Applications. Addison-Wesley.
    I. R. Diamond et al. (2014). Defining consensus: A systematic review recommends methodologic criteria for
    reporting of Delphi studies. Journal of Clinical Epidemiology 67.
    """

    stable: float = 0.15
    consensus: float = 0.75
    most_rounds: int = 3

    def __post_init__(self) -> None:
        if not 0 <= self.stable <= 1 or not 0 < self.consensus <= 1 or self.most_rounds < 1:
            raise UsageError(
                "a stop rule needs a stable share in [0, 1], a consensus above 0 and at most 1, and at least "
                "one round"
            )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a cell needs another round.

    Attributes
    ----------
    state : str
        `consensus`; `stable-disagreement`, a result of its own; `unsettled` when the rounds are used up and
        readers still move; `go-on`; `too-few` with fewer than two marks.
    mark : str
        The most frequent one; of several the first by name.
    readers : int
        Who marked the cell in the last round in which anybody did.
    share : float
        Share of them who gave this mark.
    changed : float or None
        Share of readers who changed their mark, among those who marked it in the last two of its rounds; None
        after one round, or when nobody marked it in both.
    rounds : int
        Rounds in which the cell was marked.
    """

    cell: str
    state: State
    mark: str
    readers: int
    share: float
    changed: float | None
    rounds: int

    @property
    def stops(self) -> bool:
        """Whether it needs no further round."""
        return self.state in ("consensus", "stable-disagreement", "unsettled")

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "cell": self.cell,
            "state": self.state,
            "stops": self.stops,
            "mark": self.mark,
            "readers": self.readers,
            "share": self.share,
            "changed": self.changed,
            "rounds": self.rounds,
        }


def outcomes(rounds: Sequence[Answers], rule: StopRule | None = None) -> dict[str, Outcome]:
    """Apply the stop rule to every cell of a session.

    Parameters
    ----------
    rounds : sequence of Answers
        Of one session, earliest first. A cell counts the rounds in which it was marked.
    rule : StopRule, optional

    Returns
    -------
    dict of str to Outcome
        By cell, sorted.

    Notes
    -----
    Consensus is looked for before stability, so readers who agree and do not move have reached consensus.
    """
    rule = rule or StopRule()
    by_round = [answers_by_cell(answers) for answers in rounds]
    cells = sorted({cell for given in by_round for cell in given})
    return {
        cell: _outcome(cell, [given[cell] for given in by_round if cell in given], rule) for cell in cells
    }


def _outcome(cell: str, rounds: Sequence[dict[str, Answer]], rule: StopRule) -> Outcome:
    last = rounds[-1]
    counts = Counter(answer.mark for answer in last.values())
    mark = min(counts, key=lambda word: (-counts[word], word))
    share = counts[mark] / len(last)
    changed = _changed(rounds[-2], last) if len(rounds) > 1 else None
    state = _state(len(last), share, changed, len(rounds), rule)
    return Outcome(cell, state, mark, len(last), share, changed, len(rounds))


def _changed(before: dict[str, Answer], after: dict[str, Answer]) -> float | None:
    both = before.keys() & after.keys()
    moved = sum(before[reader].mark != after[reader].mark for reader in both)
    return moved / len(both) if both else None


def _state(readers: int, share: float, changed: float | None, rounds: int, rule: StopRule) -> State:
    if readers < 2:
        return "too-few"
    if share >= rule.consensus - _ROUNDING:
        return "consensus"
    if changed is not None and changed <= rule.stable + _ROUNDING:
        return "stable-disagreement"
    return "unsettled" if rounds >= rule.most_rounds else "go-on"


@dataclass(frozen=True, slots=True)
class PastRound:
    """What was answered for one cell in one round.

    Attributes
    ----------
    spread : float or None
        Mean pairwise distance of the marks, in [0, 1]; None with fewer than two.
    """

    session: str
    number: int
    answers: dict[str, Answer]
    spread: float | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "session": self.session,
            "round": self.number,
            "spread": self.spread,
            "answers": [
                {
                    "reader": reader,
                    "mark": answer.mark,
                    "criterion_version": answer.criterion_version,
                    "assumptions": list(answer.assumptions),
                    "credence": answer.credence,
                    "rationale": answer.rationale,
                    "at": answer.at,
                    "change_my_mind": answer.change_my_mind,
                }
                for reader, answer in self.answers.items()
            ],
        }


def history(cell: str, rounds: Sequence[Round]) -> tuple[PastRound, ...]:
    """All rounds in which a cell was answered, earliest first, readers sorted by name."""
    found = []
    for item in rounds:
        given = {
            reader: item.answers.by_reader[reader][cell]
            for reader in sorted(item.answers.readers)
            if cell in item.answers.by_reader[reader]
        }
        if given:
            found.append(PastRound(item.session, item.number, given, mean_distance(given.values())))
    return tuple(found)
