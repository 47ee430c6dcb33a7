"""New claims of a meeting as draft entries: statements of the group's own, with nothing but what was said."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError
from cruxmap.templates import FOLDERS, new_entry
from cruxmap.writing import replace_file
from cruxmap.yamlwrite import block, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cruxmap.group.record import Said
    from cruxmap.group.session import Session

__all__ = ["claim_id", "claim_names", "draft_claims", "draft_path"]

WORDS, LONGEST = 7, 48
LONGEST_TITLE, LONGEST_TEXT = 80, 600
_TO_DO = """\
# What is not known yet is left out. Delete this line and the note when the claim is no draft any more.
# How likely we hold it to be, 0 to 1:      credence: ...
# Reasons for and against it, each with an id and a text:      pro: [...]      con: [...]
"""


def claim_id(text: str) -> str:
    """The id of a claim: its first words.

    Examples
    --------
    >>> claim_id("Monitors see the activations, not the intent behind them.")
    'monitors-see-the-activations-not-the-intent'
    """
    words = re.findall(r"[a-z0-9]+", text.lower())[:WORDS]
    name = "-".join(words)[:LONGEST].strip("-")
    return name if name[:1].isalpha() else f"claim-{name}".strip("-")


def claim_names(claims: Iterable[Said]) -> dict[str, Said]:
    """The claims by the ids that their entries get; the same claims in the same order get the same ids."""
    found: dict[str, Said] = {}
    used: dict[str, int] = {}
    for claim in claims:
        name = claim_id(claim.text)
        used[name] = used.get(name, 0) + 1
        found[name if used[name] == 1 else f"{name}-{used[name]}"] = claim
    return found


def draft_path(name: str) -> str:
    """Where the draft of a claim is written, below the workspace.

    Examples
    --------
    >>> draft_path("monitors-see-activations")
    'ontology/assumptions/monitors-see-activations.yaml'
    """
    return f"{FOLDERS['assumption']}/{name}.yaml"


def draft_claims(root: Path, claims: Iterable[Said], session: Session) -> tuple[list[Path], list[str]]:
    """Write each claim as an assumption of the group's own, marked as a draft; never over an entry.

    Parameters
    ----------
    root : Path
        The workspace.
    claims : iterable of Said
    session : Session
        In which they were made.

    Returns
    -------
    written : list of Path
    kept : list of str
        Ids of claims that have an entry already, which was left as it is.

    Notes
    -----
    A draft holds the claim, when it was made, and about which cell. Who made it is left out: the policy of a
    session ends with its folder. Nothing stands in it for a reason that nobody gave.
    """
    written: list[Path] = []
    kept: list[str] = []
    for name, claim in claim_names(claims).items():
        try:
            path = new_entry("assumption", name, root)[0]
        except CruxmapError as error:
            if error.code not in ("E908", "E909"):
                raise
            kept.append(name)
            continue
        # The template brings the line by which editors find the schema; what it says besides is no claim.
        modeline = path.read_text(encoding="utf-8").partition("\n")[0]
        replace_file(path, f"{modeline}\n{_draft(name, claim, session)}")
        written.append(path)
    return written, kept


def _draft(name: str, claim: Said, session: Session) -> str:
    """The claim as its text, and without its full stop as its title."""
    title = shorten(claim.text.rstrip(".!? "), LONGEST_TITLE, placeholder=" …")
    about = f" about {claim.cell}" if claim.cell else ""
    note = (
        f"Draft: said in the meeting of {session.date} (sessions/{session.id}){about}. No reason for or "
        "against it is recorded yet."
    )
    lines = [
        "kind: assumption",
        f"id: {name}",
        f"title: {scalar(title)}",
        "reading: ours",
        f"text:{block(shorten(claim.text, LONGEST_TEXT, placeholder=' …'), 0)}",
        "notes:",
        f"  - id: {name}.note.1",
        f"    text:{block(note, 4)}",
        "    reading: ours",
    ]
    return "\n".join(lines) + "\n" + _TO_DO
