"""Located sentences: a text, where it is said, whose reading it is, and how it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.model.parts import VERIFIED
from cruxmap_exports.document import plain, quiet

if TYPE_CHECKING:
    from cruxmap_exports.document import Span

__all__ = ["located", "where"]


def where(part: Any) -> str:
    """Write the locator of a part in brackets, marked where it is our reading or was not checked in the work.

    Examples
    --------
    >>> from cruxmap.model.parts import Note
    >>> where(Note(id="n", text="A note.", at="§2", reading="ours", verified="memory"))
    '[our reading of §2; from memory, not checked]'
    """
    ours = getattr(part, "reading", "source") == "ours"
    at = getattr(part, "at", None)
    place = f"our reading of {at}" if ours and at else "our reading" if ours else at
    inside = "; ".join(filter(None, (place, VERIFIED.get(getattr(part, "verified", "primary"), ""))))
    return f"[{inside}]" if inside else ""


def located(part: Any) -> tuple[Span, ...]:
    """Return the text of a part and, beside the point, where it is said."""
    place = where(part)
    return (plain(part.text), quiet(f" {place}")) if place else (plain(part.text),)
