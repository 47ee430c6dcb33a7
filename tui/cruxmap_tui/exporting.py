"""What can be written out of a screen, where to, and as which kind of file. Nothing here knows a widget."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap_exports.registry import format_of, formats_for, render
from cruxmap_exports.request import Request
from cruxmap_exports.writing import check_target, write
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from cruxmap_tui.session import Session

PAGE = "page"
"""What stands on a screen, as plain text; every other target is one of `cruxmap export`."""
PAGE_SUFFIX = ".txt"
BEST_SUFFIX = {"matrix": ".html", "map": ".svg", "entry": ".html", "handout": ".html", PAGE: PAGE_SUFFIX}
"""The suffix that is offered first: what every browser shows."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One thing that can be written out.

    Attributes
    ----------
    title : str
        What it is, in words.
    stem : str
        Name of the file without its suffix.
    target : str
        A target of `cruxmap_exports.registry`, or `page`.
    request : Request
        What exactly is wanted; of no use for a page.
    lines : tuple of str
        The lines of a page; empty for everything else.
    """

    title: str
    stem: str
    target: str
    request: Request = field(default_factory=Request)
    lines: tuple[str, ...] = ()


class Suffix(NamedTuple):
    """A suffix that a target can be written under, and the format that it stands for."""

    suffix: str
    title: str


def suffixes(target: str) -> list[Suffix]:
    """Return the suffixes of a target, the best one first.

    Examples
    --------
    >>> [item.suffix for item in suffixes("entry")]
    ['.html', '.md', '.pdf']
    """
    if target == PAGE:
        return [Suffix(PAGE_SUFFIX, "plain text")]
    found = [Suffix(item.suffixes[0], item.title) for item in formats_for(target)]
    return sorted(found, key=lambda item: item.suffix != BEST_SUFFIX.get(target))


def computed(session: Session) -> dict[str, Any]:
    """Return the options of the computed voice, with everything that a reader has set."""
    return {
        "voice": "computed",
        "semantics": session.semantics,
        "standard": session.standard,
        "premises": "product",
        "credences": dict(session.scenario.credences),
        "labels": dict(session.scenario.labels),
    }


def matrix_export(
    session: Session, kind: str, voice: str, group_by: str | None = None, sort: str = "number"
) -> Exported:
    """Offer the matrix in the voice that is shown; of two side by side, the one that is not the source's."""
    speaks = next((name for name in ("group", "source") if name in voice), "computed")
    chosen = {"source": {}, "group": {"voice": "group"}, "computed": computed(session)}[speaks]
    plural = "proposals" if kind == "proposal" else "strategies"
    said = {"source": "what the source says", "group": "what the group says"}.get(speaks, speaks)
    if speaks == "computed" and not session.scenario.empty:
        said += ", with what is set"
    request = Request(kind=kind, group_by=group_by, sort=sort, voice=chosen, standard=session.standard)
    return Exported(f"the matrix of {plural}: {said}", f"{plural}-{speaks}", "matrix", request)


def map_export(session: Session, name: str) -> Exported:
    """Offer the argument map of an entry, or of what lies around a statement or an argument."""
    chosen = {} if session.scenario.empty else computed(session)
    request = Request(entry=name, voice=chosen, standard=session.standard)
    said = ", with what is set" if chosen else ""
    title = f"the argument map of {named(session.kb, name)}{said}"
    return Exported(title, f"map-{_safe(name)}", "map", request)


def entry_export(session: Session, name: str) -> Exported | None:
    """Offer the page of an entry, or of the entry that holds a statement or an argument; None without one."""
    kb = session.kb
    placed = kb.arguments.get(name)
    part = kb.parts.get(name)
    entry = placed.entry if placed else part[1] if part else name.partition("/")[0]
    if entry not in kb.entries:
        return None
    title = str(getattr(kb.entries[entry], "title", None) or entry)
    return Exported(f"the entry {title}", _safe(entry), "entry", Request(entry=entry))


def page_export(title: str, stem: str, lines: tuple[str, ...]) -> Exported:
    """Offer the text of a page."""
    return Exported(title, _safe(stem), PAGE, lines=lines)


def _safe(name: str) -> str:
    """Return a name that every system takes for a file: ids hold nothing worse than a slash."""
    return "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in name)


def write_export(session: Session, exported: Exported, path: Path) -> int:
    """Write it to a file, in the format that the suffix stands for.

    Returns
    -------
    int
        Size of the file in bytes.

    Raises
    ------
    CruxmapError
        When the suffix is unknown, the place is closed to exports, or a program that draws is missing.
    """
    target = check_target(path, session.kb.roots)
    if exported.target == PAGE:
        data = "".join(f"{line}\n" for line in exported.lines).encode()
    else:
        data = render(session.kb, exported.target, format_of(path, exported.target), exported.request)
    write(target, data, session.kb.roots)
    return len(data)


def page_file(exported: Exported) -> Path:
    """Return the file of a page for the browser: in the user's cache, never in a workspace."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cruxmap" / "pages"
    base.mkdir(parents=True, exist_ok=True)
    return base / f"{exported.stem}{BEST_SUFFIX[exported.target]}"


def has_browser() -> bool:
    """Whether a browser with a window of its own can be opened: one in this terminal would paint over us."""
    import sys

    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


__all__ = [
    "BEST_SUFFIX",
    "PAGE",
    "Exported",
    "Suffix",
    "computed",
    "entry_export",
    "has_browser",
    "map_export",
    "matrix_export",
    "page_export",
    "page_file",
    "suffixes",
    "write_export",
]
