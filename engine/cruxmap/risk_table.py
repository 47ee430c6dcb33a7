"""Which strategies are meant against which risks, and which risks they raise themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.model.entries import Risk, Strategy

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk with the strategies that have to do with it.

    Attributes
    ----------
    id, title : str
    severity : str or None
        How grave the source calls it.
    against, raised_by : tuple of str
        Strategies meant against it, and strategies that bring it up or make it worse.
    """

    id: str
    title: str
    severity: str | None
    against: tuple[str, ...]
    raised_by: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "severity": self.severity,
            "against": list(self.against),
            "raised_by": list(self.raised_by),
        }


def risk_table(kb: KnowledgeBase) -> list[RiskRow]:
    """Return the risks that any strategy addresses or raises.

    Parameters
    ----------
    kb : KnowledgeBase

    Returns
    -------
    list of RiskRow
        Risks with the most strategies against them first, ties by title. Risks that no strategy names are
        left out.

    Examples
    --------
    >>> from cruxmap import load
    >>> row = risk_table(load())[0]
    >>> row.id, len(row.against) > 3
    ('predicting-malign-superintelligence', True)
    """
    strategies = kb.of_kind(Strategy)
    rows = [
        RiskRow(
            risk.id,
            risk.title,
            risk.severity,
            tuple(item.id for item in strategies if risk.id in item.addresses),
            tuple(item.id for item in strategies if risk.id in item.raises),
        )
        for risk in kb.of_kind(Risk)
    ]
    named = [row for row in rows if row.against or row.raised_by]
    return sorted(named, key=lambda row: (-len(row.against), row.title.casefold()))
