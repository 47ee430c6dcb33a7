"""The conventions of a session, in the form in which pages of the command line take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.analysis_options import Conventions

if TYPE_CHECKING:
    from cruxmap_tui.session import Session


def session_conventions(session: Session) -> Conventions:
    """Return semantics, proof standard and everything that is set, as a command would be given them."""
    scenario = session.scenario
    settings = [f"{name}={value!r}" for name, value in scenario.credences.items()]
    settings += [f"{name}={label}" for name, label in scenario.labels.items()]
    return Conventions(session.semantics, session.standard, "product", tuple(settings), None, 0)
