r"""The comparison matrix as a LaTeX document with a booktabs table that may run over pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.escape import latex as escaped
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.matrix_view import CellView, MatrixView, RowView
    from cruxmap_exports.request import Request

__all__ = ["latex"]

PREAMBLE = r"""% Compiles with pdflatex, xelatex and lualatex; nothing in it needs shell escape.
\documentclass[10pt]{article}
\usepackage[a4paper,landscape,margin=18mm]{geometry}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \newcommand{\unichar}[1]{\texttt{U+#1}}
\else
  \usepackage{fontspec}
  \newcommand{\unichar}[1]{\char"#1\relax}
\fi
\usepackage{textcomp}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\setlength{\parindent}{0pt}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
\setlength{\LTcapwidth}{\linewidth}
\begin{document}
\raggedright\small
"""


def latex(kb: KnowledgeBase, request: Request) -> bytes:
    r"""Write a matrix as a document; the part between `longtable` can be copied into a paper.

    Below the table stand voice, semantics, criteria with their questions, signs, hinges, and a note on each
    cell with its reason.
    """
    view = matrix_view(kb, request.matrix(kb), request.conventions)
    return "\n".join([PREAMBLE + _table(view), *_legend(view), *_notes(view), r"\end{document}", ""]).encode()


def _table(view: MatrixView) -> str:
    first = 0.22
    share = (1 - first) / max(1, len(view.columns))
    widths = [first, *[share] * len(view.columns)]
    layout = "".join(
        rf">{{\raggedright\arraybackslash}}p{{\dimexpr {width:.4f}\linewidth-2\tabcolsep\relax}}"
        for width in widths
    )
    heads = [escaped(view.kind.capitalize()), *(escaped(column.title) for column in view.columns)]
    head = " & ".join(rf"\textbf{{{text}}}" for text in heads) + r" \tabularnewline"
    width = len(widths)
    lines = [
        rf"\begin{{longtable}}{{{layout}}}",
        rf"\caption{{{escaped(view.title)}. {escaped(view.preface)}}}\tabularnewline",
        r"\toprule",
        head,
        r"\midrule",
        r"\endhead",
        r"\bottomrule",
        r"\endfoot",
    ]
    for place, section in enumerate(view.sections):
        if section.title:
            rule = [r"\addlinespace"] if place else []
            title = rf"\multicolumn{{{width}}}{{l}}{{\textbf{{{escaped(section.title)}}}}} \tabularnewline"
            lines += [*rule, title]
        lines += [text for row in section.rows for text in (_row(row), r"\addlinespace")]
    return "\n".join([*lines, r"\end{longtable}"])


def _row(row: RowView) -> str:
    name = escaped(f"{row.number} {row.title}".strip())
    # The braces keep a text that begins with [ or * from being read as an option of the line break before.
    return " & ".join([f"{{}}{name}", *(_cell(cell) for cell in row.cells)]) + r" \tabularnewline"


def _cell(cell: CellView | None) -> str:
    if cell is None:
        return ""
    lines = [cell.computed, cell.stance, " · ".join(filter(None, [cell.at, cell.numbers]))]
    return r" \newline ".join(escaped(line) for line in lines if line)


def _legend(view: MatrixView) -> list[str]:
    criteria = [f"{column.versioned}: {column.question}" for column in view.columns]
    signs = [f"{sign.glyph} {sign.word}: {sign.meaning}" for sign in view.signs]
    return [
        *_list("Criteria", criteria),
        *_list("Signs", signs),
        *_list("Hinges", [item.keyed for item in view.hinges]),
    ]


def _notes(view: MatrixView) -> list[str]:
    texts = []
    for row in view.rows:
        for column, cell in zip(view.columns, row.cells, strict=True):
            if cell:
                place = f" [{cell.source} {cell.at}]" if cell.at else ""
                name = f"{row.number} {row.title}".strip()
                texts.append(f"{name}, {column.title.lower()}: {cell.word}. {cell.reason}{place}")
    return _list("Cell by cell", texts)


def _list(title: str, texts: list[str]) -> list[str]:
    if not texts:
        return []
    items = [rf"\item {{}}{escaped(text)}" for text in texts]
    return [rf"\section*{{{escaped(title)}}}", r"\begin{itemize}", *items, r"\end{itemize}"]
