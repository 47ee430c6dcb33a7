"""Pages as one HTML file each: no request, readable on a phone and on paper."""

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
    from collections.abc import Iterable, Mapping

    from cruxmap_exports.document import Block, Document, Item, Span

__all__ = ["blocks_html", "html", "html_file", "isolated", "spans_html", "stylesheet"]


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
    body = f"<main>\n{blocks_html(page.blocks)}</main>\n"
    return html_file(page.title, page.role, body, stylesheet("table", "page"))


def html_file(title: str, role: str, body: str, style: str, script: str = "") -> bytes:
    """Put the parts of a page into one file.

    Parameters
    ----------
    title : str
    role : str
        Classes of the body, which choose the layout.
    body : str
        HTML.
    style, script : str
        The only ones that the policy of the page allows, each named by its digest.
    """
    allowed = f"style-src {_digest(style)}"
    if script:
        allowed += f"; script-src {_digest(script)}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{html_attribute(policy)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
            f"<title>{html_text(title)}</title>\n<style>{style}</style>\n</head>\n",
            f'<body class="page {html_attribute(role)}">\n{body}',
            f"<script>{script}</script>\n" if script else "",
            "</body>\n</html>\n",
        ]
    ).encode()


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


NOWHERE: Mapping[str, str] = {}


def blocks_html(blocks: Iterable[Block], places: Mapping[str, str] = NOWHERE) -> str:
    """Write blocks; `places` are the anchors that the page has for what spans name, by id."""
    return "".join(_block(block, places) for block in blocks)


def _block(block: Block, places: Mapping[str, str]) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{isolated(block.text)}</h{block.level}>\n"
    if isinstance(block, Paragraph):
        return f"<p{_role(block.role)}>{spans_html(block.spans, places)}</p>\n"
    if isinstance(block, Items):
        return _items(block.items, "ol" if block.numbered else "ul", block.role, places)
    if isinstance(block, MatrixBlock):
        return matrix_table(block.view, linked=block.linked)
    return f'<section class="{html_attribute(block.role)}">\n{blocks_html(block.blocks, places)}</section>\n'


def _role(role: str) -> str:
    return f' class="{html_attribute(role)}"' if role else ""


def spans_html(spans: Iterable[Span], places: Mapping[str, str] = NOWHERE) -> str:
    """Write running text; what spans name becomes a link where the page has a place for it."""
    written = []
    for span in spans:
        text = isolated(span.text)
        url = safe_url(span.url)
        if url:
            text = f'<a href="{html_attribute(url)}" rel="noopener noreferrer">{text}</a>'
        elif span.names in places:
            text = f'<a href="#{html_attribute(places[span.names])}">{text}</a>'
        if span.style == "strong":
            text = f"<strong>{text}</strong>"
        elif span.style == "quiet":
            text = f'<span class="quiet">{text}</span>'
        written.append(text)
    return "".join(written)


def isolated(text: str) -> str:
    """Escape a text; `bdi` ends the effect of direction marks in it."""
    return f"<bdi>{html_text(text)}</bdi>"


def _items(items: Iterable[Item], tag: str, role: str, places: Mapping[str, str]) -> str:
    return f"<{tag}{_role(role)}>\n{''.join(_item(item, places) for item in items)}</{tag}>\n"


def _item(item: Item, places: Mapping[str, str]) -> str:
    anchor = f' id="{html_attribute(item.anchor)}"' if item.anchor else ""
    side = {"+": ' class="pro"', "−": ' class="con"'}.get(item.sign, "")
    sign = f'<span class="sign">{html_text(item.sign)}</span> ' if item.sign else ""
    below = "\n" + _items(item.below, "ul", "", places) if item.below else ""
    return f"<li{anchor}{side}>{sign}{spans_html(item.spans, places)}{below}</li>\n"
