"""Pages for readers as a few kinds of block, which Markdown and HTML each write in their way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from cruxmap_exports.matrix_view import MatrixView

__all__ = [
    "Block",
    "Document",
    "Heading",
    "Item",
    "Items",
    "MatrixBlock",
    "Paragraph",
    "Part",
    "Span",
    "plain",
    "quiet",
    "strong",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style.

    Attributes
    ----------
    style : {"plain", "strong", "quiet"}
        `quiet` is for locators and other things beside the point.
    url : str or None
        Where it leads; writers drop what is no web address.
    names : str
        Id of the statement, assessment or argument that it names, for pages that have a place for it.
    """

    text: str
    style: Literal["plain", "strong", "quiet"] = "plain"
    url: str | None = None
    names: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, 1 being the title of the page."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `role` names its part on the page, such as `meta`."""

    spans: Spans
    role: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list with those below it.

    Attributes
    ----------
    sign : str
        Stands in front: `+` or `−` for reasons.
    anchor : str
        Id by which the same page can link to it.
    """

    spans: Spans
    below: tuple[Item, ...] = ()
    sign: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered when order matters."""

    items: tuple[Item, ...]
    numbered: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """A comparison matrix; `linked` when the page has notes on its cells."""

    view: MatrixView
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that belong together; `role` names the part on the page."""

    blocks: tuple[Block, ...]
    role: str


Block: TypeAlias = Heading | Paragraph | Items | MatrixBlock | Part


@dataclass(frozen=True, slots=True)
class Document:
    """A page; `role` chooses its layout: `matrix`, `entry` or `handout`."""

    title: str
    blocks: tuple[Block, ...]
    role: str


def plain(text: str) -> Span:
    """Return a span of running text."""
    return Span(text)


def strong(text: str) -> Span:
    """Return a span that stands out."""
    return Span(text, "strong")


def quiet(text: str) -> Span:
    """Return a span beside the point, such as a locator."""
    return Span(text, "quiet")
