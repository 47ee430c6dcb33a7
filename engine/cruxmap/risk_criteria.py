"""Which risks bear on which criteria, and on which verdicts they are brought to bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.model.entries import Proposal, Risk, Strategy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.knowledge import KnowledgeBase

__all__ = ["RiskCell", "RiskCriteria", "risk_criteria"]


@dataclass(frozen=True, slots=True)
class RiskCell:
    """One risk under one criterion.

    Attributes
    ----------
    bears : bool
        Whether the entry says that the risk bears on the criterion.
    verdicts : tuple of str
        Assessments under this criterion whose discussion names the risk, or that a claim of the risk is aimed
        at.
    """

    bears: bool
    verdicts: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"bears": self.bears, "verdicts": list(self.verdicts)}


@dataclass(frozen=True, slots=True)
class RiskCriteria:
    """One risk with a cell for each criterion."""

    id: str
    number: str | None
    title: str
    severity: str | None
    at: str
    cells: dict[str, RiskCell]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "severity": self.severity,
            "at": self.at,
            "cells": {name: cell.as_data() for name, cell in self.cells.items()},
        }


def risk_criteria(kb: KnowledgeBase, criteria: Sequence[str] = ()) -> list[RiskCriteria]:
    """Return the table of risks against criteria.

    Parameters
    ----------
    kb : KnowledgeBase
    criteria : sequence of str
        Ids of the columns; all criteria in use by default.

    Returns
    -------
    list of RiskCriteria
        In the order of the knowledge base.

    Examples
    --------
    >>> from cruxmap import load
    >>> row = next(item for item in risk_criteria(load()) if item.id == "proxy-alignment")
    >>> row.cells["inner-alignment"].bears, row.cells["outer-alignment"].bears
    (True, False)
    """
    columns = list(criteria) or [item.id for item in kb.criteria]
    named = _verdicts_by_risk(kb)
    return [
        RiskCriteria(
            risk.id,
            risk.number,
            risk.title,
            risk.severity,
            " ".join(part for part in (risk.source, risk.at) if part),
            {
                name: RiskCell(
                    name in risk.criteria,
                    tuple(verdict for verdict in named.get(risk.id, ()) if verdict.endswith(f"/{name}")),
                )
                for name in columns
            },
        )
        for risk in kb.of_kind(Risk)
    ]


def _verdicts_by_risk(kb: KnowledgeBase) -> dict[str, dict[str, None]]:
    """Assessments by risk, each once, in the order of entries."""
    risks = {risk.id for risk in kb.of_kind(Risk)}
    found: dict[str, dict[str, None]] = {}
    assessed: list[Proposal | Strategy] = [*kb.of_kind(Proposal), *kb.of_kind(Strategy)]
    for verdict in (f"{entry.id}/{criterion}" for entry in assessed for criterion in entry.assessments):
        for placed in kb.arguments_for(verdict):
            step = placed.argument
            for name in (placed.entry, *step.assumes, *step.unless):
                if name in risks:
                    found.setdefault(name, {})[verdict] = None
    return found
