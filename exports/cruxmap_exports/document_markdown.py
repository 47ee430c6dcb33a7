"""Pages as Markdown, in the flavour of GitHub and of most readers that know tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.document import Document, Heading, Items, MatrixBlock, Paragraph, Part
from cruxmap_exports.escape import markdown_table, markdown_text, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cruxmap_exports.document import Block, Item, Span
    from cruxmap_exports.matrix_view import MatrixView, RowView

__all__ = ["markdown"]


def markdown(page: Document) -> bytes:
    """Write a page as Markdown."""
    return ("\n\n".join(_blocks(page.blocks)) + "\n").encode()


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {markdown_text(block.text)}"
        elif isinstance(block, Paragraph):
            yield _spans(block.spans)
        elif isinstance(block, Items):
            yield "\n".join(_items(block.items, 0, numbered=block.numbered))
        elif isinstance(block, MatrixBlock):
            yield from _matrix(block.view)
        elif isinstance(block, Part):
            yield from _blocks(block.blocks)


def _spans(spans: Iterable[Span]) -> str:
    written = []
    for place, span in enumerate(spans):
        text, before, after = span.text, "", ""
        if place or span.style == "strong":
            # Spaces inside a line stay spaces, and emphasis may not begin or end with one.
            before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
            text, after = text.strip(" "), after if text.strip(" ") else ""
        text = markdown_text(text)
        if span.style == "strong" and text:
            text = f"**{text}**"
        url = safe_url(span.url)
        written.append(f"{before}[{text}](<{url}>){after}" if url else f"{before}{text}{after}")
    return "".join(written)


def _items(items: Iterable[Item], depth: int, *, numbered: bool) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}." if numbered else "-"
        sign = f"\\{item.sign} " if item.sign in ("+", "-") else f"{item.sign} " if item.sign else ""
        yield f"{' ' * depth}{mark} {sign}{_spans(item.spans)}"
        yield from _items(item.below, depth + len(mark) + 1, numbered=False)


def _matrix(view: MatrixView) -> Iterator[str]:
    heads = ["", view.kind.capitalize(), *(column.versioned for column in view.columns)]
    for section in view.sections:
        if section.title:
            yield f"**{markdown_text(section.title)}**"
        rows = [heads, *(_row(row) for row in section.rows)]
        lines = ["| " + " | ".join(markdown_table(text) for text in row) + " |" for row in rows]
        lines.insert(1, "| --: | --- |" + " --- |" * len(view.columns))
        yield "\n".join(lines)


def _row(row: RowView) -> list[str]:
    return [row.number, row.title, *(" · ".join(cell.pieces) if cell else "" for cell in row.cells)]
