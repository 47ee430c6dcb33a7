"""The screen on which a reader answers: one cell at a time, alone, saved as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input
from textual.widgets.option_list import Option

from cruxmap.cli.matrix import glyph
from cruxmap.cli.output import count
from cruxmap.errors import CruxmapError
from cruxmap.group.item_sentences import joined as listed
from cruxmap.model.vocabulary import Criterion
from cruxmap.plain import plain_line
from cruxmap.reader_files import is_own_words
from cruxmap_tui.commands import bindings
from cruxmap_tui.group.fields import AssumptionField, MarkField
from cruxmap_tui.group.group_screen import GroupScreen
from cruxmap_tui.group.rating import Rating
from cruxmap_tui.group.source_page import source_lines
from cruxmap_tui.group.windows import Confirm, FindAssumption
from cruxmap_tui.safe import Words, joined, line, lines, set_titles, tell
from cruxmap_tui.shell.frame import KeyRow
from cruxmap_tui.widgets.moving import Choices, Scroll
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.timer import Timer
    from textual.widgets import OptionList

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.open_draft import Elsewhere
    from cruxmap.group.responses import CellResponse
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

PAUSE = 0.5
"""Seconds after a keystroke until it is saved, whatever is typed meanwhile."""
LOOK = 1.0
"""Seconds between two looks whether another program wrote to the draft."""
BOXES = {
    "credence": ("Credence", "0 to 1, that it holds"),
    "rationale": ("Why", "your reason, in one sentence"),
    "at": ("Where", "in the text: §4.2"),
    "confidence": ("Sure of text", "low, medium or high"),
    "change_my_mind": ("I would move if", "such a result turned up"),
}
"""Field -> label and what an empty box asks for."""


class RateScreen(GroupScreen):
    """A reader's own cells; nothing that anybody else answered is ever on it.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    reader : str

    Raises
    ------
    NotNowError, BrokenGroupFileError
        As for `cruxmap_tui.group.rating.Rating`.
    """

    SCOPE = "rate"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("rate"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("escape", "to_list", show=False),
    ]

    def __init__(self, kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str) -> None:
        super().__init__()
        self.rating = Rating(kb, folder, session, reader)
        missing = self.rating.missing
        self._place = self.rating.cells.index(missing[0]) if missing else 0
        self._wrong: dict[str, str] = {}
        self._assumption = ""
        self._timer: Timer | None = None
        self._shows_source = False
        self._insists = False

    def compose(self) -> ComposeResult:
        """Cells on the left; the form, and below it what the source says, on the right."""
        yield Words(id="rate-head")
        with Horizontal(id="rate-body"):
            yield Choices(id="rate-cells")
            with Vertical(id="rate-right"):
                with Scroll(id="rate-form", can_focus=False):
                    yield Words(id="rate-question")
                    yield MarkField()
                    with Horizontal(classes="field"):
                        yield Words(line("Rests on"), classes="label")
                        yield AssumptionField(id="assumption")
                    for field, (label, hint) in BOXES.items():
                        with Horizontal(classes="field"):
                            yield Words(line(label), classes="label")
                            yield Input(placeholder=hint, id=field, select_on_focus=False)
                    yield Words(id="rate-wrong")
                with Scroll(id="rate-source"):
                    yield Words()
        yield KeyRow(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the first cell without a mark."""
        set_titles(self.query_one("#rate-cells"), "Your cells")
        set_titles(self.query_one("#rate-source"), "What the source says", "F3 hides it")
        self._list_cells()
        self._fill()
        self.set_interval(LOOK, self._look)

    def on_unmount(self) -> None:
        """Lose nothing, however the screen goes."""
        self.rating.close()

    @property
    def cell(self) -> str:
        """The cell that the form is about."""
        return self.rating.cells[self._place]

    # What is shown

    def _list_cells(self) -> None:
        choices = self.query_one("#rate-cells", Choices)
        with self.prevent(Choices.OptionHighlighted):
            choices.clear_options()
            choices.add_options([Option(self._row(cell)) for cell in self.rating.cells])
            choices.highlighted = self._place

    def _row(self, cell: str) -> Content:
        mark = self.rating.said(cell).mark
        sign = "·"
        if mark is not None:
            sign = "↔" if ".." in mark else glyph(self.rating.kb.scale_of(cell.partition("/")[2]), mark)
        return line(f"{sign} {named(self.rating.kb, cell)}", "dim" if mark else "")

    def _fill(self) -> None:
        """Show the answer for the cell as it stands."""
        kb, cell = self.rating.kb, self.cell
        said = self.rating.said(cell)
        entry, _, name = cell.partition("/")
        criterion = kb.entries[name]
        assert isinstance(criterion, Criterion)
        self.query_one("#rate-question", Words).say(
            lines([line(str(getattr(kb.entries[entry], "title", entry)), "bold"), line(criterion.question)])
        )
        form = self.query_one("#rate-form", Scroll)
        set_titles(form, named(kb, cell), f"{self._place + 1} of {len(self.rating.cells)}")
        self._show_answer(said)
        self._wrong = {}
        self._show_state()
        self._show_source()
        form.scroll_home(animate=False)
        self.query_one(MarkField).focus()

    def _show_answer(self, said: CellResponse, before: CellResponse | None = None) -> None:
        """Fill the form in; what was the same before is left as it stands, with its cursor."""

        def is_other(field: str) -> bool:
            return before is None or getattr(before, field) != getattr(said, field)

        if is_other("mark"):
            scale = self.rating.kb.scale_of(self.cell.partition("/")[2])
            self.query_one(MarkField).fill(scale, said.mark or "")
        if is_other("assumption"):
            self._show_assumption(said.assumption or "")
        values = {"credence": "" if said.credence is None else f"{said.credence:g}"}
        for field in BOXES:
            if is_other(field):
                box = self.query_one(f"#{field}", Input)
                with box.prevent(Input.Changed):
                    box.value = values.get(field, str(getattr(said, field) or ""))

    def _show_assumption(self, value: str) -> None:
        self._assumption = value
        shown = (
            line(f"“{value}”") if is_own_words(value) else line(named(self.rating.kb, value) if value else "")
        )
        field = self.query_one(AssumptionField)
        field.say(shown if value else line("Enter: find it, or write it", "dim"))

    def _show_source(self) -> None:
        panel = self.query_one("#rate-source", Scroll)
        panel.display = self._shows_source
        if self._shows_source:
            panel.query_one(Words).say(lines(source_lines(self.rating.kb, self.cell)))
            panel.scroll_home(animate=False)

    def _show_state(self) -> None:
        rating = self.rating
        done = len(rating.cells) - len(rating.missing)
        if rating.failure:
            state = line(f"! not saved: {rating.failure}", "bold $error")
        elif not rating.is_saved:
            state = line("writing …", "dim")
        elif rating.is_committed:
            state = line(
                "sealed" if rating.is_as_sealed else "changed since you sealed: F9 seals again", "bold"
            )
        else:
            when = f" {rating.saved_at:%H:%M:%S}" if rating.saved_at else ""
            state = line(f"saved{when}, seen by nobody", "dim")
        progress = line(f"{done} of {len(rating.cells)} marked", "bold")
        who = line(f"{rating.reader}, round {rating.round}")
        self.query_one("#rate-head", Words).say(joined([who, progress, state], "  ·  "))
        lacking = rating.lacking(self.cell)
        parts = [line(f"! {message}", "$warning") for message in self._wrong.values()]
        if "mark" in lacking:
            parts.append(line("Choose a mark by its digit; - and a second digit make a range.", "dim"))
        elif lacking:
            parts.append(line(f"Still open here: {', '.join(lacking)}.", "dim"))
        else:
            parts.append(line("Nothing is missing here.", "dim"))
        if not rating.missing and not rating.is_committed:
            parts.append(line("All cells have a mark: F9 seals your answers.", "bold"))
        self.query_one("#rate-wrong", Words).say(lines(parts))

    # What is written

    @on(MarkField.Marked)
    @on(Input.Changed)
    def _changed(self) -> None:
        texts = {field: self._written(self.query_one(f"#{field}", Input)) for field in BOXES}
        texts |= {"mark": self.query_one(MarkField).mark, "assumption": self._assumption}
        self._wrong = self.rating.take(self.cell, texts)
        # Not put off by further keys: who writes without a pause is saved too, twice a second.
        if not self.rating.is_saved and self._timer is None:
            self._timer = self.set_timer(PAUSE, self._save)
        self._show_state()

    def _written(self, box: Input) -> str:
        """What stands in a box, without what was pasted into it and would not be visible."""
        visible = "".join(letter for letter in box.value if plain_line(letter) == letter)
        if visible != box.value:
            with box.prevent(Input.Changed):
                box.value = visible
        return visible

    def _save(self) -> Elsewhere | None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        before = self.rating.said(self.cell)
        found = self.rating.save()
        choices = self.query_one("#rate-cells", Choices)
        choices.replace_option_prompt_at_index(self._place, self._row(self.cell))
        # What was changed elsewhere is joined in, and would be taken for deleted if the form did not show it.
        self._show_answer(self.rating.said(self.cell), before)
        self._show_elsewhere(found)
        self._show_state()
        return found

    def _look(self) -> None:
        before = self.rating.said(self.cell)
        found = self.rating.look()
        if found is not None:
            self._show_answer(self.rating.said(self.cell), before)
            self._show_elsewhere(found)
            self._show_state()

    def _show_elsewhere(self, found: Elsewhere | None) -> None:
        """Say what another program wrote into the draft."""
        if found is None:
            return
        self._list_cells()
        told = listed([named(self.rating.kb, cell) for cell in found.contested or found.cells])
        if found.kept is None:
            tell(self.app, f"Your answers were changed elsewhere, and are shown as they are now: {told}.")
            return
        kept = f"{found.kept.name}, beside your draft in .cruxmap"
        what = (
            f"{told} was answered elsewhere too. What you wrote here stands; the other version is {kept}."
            if found.ours_stand
            else f"{told} was written over by another program. What you had here is {kept}."
        )
        tell(self.app, what, severity="warning")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.focus_next()

    @on(AssumptionField.Wanted)
    def action_find_assumption(self) -> None:
        """Choose what the mark rests on."""

        def take(chosen: str | None) -> None:
            if chosen:
                self._show_assumption("" if chosen == FindAssumption.NOTHING else chosen)
                self._changed()
                self.query_one("#credence").focus()

        self.app.push_screen(FindAssumption(self.rating.kb, self.cell, self._assumption), take)

    # Where to

    def _go(self, place: int) -> None:
        self._save()
        self._place = place % len(self.rating.cells)
        choices = self.query_one("#rate-cells", Choices)
        with choices.prevent(Choices.OptionHighlighted):
            choices.highlighted = self._place
        self._fill()

    @on(Choices.OptionSelected, "#rate-cells")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    def action_next_cell(self) -> None:
        """Go to the next cell."""
        self._go(self._place + 1)

    def action_previous_cell(self) -> None:
        """Go to the cell before."""
        self._go(self._place - 1)

    def action_next_missing(self) -> None:
        """Go to the next cell without a mark."""
        cells, missing = self.rating.cells, self.rating.missing
        later = [cells.index(cell) for cell in missing]
        later.sort(key=lambda place: (place - self._place - 1) % len(cells))
        if later:
            self._go(later[0])
        else:
            tell(self.app, "Every cell has a mark.")

    def action_to_list(self) -> None:
        """Go to the list of cells, where letters are keys."""
        (self.query_one("#rate-cells") if not self.has_class("-one") else self.query_one(MarkField)).focus()

    def action_show_source(self) -> None:
        """Show or hide what the source says."""
        self._shows_source = not self._shows_source
        self._show_source()

    def action_seal(self) -> None:
        """Explain what sealing means, and seal when that is wanted."""
        self._save()
        rating = self.rating
        if rating.failure:
            return
        marked = len(rating.cells) - len(rating.missing)
        if not marked:
            tell(self.app, "Nothing has a mark yet.", severity="warning")
            return
        answers = count(marked, "mark")
        what = (
            f"Sealing publishes a hash of your answers, {answers} so far. It binds you to them and shows "
            "them to nobody: the answers stay in .cruxmap on this machine."
        )
        then = (
            "When everybody has sealed, `cruxmap group reveal` publishes the answers. Until the first reader "
            "does that, you may change yours and seal again."
        )
        sentences = [what, then]
        if rating.missing:
            names = ", ".join(named(rating.kb, cell) for cell in rating.missing)
            sentences.append(f"Without a mark, and left out: {names}.")
        seal = "Seal my answers" if not rating.missing else "Seal without those cells"
        options = [("no", "Not yet"), ("seal", seal)]
        self.app.push_screen(
            Confirm("Seal your answers?", sentences, options if rating.missing else options[::-1]),
            self._sealed,
        )

    def _sealed(self, chosen: str | None) -> None:
        if chosen != "seal":
            return
        try:
            done = self.rating.seal()
        except (CruxmapError, OSError) as error:
            tell(self.app, f"Not sealed: {error}", severity="error")
        else:
            filed = "" if done.filed == self.rating.reader else f", filed as {done.filed}"
            said = f"Sealed: {done.sha256[:12]}…{filed}. Share it: git add sessions, git commit, git push."
            tell(self.app, said)
        self._show_state()

    def action_leave_rating(self) -> None:
        """Leave; what cannot be saved is said once before it is given up."""
        found = self._save()
        if found is not None and found.kept is not None:
            # What was just said is worth reading before the screen is gone.
            return
        if self.rating.failure and not self._insists:
            self._insists = True
            tell(self.app, "Not saved; the same key again leaves all the same.", severity="error")
        else:
            self.dismiss(None)
