"""What a user wants written out, independent of the format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Matrix

__all__ = ["Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to write out.

    Attributes
    ----------
    entry : str or None
        Id of the entry that it is about; None for the whole.
    kind : str
        Rows of the matrix: `proposal` or `strategy`.
    criteria : tuple of str
        Columns, by id, prefix or heading; all when empty.
    group_by : str or None
        How rows are grouped; see `cruxmap.matrix.matrix`.
    sort : str
        Order of the rows: `number`, `title` or a criterion.
    standard : str
        Proof standard under which objections are labelled when common causes are sought.
    voice : mapping
        Options of `KnowledgeBase.matrix` that choose and tune the voice; empty for the source.
    incomplete : bool
        Whether entries marked as incomplete are rows too.
    raw : bool
        Leave out the guard against formulas in CSV and TSV.
    long : bool
        One line per cell in CSV and TSV.
    """

    entry: str | None = None
    kind: str = "proposal"
    criteria: tuple[str, ...] = ()
    group_by: str | None = None
    sort: str = "number"
    standard: str = "preponderance"
    voice: Mapping[str, Any] = field(default_factory=dict)
    incomplete: bool = False
    raw: bool = False
    long: bool = False

    def matrix(self, kb: KnowledgeBase) -> Matrix:
        """Return the matrix that is asked for.

        Raises
        ------
        UsageError
            When a kind, criterion, grouping or voice is unknown.
        """
        chosen: dict[str, Any] = {
            "criteria": self.criteria,
            "group_by": self.group_by,
            "sort": self.sort,
            "incomplete": self.incomplete,
        }
        return kb.matrix(self.kind, **chosen, **self.voice)

    @property
    def computes(self) -> bool:
        """Whether the voice asked for computes anything: a source and a group say what they say."""
        return bool(self.voice) and self.voice.get("voice", "computed") == "computed"

    @property
    def conventions(self) -> str:
        """What computed figures depend on besides semantics and entries; empty where nothing is computed."""
        if not self.computes:
            return ""
        rule = "the weakest premise" if self.voice.get("premises") == "min" else "the product of all premises"
        changed = {**self.voice.get("credences", {}), **self.voice.get("labels", {})}
        said = f"{rule}; labels by the grounded reading with the {self.standard} standard"
        given = ", ".join(f"{name} = {value}" for name, value in sorted(changed.items()))
        return f"{said}; set for this export: {given}" if given else said
