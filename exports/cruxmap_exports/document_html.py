"""Pages as one HTML file each: no script, no request, readable on a phone and on paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from cruxmap_exports.document import Heading, Items, MatrixBlock, Paragraph
from cruxmap_exports.escape import html_attribute, html_text, safe_url
from cruxmap_exports.matrix_html import matrix_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap_exports.document import Block, Document, Item, Span

__all__ = ["html", "stylesheet"]


@cache
def stylesheet(*names: str) -> str:
    """Return stylesheets of this package, one after another."""
    folder = files("cruxmap_exports")
    return "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)


def html(page: Document) -> bytes:
    """Write a page as HTML.

    The policy of the page allows its own stylesheet, named by its digest, and nothing else: no script, no
    image, no request.
    """
    style = stylesheet("table", "page")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{html_attribute(policy)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
            f"<title>{html_text(page.title)}</title>\n<style>{style}</style>\n</head>\n",
            f'<body class="page {html_attribute(page.role)}">\n<main>\n',
            _blocks(page.blocks),
            "</main>\n</body>\n</html>\n",
        ]
    ).encode()


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_isolated(block.text)}</h{block.level}>\n"
    if isinstance(block, Paragraph):
        return f"<p{_role(block.role)}>{_spans(block.spans)}</p>\n"
    if isinstance(block, Items):
        return _items(block.items, "ol" if block.numbered else "ul", block.role)
    if isinstance(block, MatrixBlock):
        return matrix_table(block.view, linked=block.linked)
    return f'<section class="{html_attribute(block.role)}">\n{_blocks(block.blocks)}</section>\n'


def _role(role: str) -> str:
    return f' class="{html_attribute(role)}"' if role else ""


def _spans(spans: Iterable[Span]) -> str:
    written = []
    for span in spans:
        text = _isolated(span.text)
        url = safe_url(span.url)
        if url:
            text = f'<a href="{html_attribute(url)}" rel="noopener noreferrer">{text}</a>'
        if span.style == "strong":
            text = f"<strong>{text}</strong>"
        elif span.style == "quiet":
            text = f'<span class="quiet">{text}</span>'
        written.append(text)
    return "".join(written)


def _isolated(text: str) -> str:
    """Escape a text; `bdi` ends the effect of direction marks in it."""
    return f"<bdi>{html_text(text)}</bdi>"


def _items(items: Iterable[Item], tag: str, role: str) -> str:
    return f"<{tag}{_role(role)}>\n{''.join(_item(item) for item in items)}</{tag}>\n"


def _item(item: Item) -> str:
    anchor = f' id="{html_attribute(item.anchor)}"' if item.anchor else ""
    side = {"+": ' class="pro"', "−": ' class="con"'}.get(item.sign, "")
    sign = f'<span class="sign">{html_text(item.sign)}</span> ' if item.sign else ""
    below = "\n" + _items(item.below, "ul", "") if item.below else ""
    return f"<li{anchor}{side}>{sign}{_spans(item.spans)}{below}</li>\n"
