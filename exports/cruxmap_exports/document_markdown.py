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
    given = [span for span in spans if span.text]
    for place, span in enumerate(given):
        # Emphasis may not begin or end with a space; those at the ends of a line would be lost.
        text = span.text.strip(" ")
        before = span.text[: len(span.text) - len(span.text.lstrip(" "))]
        after = span.text[len(span.text.rstrip(" ")) :] if text else ""
        before = before if place else markdown_text(before)
        after = markdown_text(after) if place == len(given) - 1 else after
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
    yield markdown_text(view.preface)
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
