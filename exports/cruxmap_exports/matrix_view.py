"""The comparison matrix as readers see it: every cell put into words once, for all formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.matrix import KINDS, is_incomplete
from cruxmap_exports.naming import Label, in_order, label

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Cell, Matrix, Row
    from cruxmap.model.vocabulary import Level, Mark, Scale

__all__ = ["CellView", "Column", "MatrixView", "RowView", "Section", "Sign", "cell_view", "matrix_view"]

LEANINGS = ("against", "rather-against", "rather-for", "for", "undecided")
"""Which way a level leans: names of the tints that formats with colour use besides glyph and word."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A level or mark that occurs: glyph, word and what it means."""

    glyph: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion with the version of its question."""

    id: str
    title: str
    question: str
    version: int

    @property
    def versioned(self) -> str:
        """Title and version."""
        return f"{self.title} (version {self.version})"


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell in words.

    Attributes
    ----------
    criterion : str
    written, word, glyph : str
        The stance as written, the level or mark that it comes to, and the glyph of that.
    inherited : str
        Glyph and number of the entry that the stance is taken over from (`= as P2`); else empty.
    leaning : str
        One of `LEANINGS`.
    source, at : str
        Work and place in it.
    """

    criterion: str
    written: str
    word: str
    glyph: str
    inherited: str
    leaning: str
    source: str
    at: str
    hinges: tuple[Label, ...]
    reason: str
    pro: int
    con: int
    strength: float | None
    label: str | None
    fragile: bool

    @property
    def stance(self) -> str:
        """Glyph and word, after a note where the stance is inherited."""
        own = f"{self.glyph} {self.word}"
        return f"{self.inherited}: {own}" if self.inherited else own

    @property
    def computed(self) -> str:
        """Strength, label and flag of the computed voice; empty where only the source speaks."""
        if self.strength is None:
            return ""
        parts = [f"{self.strength:.2f}", self.label or "", "fragile" if self.fragile else ""]
        return " ".join(part for part in parts if part)

    @property
    def numbers(self) -> str:
        """Numbers of the hinges."""
        return ", ".join(item.number for item in self.hinges)

    @property
    def pieces(self) -> tuple[str, ...]:
        """What a cell of one line says, in order: figures, stance, locator, hinges."""
        given = (self.computed, self.stance, self.at, self.numbers)
        return tuple(piece for piece in given if piece)


@dataclass(frozen=True, slots=True)
class RowView:
    """One entry; None where it is not assessed against a criterion."""

    id: str
    number: str
    title: str
    short: str
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that are listed together; the title is empty where rows are not grouped."""

    title: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """A matrix with everything that explains it.

    Attributes
    ----------
    voice, semantics, left_out : str
        Who speaks, how figures were computed, and which entries are not shown, each as a sentence.
    signs : tuple of Sign
        The levels and marks that occur.
    hinges : tuple of Label
        All hinges by number.
    """

    kind: str
    title: str
    voice_name: str
    semantics_name: str
    voice: str
    semantics: str
    left_out: str
    columns: tuple[Column, ...]
    rows: tuple[RowView, ...]
    sections: tuple[Section, ...]
    signs: tuple[Sign, ...]
    hinges: tuple[Label, ...]

    @property
    def preface(self) -> str:
        """Who speaks, how figures were computed, and what is not shown."""
        return " ".join(filter(None, [self.voice, self.semantics, self.left_out]))

    @property
    def has_figures(self) -> bool:
        """Whether any cell carries a computed strength."""
        return any(cell and cell.strength is not None for row in self.rows for cell in row.cells)

    @property
    def versions(self) -> str:
        """Criteria with their versions, as one text."""
        return "; ".join(column.versioned for column in self.columns)


def matrix_view(kb: KnowledgeBase, table: Matrix, conventions: str = "") -> MatrixView:
    """Put a matrix into words.

    Parameters
    ----------
    kb : KnowledgeBase
    table : Matrix
    conventions : str
        What its figures depend on besides the semantics; see `Request.conventions`.

    Examples
    --------
    >>> from cruxmap import load
    >>> kb = load()
    >>> view = matrix_view(kb, kb.matrix())
    >>> view.rows[3].cells[1].pieces
    ('◇ conditional', '§5.2', 'A5')
    """
    rows = {row.id: _row(kb, table, row) for row in table.rows}
    sections = tuple(Section(group.title, tuple(rows[name] for name in group.rows)) for group in table.groups)
    cells = [cell for row in rows.values() for cell in row.cells if cell]
    hinges = {item.id: item for cell in cells for item in cell.hinges}
    works = ", ".join(dict.fromkeys(cell.source for cell in cells if cell.source))
    plural = "strategies" if table.kind == "strategy" else f"{table.kind}s"
    return MatrixView(
        table.kind,
        f"{plural.capitalize()} against criteria",
        table.voice,
        table.semantics or "none",
        _voice(table, works),
        _semantics(table, conventions),
        _left_out(kb, table),
        tuple(Column(item.id, item.title, item.question, item.version) for item in table.criteria),
        tuple(rows.values()),
        sections or (Section("", tuple(rows.values())),),
        _signs(kb, table, {cell.word for cell in cells}, {cell.written for cell in cells}),
        tuple(hinges[name] for name in in_order(kb, hinges)),
    )


def _voice(table: Matrix, works: str) -> str:
    source = f"the source's stance{f' ({works})' if works else ''}, in words that summarise its hedges"
    if table.voice == "source":
        return f"Voice: {source}."
    if table.voice == "computed":
        return (
            "Voice: what the recorded arguments come to (strength from 0 to 1; in, out or undecided), before "
            f"{source}."
        )
    return (
        "Voice: the group's latest revealed marks; each cell is the mark that three quarters of its readers "
        "share, else the range of all, with their number and spread (0 for one mark, 1 for both ends of the "
        "scale)."
    )


def _semantics(table: Matrix, conventions: str) -> str:
    if table.semantics is None:
        return "Semantics: none; nothing is computed."
    more = f" with {conventions}" if conventions else ""
    return (
        f"Semantics: {table.semantics}{more}. Credences and weights of hedges are conventions of the "
        "workspace; 0.50 is neutral."
    )


def _left_out(kb: KnowledgeBase, table: Matrix) -> str:
    shown = {row.id for row in table.rows}
    entries = [entry for entry in kb.of_kind(KINDS[table.kind]) if is_incomplete(entry)]
    titles = "; ".join(entry.title for entry in entries if entry.id not in shown)
    return f"Not shown, because incomplete: {titles}." if titles else ""


def _row(kb: KnowledgeBase, table: Matrix, row: Row) -> RowView:
    cells = [(item.id, row.cells.get(item.id)) for item in table.criteria]
    number = "" if row.number is None else str(row.number)
    views = tuple(cell_view(kb, name, given) if given else None for name, given in cells)
    return RowView(row.id, number, row.title, row.short, views)


def cell_view(kb: KnowledgeBase, criterion: str, given: Cell) -> CellView:
    """Put one cell into words."""
    scale = kb.scale_of(criterion)
    source, space, at = given.at.partition(" ")
    inherited = ""
    if given.stance.startswith("inherits:"):
        heir = given.stance.removeprefix("inherits:")
        sign = scale.inherited.glyph if scale.inherited else "="
        inherited = f"{sign} as {f'P{heir}' if heir.isdigit() else heir}"
    return CellView(
        criterion,
        given.stance,
        given.word,
        _glyph(scale, given.word),
        inherited,
        _leaning(scale, given.word),
        source if space else "",
        at if space else given.at,
        tuple(label(kb, name) for name in given.hinges),
        _reason(given),
        given.pro,
        given.con,
        given.strength,
        given.label,
        given.fragile,
    )


def _reason(given: Cell) -> str:
    """The source's reason, or how many readers the group's mark comes from."""
    if given.raters is None:
        return given.reason
    spread = "" if given.spread is None else f", spread {given.spread:.2f}"
    return f"{given.raters} {'reader' if given.raters == 1 else 'readers'}{spread}"


def _glyph(scale: Scale, word: str) -> str:
    signs: tuple[Level | Mark, ...] = (*scale.levels, *scale.marks)
    return next((item.glyph for item in signs if item.id == word), "~")


def _leaning(scale: Scale, word: str) -> str:
    """Tell on which side of the middle of a scale a level lies; a range or mark leans to neither."""
    names = [level.id for level in scale.levels]
    if word not in names:
        return "undecided"
    middle, place = (len(names) - 1) / 2, names.index(word)
    # On a scale of five the middle level leans as weakly as the one below it.
    if place >= middle:
        return "for" if place > middle else "rather-for"
    return "against" if place == 0 else "rather-against"


def _signs(kb: KnowledgeBase, table: Matrix, words: set[str], written: set[str]) -> tuple[Sign, ...]:
    found: dict[str, Sign] = {}
    for item in table.criteria:
        scale = kb.scale_of(item.id)
        signs: tuple[Level | Mark, ...] = (*scale.levels, *scale.marks)
        for sign in signs:
            if sign.id in words:
                found.setdefault(sign.id, Sign(sign.glyph, sign.id, sign.text))
        if scale.inherited and any(word.startswith("inherits:") for word in written):
            found.setdefault("as another", Sign(scale.inherited.glyph, "as another", scale.inherited.text))
    for word in sorted(word for word in words if word not in found):
        found[word] = Sign("~", word, "Any level of this range is left possible.")
    return tuple(found.values())
