"""Writers of pages: matrix, entry and handout, each as Markdown, HTML and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.errors import UsageError
from cruxmap_exports.document_html import html
from cruxmap_exports.document_markdown import markdown
from cruxmap_exports.entry_page import entry_page
from cruxmap_exports.explorer_page import explorer
from cruxmap_exports.handout import handout
from cruxmap_exports.matrix_page import matrix_page
from cruxmap_exports.pdf import pdf

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.document import Document
    from cruxmap_exports.request import Request

__all__ = [
    "entry_html",
    "entry_markdown",
    "entry_pdf",
    "handout_html",
    "handout_markdown",
    "handout_pdf",
    "matrix_html",
    "matrix_markdown",
    "matrix_pdf",
]


def matrix_markdown(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the matrix as Markdown."""
    return markdown(matrix_page(kb, request))


def matrix_html(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the matrix as a page to filter, sort, compare and look into."""
    return explorer(kb, request)


def matrix_pdf(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the matrix as PDF: the table, what explains it, and a note on every cell."""
    return pdf(html(matrix_page(kb, request)))


def entry_markdown(kb: KnowledgeBase, request: Request) -> bytes:
    """Write one entry as Markdown."""
    return markdown(_entry(kb, request))


def entry_html(kb: KnowledgeBase, request: Request) -> bytes:
    """Write one entry as HTML."""
    return html(_entry(kb, request))


def entry_pdf(kb: KnowledgeBase, request: Request) -> bytes:
    """Write one entry as PDF."""
    return pdf(html(_entry(kb, request)))


def handout_markdown(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the handout as Markdown."""
    return markdown(handout(kb, request))


def handout_html(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the handout as HTML."""
    return html(handout(kb, request))


def handout_pdf(kb: KnowledgeBase, request: Request) -> bytes:
    """Write the handout as PDF."""
    return pdf(html(handout(kb, request)))


def _entry(kb: KnowledgeBase, request: Request) -> Document:
    if request.entry is None:
        raise UsageError("say which entry: cruxmap export entry 3 --to FILE")
    return entry_page(kb, kb.entries[request.entry])
