"""The matrix: entries against criteria, and the explanation of the cell under the cursor."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

from cruxmap.matrix import GROUPINGS, Group, Matrix, Row, matrix
from cruxmap.plain import plain_line
from cruxmap.risk_criteria import RiskCriteria, risk_criteria
from cruxmap_tui.commands import bindings
from cruxmap_tui.preferences import remember, remembered
from cruxmap_tui.safe import cell, cell_of, line, set_titles
from cruxmap_tui.views.detail import CellDetail
from cruxmap_tui.views.matrix_cells import BEARS, VOICE_TITLES, VOICES, cell_lines, risk_cell, voiced_matrix
from cruxmap_tui.widgets.moving import Grid
from cruxmap_tui.widgets.prompts import Choose
from cruxmap_tui.wording import set_in_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import DataTable

    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Session

KINDS = ("proposal", "strategy", "risk")
PLURALS = {"proposal": "Proposals", "strategy": "Strategies", "risk": "Risks"}
COMPUTED = ("computed", "both")
SMALLEST_TITLE, LARGEST_TITLE = 10, 40
TITLE_LINES = 3
BATCH = 60
"""Rows added at once, more than any screen shows."""
SMALLEST_CELL, LARGEST_CELL = 9, 24
LABEL_WIDTH = 12
"""What `◐ undecided` needs."""
CHANGE_WIDTH = 13
"""What a strength before and after needs."""


class MatrixView(Widget):
    """Proposals or strategies against criteria, in one voice or two.

    Parameters
    ----------
    session : Session
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix")]

    class Selected(Message):
        """The arguments of a cell are wanted."""

        def __init__(self, id: str) -> None:  # noqa: A002 - all views say `id`
            super().__init__()
            self.id = id

    class WhatIf(Message):
        """The reader wants to set what a cell rests on."""

        def __init__(self, id: str) -> None:  # noqa: A002
            super().__init__()
            self.id = id

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        kept = remembered()
        self._kind = kept["kind"] if kept.get("kind") in KINDS else KINDS[0]
        self._voice = kept["voice"] if kept.get("voice") in VOICES else VOICES[0]
        self._sort = kept.get("sort") or "number"
        self._group = kept["group"] if kept.get("group") in GROUPINGS else None
        self._table = matrix(session.kb)
        self._risks: dict[str, RiskCriteria] = {}
        self._rows: list[Row | None] = []
        self._wanted = ""
        self._filling = False
        self._stale = False
        self._pending: list[Row | Group] = []
        self._widths_now: list[int] = []
        self._made_of: tuple[object, ...] = (None,)

    def compose(self) -> ComposeResult:
        """Put the table beside, or above, what explains its cell."""
        yield Grid(id="cells", cell_padding=0, zebra_stripes=False, fixed_columns=1)
        yield CellDetail(self._session, id="detail")

    def on_mount(self) -> None:
        """Follow the session."""
        self._session.subscribe(self._follow)
        # Cells carry colours, not names of colours.
        self.app.theme_changed_signal.subscribe(self, lambda _: self._rebuild())
        self.call_after_refresh(self._rebuild)

    def on_resize(self) -> None:
        """Give the columns the room there is."""
        self.call_after_refresh(self._rebuild)

    @property
    def subject(self) -> str:
        """Id of the cell under the cursor, or of the entry when the cursor is on its title."""
        grid = self.query_one("#cells", Grid)
        at = grid.cursor_coordinate
        row = self._rows[at.row] if 0 <= at.row < len(self._rows) else None
        if row is None:
            return ""
        if at.column == 0 or at.column > len(self._table.criteria):
            return row.id
        criterion = self._table.criteria[at.column - 1].id
        return f"{row.id}/{criterion}" if criterion in row.cells else row.id

    @property
    def _criterion(self) -> str:
        """Id of the criterion of the column under the cursor; empty on a title."""
        column = self.query_one("#cells", Grid).cursor_coordinate.column
        return self._table.criteria[column - 1].id if 0 < column <= len(self._table.criteria) else ""

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Put the cursor on a cell or an entry."""
        entry = self._session.kb.entries.get(id.partition("/")[0])
        if entry is not None and entry.kind in KINDS:
            self._wanted = id
            self._kind = entry.kind
            self._rebuild()

    def focus_default(self) -> None:
        """Put the focus where the keys are expected to work."""
        self.query_one("#cells", Grid).focus()

    def exported(self) -> Exported | None:
        """Offer the matrix as it is shown, or the entry of the risk under the cursor."""
        from cruxmap_tui.exporting import entry_export, matrix_export

        if self._kind == "risk":
            return entry_export(self._session, self.subject) if self.subject else None
        return matrix_export(self._session, self._kind, self._voice, self._group, self._sort_key())

    def leave(self) -> bool:
        """Close the explanation on a narrow screen; False when it was not open."""
        was_open = self.has_class("-detail")
        self.remove_class("-detail")
        if was_open:
            self.focus_default()
        return was_open

    def _follow(self) -> None:
        # A hidden table waits: filling it would delay the one that is shown.
        self._stale = True
        if self.display:
            self._rebuild()

    def on_show(self) -> None:
        """Catch up with what changed while the table was hidden."""
        if self._stale:
            self._rebuild()

    def _rebuild(self) -> None:
        if not self.is_mounted:
            return
        self._stale = False
        wanted = self._wanted or self.subject
        self._wanted = ""
        self._table, self._risks = self._fresh_table()
        grid = self.query_one("#cells", Grid)
        self._filling = True
        grid.clear(columns=True)
        widths = self._widths(grid.scrollable_content_region.width or self.size.width - 4)
        grid.add_column(cell(self._kind.capitalize(), "bold"), width=widths[0])
        for item, width in zip(self._table.criteria, widths[1:], strict=True):
            title = item.title if len(item.title) < width else item.short
            grid.add_column(cell(title, "bold"), width=width)
        members = {row.id: row for row in self._table.rows}
        self._rows, self._widths_now = [], widths
        self._pending = [
            item
            for group in self._table.groups or [None]
            for item in ([group] if group else [])
            + [members[name] for name in (group.rows if group else members)]
        ]
        entry = wanted.partition("/")[0]
        place = next((place for place, item in enumerate(self._pending) if item.id == entry), 0)
        self._fill(place + BATCH)
        self._filling = False
        self._place_cursor(grid, wanted)
        self._titles(grid)

    def _fill(self, count: int = BATCH) -> None:
        """Add the next rows; those far below the screen follow once what is on it has been painted."""
        grid = self.query_one("#cells", Grid)
        now, self._pending = self._pending[:count], self._pending[count:]
        for item in now:
            if isinstance(item, Group):
                self._rows.append(None)
                title = f"{item.title} ({len(item.rows)})"
                grid.add_row(cell(title, "italic"), *[""] * len(self._table.criteria))
            else:
                self._add(grid, item, self._widths_now)
        if self._pending:
            self.call_after_refresh(self._fill_rest, self._pending)

    def _fill_rest(self, pending: list[Row | Group]) -> None:
        # Another table may have been asked for since.
        if pending is self._pending:
            self._fill()

    def _fresh_table(self) -> tuple[Matrix, dict[str, RiskCriteria]]:
        """The rows to show, and what is known of them when they are risks."""
        kb = self._session.kb
        chosen = (kb, self._kind, self._group, self._sort_key(), self._voice.startswith("group"))
        if chosen[0] is self._made_of[0] and chosen[1:] == self._made_of[1:]:
            return self._table, self._risks
        self._made_of = chosen
        if self._kind != "risk":
            found_in = voiced_matrix(kb, self._kind, self._voice, self._group, self._sort_key())
            self._voice = found_in[1]
            return found_in[0], {}
        found = {item.id: item for item in risk_criteria(kb)}
        rows = [Row(item.id, None, item.title, item.title, {}) for item in found.values()]
        if self._sort_key() == "title":
            rows.sort(key=lambda row: row.title.casefold())
        elif self._sort_key() != "number":
            rows.sort(key=lambda row: not found[row.id].cells[self._sort_key()].bears)
        return Matrix("risk", "source", None, tuple(kb.criteria), tuple(rows)), found

    def _sort_key(self) -> str:
        known = {item.id for item in self._session.kb.criteria} | {"number", "title"}
        return self._sort if self._sort in known else "number"

    def _widths(self, total: int) -> list[int]:
        """Columns that keep each word on one line where there is room; the title takes the rest."""
        needed = [len(item.short) + 1 for item in self._table.criteria]
        if self._risks:
            needed = [max(width, len(BEARS) + 4) for width in needed]
        for place, item in enumerate(self._table.criteria):
            words = [len(row.cells[item.id].word) + 3 for row in self._table.rows if item.id in row.cells]
            needed[place] = max([needed[place], *words])
        if self._voice in COMPUTED and not self._session.scenario.empty:
            needed = [max(width, CHANGE_WIDTH) for width in needed]
        if self._voice in COMPUTED:
            needed = [max(width, LABEL_WIDTH) for width in needed]
        while sum(needed) > total - SMALLEST_TITLE and max(needed) > SMALLEST_CELL:
            needed[needed.index(max(needed))] -= 1
        title = max(SMALLEST_TITLE, min(LARGEST_TITLE, total - sum(needed)))
        spare = max(0, total - title - sum(needed)) // max(1, len(needed))
        return [title, *[min(LARGEST_CELL, width + spare) for width in needed]]

    def _add(self, grid: Grid, row: Row, widths: list[int]) -> None:
        number = f"{row.number} " if row.number is not None else ""
        title = row.title if len(number + row.title) < widths[0] else row.short
        room = max(4, widths[0] - len(number) - 1)
        # A word that does not fit is cut with an ellipsis; the pane beside the table has the whole title.
        wrapped = textwrap.wrap(
            plain_line(title), room, break_long_words=False, max_lines=TITLE_LINES, placeholder=" …"
        )
        margin = "\n" + " " * len(number)
        cells: list[object] = [cell_of((number, "dim"), (margin.join(wrapped), "bold"))]
        height = max(1, len(wrapped))
        risk = self._risks.get(row.id)
        for item, width in zip(self._table.criteria, widths[1:], strict=True):
            given = row.cells.get(item.id)
            if risk is not None:
                cells.append(cell(*risk_cell(risk.cells[item.id], width - 1)))
                continue
            if given is None:
                cells.append(cell(""))
                continue
            made = cell_lines(self._session, f"{row.id}/{item.id}", given, self._voice, width - 1)
            height = max(height, len(made))
            starts = ["", *["\n"] * len(made)]
            lines = zip(starts, made, strict=False)
            cells.append(cell_of(*((lead + item.text, self._resolved(item.style)) for lead, item in lines)))
        self._rows.append(row)
        grid.add_row(*cells, height=height)

    def _resolved(self, style: str) -> str:
        """Write a style with the colours of the theme, which cells of a table do not know by name."""
        for name in ("primary", "accent", "warning"):
            if f"${name}" in style:
                colour = self.app.theme_variables[name]
                style = style.replace(f"${name}", colour.removeprefix("ansi_"))
        return style

    def _place_cursor(self, grid: Grid, wanted: str) -> None:
        entry, _, criterion = wanted.partition("/")
        row = next((place for place, item in enumerate(self._rows) if item and item.id == entry), None)
        if row is None:
            # What was selected is no row here: begin where the first table begins.
            row, entry = next((place for place, item in enumerate(self._rows) if item), 0), ""
        columns = [item.id for item in self._table.criteria]
        column = (
            columns.index(criterion) + 1 if criterion in columns else 0 if entry else min(1, len(columns))
        )
        grid.move_cursor(row=row, column=column, animate=False)
        self._explain()

    def _titles(self, grid: Grid) -> None:
        voice = VOICE_TITLES.get(self._voice, self._voice)
        parts = [PLURALS[self._kind], voice if self._kind != "risk" else "source"]
        if self._group and self._kind != "risk":
            parts.append(f"by {self._group}")
        if self._sort != "number":
            parts.append(f"sorted by {self._sort}")
        own = "K kind  s sort" if self._kind == "risk" else "K kind  v voice  s sort  b group"
        set_titles(grid, " · ".join(parts), own)
        given = set_in_words(self._session)
        if given and self._voice == "source" and self._kind != "risk":
            set_titles(grid, None, f"{given}: v shows what it changes")

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """Explain the cell under the cursor."""
        event.stop()
        if not self._filling:
            self._explain()

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        """Open the arguments of the cell; on a narrow screen its explanation first."""
        event.stop()
        self.action_open()

    def _explain(self) -> None:
        detail, subject = self.query_one(CellDetail), self.subject
        if subject in self._risks:
            detail.show_risk(self._risks[subject], self._criterion)
        elif "/" in subject:
            detail.show(subject)
        elif subject:
            detail.clear("Enter opens this entry; → goes to its cells.")
        else:
            detail.clear(
                "Nothing to explain here."
                if self._rows
                else f"This workspace has no entries of kind {self._kind}."
            )

    def action_open(self) -> None:
        """Open the arguments of the cell, or the entry; on a narrow screen the explanation comes first."""
        subject = self.subject
        if not subject:
            return
        explained = "/" in subject or subject in self._risks
        if explained and self.screen.has_class("-one") and not self.has_class("-detail"):
            self.add_class("-detail")
            self.query_one(CellDetail).focus()
        else:
            self.post_message(self.Selected(subject))

    def _choose(self) -> None:
        """Show what was chosen, and remember it for the next start."""
        remember(kind=self._kind, voice=self._voice, sort=self._sort, group=self._group or "")
        self._rebuild()

    def action_kind(self) -> None:
        """Go to the next kind of rows."""
        self._kind = KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
        self._choose()

    def action_voice(self) -> None:
        """Go to the next voice."""
        self._voice = VOICES[(VOICES.index(self._voice) + 1) % len(VOICES)]
        self._made_of = (None,)
        self._choose()

    def action_sort(self) -> None:
        """Choose the order of rows."""
        options = [("number", line("number")), ("title", line("title"))]
        options += [(item.id, line(f"{item.title}: best first")) for item in self._session.kb.criteria]
        self.app.push_screen(Choose("Sort by", options, self._sort), self._take_sort)

    def action_group(self) -> None:
        """Choose what groups rows."""
        options = [("", line("nothing: one list"))] + [(name, line(name)) for name in GROUPINGS]
        options[0] = ("none", options[0][1])
        self.app.push_screen(Choose("Group by", options, self._group or "none"), self._take_group)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer voices and groups only where there are any."""
        return not (self._kind == "risk" and action in ("voice", "group"))

    def action_what_if_cell(self) -> None:
        """Set what this cell rests on, or whether the risk comes about."""
        if "/" in self.subject or self.subject in self._risks:
            self.post_message(self.WhatIf(self.subject))

    def _take_sort(self, chosen: str | None) -> None:
        if chosen:
            self._sort = chosen
            self._choose()

    def _take_group(self, chosen: str | None) -> None:
        if chosen:
            self._group = None if chosen == "none" else chosen
            self._choose()
