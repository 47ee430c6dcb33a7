"""New claims of a meeting as draft entries: statements of the group's own, to be filled in."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError
from cruxmap.templates import new_entry
from cruxmap.writing import replace_file
from cruxmap.yamlwrite import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cruxmap.group.record import Said

__all__ = ["claim_id", "draft_claims"]

WORDS, LONGEST = 7, 48
LONGEST_TITLE = 80
_PLACEHOLDER = "text: The statement on which several entries rest."
_TITLE = re.compile(r"^title: .*$", re.MULTILINE)


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


def draft_claims(root: Path, claims: Iterable[Said]) -> tuple[list[Path], list[str]]:
    """Write each claim as the template of an assumption, marked as the group's own; never over an entry.

    Parameters
    ----------
    root : Path
        The workspace.
    claims : iterable of Said

    Returns
    -------
    written : list of Path
    kept : list of str
        Ids of claims that have an entry already, which was left as it is.
    """
    written: list[Path] = []
    kept: list[str] = []
    used: dict[str, int] = {}
    for claim in claims:
        name = claim_id(claim.text)
        used[name] = used.get(name, 0) + 1
        # The same claims in the same order get the same ids, so that closing again finds their entries.
        name = name if used[name] == 1 else f"{name}-{used[name]}"
        try:
            path = new_entry("assumption", name, root)[0]
        except CruxmapError as error:
            if error.code not in ("E908", "E909"):
                raise
            kept.append(name)
            continue
        text = path.read_text(encoding="utf-8")
        replace_file(path, _filled_in(text, claim.text))
        written.append(path)
    return written, kept


def _filled_in(template: str, claim: str) -> str:
    """The template with the claim as its text, and the claim without its full stop as its title."""
    title = scalar(shorten(claim.rstrip(".!? "), LONGEST_TITLE, placeholder=" …"))
    text = template.replace(_PLACEHOLDER, f"text: {scalar(claim)}")
    return _TITLE.sub(lambda _: f"title: {title}", text, count=1)
