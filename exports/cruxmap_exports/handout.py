"""The handout for a meeting: the matrix, what verdicts have in common, and what to read next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cruxmap.analysis.cut_sets import common_causes
from cruxmap.analysis.dependence import dependences
from cruxmap.analysis.failure_across import shared_causes
from cruxmap.analysis.labelling import grounded_labels
from cruxmap.errors import UsageError
from cruxmap.graph import argument_graph
from cruxmap.model.vocabulary import Source
from cruxmap_exports.document import (
    Document,
    Heading,
    Item,
    Items,
    MatrixBlock,
    Paragraph,
    Part,
    plain,
    quiet,
    strong,
)
from cruxmap_exports.matrix_view import matrix_view
from cruxmap_exports.naming import criterion_name, entry_mark, in_order, joined, label, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.analysis.cut_sets import CommonCause
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Matrix
    from cruxmap_exports.document import Block
    from cruxmap_exports.matrix_view import MatrixView
    from cruxmap_exports.request import Request

__all__ = ["handout", "readings"]

MOST = 6
"""Assumptions on a handout: what a group can discuss in one meeting."""
PLACES = 6
"""Places to read for each assumption."""


def handout(kb: KnowledgeBase, request: Request) -> Document:
    """Return the handout on all entries of a kind, or on one entry.

    Assumptions are those whose failure alone defeats most verdicts, then those that defeat most together with
    others; on several entries only those that more than one shares.

    Raises
    ------
    UsageError
        When the request names an unknown kind, criterion or voice, or an entry that is no row.
    """
    table = request.matrix(kb)
    if request.entry is not None:
        table = _only(table, request.entry)
    view = matrix_view(kb, table, request.conventions)
    if request.entry is not None:
        view = replace(view, left_out="")
    causes = _causes(kb, table, request)[:MOST]
    one = kb.entries.get(request.entry) if request.entry else None
    listed = list(getattr(one, "assumptions", ()))[:MOST]
    title = f"Handout: {getattr(one, 'title', None) or view.title.lower()}"
    sides = (
        Part(_assumptions(kb, causes, listed, is_single=one is not None), "side"),
        Part(
            (
                *readings(kb, [cause.atom for cause in causes] or listed),
                Paragraph((quiet(_conventions(view, request)),), "meta"),
            ),
            "side",
        ),
    )
    blocks: list[Block] = [
        Heading(1, title),
        MatrixBlock(view, linked=False),
        _key(view),
        Part(sides, "pair"),
    ]
    return Document(title, tuple(blocks), "handout")


def _only(table: Matrix, entry: str) -> Matrix:
    rows = tuple(row for row in table.rows if row.id == entry)
    if not rows:
        raise UsageError(f"{entry} is not a row of this matrix; leave it out, or name a {table.kind}")
    return replace(table, rows=rows, groups=())


def _causes(kb: KnowledgeBase, table: Matrix, request: Request) -> list[CommonCause]:
    premises = request.voice.get("premises", "product")
    graph = argument_graph(kb, request.voice.get("credences"), premises=premises)
    fixed = request.voice.get("labels") or {}
    labels = grounded_labels(graph, request.standard, fixed).labels
    found = dependences(graph, labels, fixed=fixed)
    formulas = {
        f"{row.id}/{name}": found[f"{row.id}/{name}"].formula
        for row in table.rows
        for name, cell in row.cells.items()
        if cell.interval is not None
    }
    causes = common_causes(formulas) if request.entry else shared_causes(formulas)
    # The sort is stable: among equals the order of the analysis stays.
    return sorted(causes, key=lambda cause: (-cause.orders.count(1), -len(cause.entries)))


def _key(view: MatrixView) -> Paragraph:
    signs = "; ".join(f"{sign.glyph} {sign.word}" for sign in view.signs)
    spans = [strong("Signs"), plain(f" {signs}.")]
    if view.hinges:
        hinges = "; ".join(item.keyed for item in view.hinges)
        spans += [plain(" "), strong("Hinges"), plain(f" {hinges}.")]
    return Paragraph(tuple(spans), "legend")


def _assumptions(
    kb: KnowledgeBase, causes: Sequence[CommonCause], listed: Sequence[str], *, is_single: bool
) -> tuple[Block, ...]:
    heading = Heading(2, "What it rests on" if is_single else "What several of them rest on")
    if not causes:
        nothing = Paragraph(
            (plain("By what is recorded, no failure of an assumption defeats a verdict here."),)
        )
        items = tuple(
            Item((strong(label(kb, name).full), plain(f": {kb.statements[name].text}"))) for name in listed
        )
        said = Paragraph((plain("It is listed as resting on:"),))
        return (heading, nothing, said, Items(items)) if items else (heading, nothing)
    return (heading, Items(tuple(_assumption(kb, cause) for cause in causes)))


def _assumption(kb: KnowledgeBase, cause: CommonCause) -> Item:
    name = label(kb, cause.atom)
    text = kb.statements[cause.atom].text
    alone = [verdict for verdict, order in zip(cause.entries, cause.orders, strict=True) if order == 1]
    helped = [verdict for verdict, order in zip(cause.entries, cause.orders, strict=True) if order > 1]
    said = []
    if alone:
        said.append(f"Its failure alone defeats {_verdicts(kb, alone)}.")
    if helped:
        said.append(f"With others it defeats {_verdicts(kb, helped)}.")
    return Item((strong(name.full), plain(": "), plain(text), quiet(f" {' '.join(said)}")))


def _verdicts(kb: KnowledgeBase, verdicts: Iterable[str]) -> str:
    """Name verdicts, those on one criterion together: `outer alignment of P2 and P3`."""
    owners: dict[str, list[str]] = {}
    for verdict in verdicts:
        entry, _, criterion = verdict.partition("/")
        owners.setdefault(criterion, []).append(entry)
    return joined(
        f"{criterion_name(kb, criterion)} of {joined(entry_mark(kb, name) for name in in_order(kb, names))}"
        for criterion, names in owners.items()
    )


def readings(kb: KnowledgeBase, statements: Sequence[str]) -> tuple[Block, ...]:
    """What to read next: works, and the places in them where statements are made or used."""
    found: dict[str, list[Item]] = {}
    for name in statements:
        by_work: dict[str, list[str]] = {}
        for work, place in _places(kb, name):
            by_work.setdefault(work, []).append(place)
        for work, listed in by_work.items():
            more = f" and {len(listed) - PLACES} more" if len(listed) > PLACES else ""
            mark = label(kb, name)
            places_of = Item((strong(mark.number), plain(f": {', '.join(listed[:PLACES])}{more}")))
            found.setdefault(work, []).append(places_of)
    items = []
    for work in sorted(found, key=lambda name: (-len(found[name]), name)):
        entry = kb.entries.get(work)
        written = f"{_authors(entry)} ({entry.year}). {entry.title}" if isinstance(entry, Source) else work
        items.append(Item((plain(written),), tuple(found[work])))
    heading = Heading(2, "What to read next")
    nothing = Paragraph((plain("No place is recorded for them."),))
    return (heading, Items(tuple(items)) if items else nothing)


def _authors(work: Source) -> str:
    return work.authors[0] if len(work.authors) == 1 else f"{work.authors[0]} et al."


def _places(kb: KnowledgeBase, statement: str) -> list[tuple[str, str]]:
    """Where a statement is made, then where claims rest on it, each place once."""
    found: list[tuple[str, str]] = []
    entry = kb.entries.get(statement)
    found += places(getattr(entry, "at", None), getattr(entry, "source", None))
    for name in kb.resting.get(statement, []):
        if name in kb.arguments:
            placed = kb.arguments[name]
            owner = kb.entries.get(placed.entry)
            found += places(placed.argument.at, getattr(owner, "source", None))
    return list(dict.fromkeys(found))


def _conventions(view: MatrixView, request: Request) -> str:
    return (
        f"Criteria: {view.versions}. Common causes by the failure reading: objections count as the grounded "
        f"reading with the {request.standard} standard labels them; supporting arguments that assume nothing "
        "are left out where others state what they assume."
    )
