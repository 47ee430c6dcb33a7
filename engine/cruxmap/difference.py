"""Two knowledge bases side by side: what changed, what follows from it, and which sentences flip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.difference import Consequences, Side, consequences, side
from cruxmap.changes import Change, changes
from cruxmap.model.entries import Synthesis
from cruxmap.synthesis import Facts, Judgement, judge

if TYPE_CHECKING:
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Flip:
    """A sentence that the data bears out on one side only, or about which it says something else."""

    id: str
    text: str
    before: Judgement
    after: Judgement

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "text": self.text,
            "before": self.before.as_data(),
            "after": self.after.as_data(),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs.

    Attributes
    ----------
    changes : tuple of Change
    renamed : dict of str to str
        Id before -> id after.
    consequences : Consequences
    sentences : tuple of Flip
        Syntheses of both sides that hold on one of them only.
    """

    changes: tuple[Change, ...]
    renamed: dict[str, str]
    consequences: Consequences
    sentences: tuple[Flip, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.consequences or self.sentences)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "same": not self,
            "changes": [change.as_data() for change in self.changes],
            "renamed": self.renamed,
            "consequences": self.consequences.as_data(),
            "sentences": [flip.as_data() for flip in self.sentences],
        }


def difference(
    before: KnowledgeBase, after: KnowledgeBase, before_evaluation: Evaluation, after_evaluation: Evaluation
) -> Difference:
    """Compare two knowledge bases.

    Parameters
    ----------
    before, after : KnowledgeBase
    before_evaluation, after_evaluation : Evaluation
        Of their graphs, under the same conventions.

    Returns
    -------
    Difference

    Notes
    -----
    Sentences are judged under the default conventions on both sides, each in its own wording.
    """
    found, renamed = changes(before, after)
    facts = Facts(before), Facts(after)
    follows = consequences(_side(facts[0], before_evaluation), _side(facts[1], after_evaluation), renamed)
    return Difference(found, renamed, follows, _flips(facts[0], facts[1], renamed))


def _side(facts: Facts, evaluation: Evaluation) -> Side:
    pairs = [(better, worse) for better, found in facts.dominances.items() for worse in sorted(found)]
    return side(evaluation, {name: cell.word for name, cell in facts.verdicts.items()}, pairs)


def _flips(before: Facts, after: Facts, renamed: dict[str, str]) -> tuple[Flip, ...]:
    earlier = {renamed.get(entry.id, entry.id): entry for entry in before.kb.of_kind(Synthesis)}
    flips = []
    for entry in after.kb.of_kind(Synthesis):
        if entry.id in earlier:
            old, new = judge(before, earlier[entry.id]), judge(after, entry)
            if old.holds != new.holds:
                flips.append(Flip(entry.id, entry.text, old, new))
    return tuple(flips)
