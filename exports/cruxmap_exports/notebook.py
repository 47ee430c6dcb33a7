"""What notebooks show for objects of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.document_html import stylesheet
from cruxmap_exports.matrix_html import matrix_table
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Matrix

__all__ = ["matrix_fragment"]


def matrix_fragment(kb: KnowledgeBase, table: Matrix) -> str:
    """Return a matrix as a piece of HTML with its own stylesheet, escaped as in the exported page."""
    view = matrix_view(kb, table)
    return f"<style>{stylesheet('table')}</style>\n{matrix_table(view, linked=False)}"
