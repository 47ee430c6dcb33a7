"""`cruxmap group rate`: write answers into the private draft."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.group.context import Meeting, meeting, reader_option, session_option
from cruxmap.cli.output import Output, common, count
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.group.responses import Draft


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say about one cell."""

    mark: str | None
    assumption: str | None
    hinges: tuple[str, ...]
    credence: float | None
    rationale: str | None
    at: str | None
    confidence: str | None
    change_my_mind: str | None

    def values(self) -> dict[str, Any]:
        """Only what was given."""
        pairs = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in pairs.items() if value not in (None, ())}


def answer_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each part of an answer."""
    options = [
        click.option("--cell", metavar="ID/CRITERION", help="Which cell: 3/inner."),
        click.option("--mark", help="A level, a range doubtful..plausible, or a mark."),
        click.option("--assumption", help="What it rests on most: A5, or a sentence of yours."),
        click.option("--hinge", "hinges", multiple=True, help="A further statement; repeatable."),
        click.option("--credence", type=click.FloatRange(0, 1), help="That the assumption holds."),
        click.option("--rationale", help="Why, in a sentence or two."),
        click.option("--at", help="Where in the text: §4.2."),
        click.option(
            "--confidence", type=click.Choice(["low", "medium", "high"]), help="That you got the text right."
        ),
        click.option("--change-my-mind", help="What would."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.command(
    epilog="Example: cruxmap group rate --cell 3/inner --mark plausible --assumption A5 --credence 0.6 "
    '--rationale "Training steers away from deception."'
)
@answer_options
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="STATEMENT=CREDENCE",
    help="Credence of a statement; repeatable.",
)
@click.option("--file", "file", type=click.Path(path_type=Path), help="Take over a filled-in file.")
@click.option("--edit", is_flag=True, help="Open a form with all your cells in $EDITOR.")
@session_option
@reader_option
@common
def command(
    cell: str | None,
    settings: tuple[str, ...],
    file: Path | None,
    wanted: str | None,
    reader: str | None,
    *,
    edit: bool,
    output: Output,
    workspace: str | None,
    **answer: Any,
) -> None:
    r"""Write your answers into a draft that stays in .cruxmap, and say what is still missing.

    Alone on a terminal it opens a screen for all your cells. Or repeat it cell by cell, edit the form, or
    take over a file; what is not named stays as it is. Answers are not printed: others may see your screen.

    \b
    JSON: schema, session, round, reader, draft, saved, cells, answered, missing
    """
    from cruxmap.group.answering import answering_round

    case = meeting(workspace, wanted)
    who = case.reader(reader)
    given = Given(**answer)
    round_ = answering_round(case.kb, case.folder, case.session, who)
    ways = [cell is not None or bool(settings), file is not None, edit]
    if sum(ways) > 1:
        raise UsageError("choose one way: --cell and --set, or --file, or --edit")
    if cell is None and given.values():
        raise UsageError("say which cell is meant: --cell 3/inner")
    if not any(ways) and not output.json and _is_terminal():
        from cruxmap.cli.terminal import open_rating

        open_rating(case.kb, case.folder, case.session, who)
        return
    saved: list[str] = []
    if cell is not None:
        saved.append(_save_cell(case, who, round_, cell, given))
    if settings:
        saved += _save_credences(case, who, round_, settings)
    if file is not None:
        saved += _take_over(case, who, round_, file)
    if edit:
        _edit(case, who, round_)
    _report(case, who, round_, saved, output)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _save_cell(case: Meeting, who: str, round_: int, wanted: str, given: Given) -> str:
    from cruxmap.group.answering import checked_answer
    from cruxmap.group.drafts import current_draft, save_cell
    from cruxmap.group.open_draft import draft_written
    from cruxmap.group.reading import changed
    from cruxmap.group.responses import CellResponse
    from cruxmap.reader_files import cell_named

    kb = case.kb
    name = cell_named(kb, wanted)
    if not given.values():
        raise UsageError("say what you hold of the cell: --mark plausible")

    def said() -> CellResponse:
        before = current_draft(kb, case.folder, who, round_).marks.get(name, CellResponse())
        return checked_answer(kb, name, changed(before, **given.values()))

    # What is wrong is told before anything is touched.
    said()
    with draft_written(case.folder, who, round_):
        save_cell(kb, case.folder, case.session, who, round_, name, said())
    return name


def _save_credences(case: Meeting, who: str, round_: int, settings: tuple[str, ...]) -> list[str]:
    from cruxmap.credences import parse_settings
    from cruxmap.group.drafts import current_draft, merged, save_draft, start_draft
    from cruxmap.group.open_draft import draft_written
    from cruxmap.group.responses import Draft

    parsed = parse_settings(case.kb, settings)
    if parsed.labels:
        raise UsageError("a credence is a number between 0 and 1: --set A5=0.7")
    with draft_written(case.folder, who, round_):
        start_draft(case.kb, case.folder, case.session, who, round_)
        draft = merged(current_draft(case.kb, case.folder, who, round_), Draft(credences=parsed.credences))
        save_draft(case.kb, case.folder, case.session, who, round_, draft)
    return list(parsed.credences)


def _take_over(case: Meeting, who: str, round_: int, file: Path) -> list[str]:
    from cruxmap.group.drafts import current_draft, merged, save_draft
    from cruxmap.group.open_draft import draft_written
    from cruxmap.group.reading import read_draft
    from cruxmap.group.sealing import require_belonging

    given = read_draft(case.kb, file)
    require_belonging(given, case.session, who, round_)
    with draft_written(case.folder, who, round_):
        before = current_draft(case.kb, case.folder, who, round_)
        save_draft(case.kb, case.folder, case.session, who, round_, merged(before, given))
    return list(given.marks)


def _edit(case: Meeting, who: str, round_: int) -> None:
    from cruxmap.group.drafts import start_draft
    from cruxmap.group.open_draft import draft_in_use

    path = start_draft(case.kb, case.folder, case.session, who, round_)
    with draft_in_use(case.folder, who, round_, alone=True):
        click.edit(filename=str(path))


def _say_what_is_thin(draft: Draft, output: Output) -> None:
    """Say how many marks come without what makes them worth discussing."""
    marked = [said for said in draft.marks.values() if said.mark is not None]
    lacking = {
        "an assumption": sum(said.assumption is None for said in marked),
        "a reason": sum(said.rationale is None for said in marked),
        "a credence": sum(said.credence is None for said in marked),
    }
    thin = [f"{number} without {what}" for what, number in lacking.items() if number]
    if thin:
        output.paragraph(
            f"Of {count(len(marked), 'mark')}, {', '.join(thin)}: the discussion lives on those."
        )


def _report(case: Meeting, who: str, round_: int, saved: list[str], output: Output) -> None:
    from cruxmap.cli.wording import joined, statement_name, verdicts_by_criterion
    from cruxmap.group.drafts import current_draft
    from cruxmap.group.responses import missing_marks
    from cruxmap.group.state import round_state

    draft = current_draft(case.kb, case.folder, who, round_)
    cells = case.session.cells_of(who)
    missing = missing_marks(draft, cells)
    if output.json:
        data = {"session": case.folder.id, "round": round_, "reader": who, "saved": saved}
        data |= {"cells": list(cells), "missing": list(missing), "answered": len(cells) - len(missing)}
        output.document({"schema": 1, **data, "draft": str(case.folder.draft(who, round_))})
        return
    if saved:
        names = joined(statement_name(case.kb, name, full=False) for name in saved)
        output.paragraph(f"Saved: {names}.")
    output.paragraph(
        f"{who}, round {round_} of {case.folder.id}: {len(cells) - len(missing)} of {len(cells)} cells have "
        "a mark. The draft:"
    )
    output.line(output.style(f"  {case.shown(case.folder.draft(who, round_))}", dim=True))
    aside = [cell for cell in draft.marks if cell not in cells]
    if aside:
        output.paragraph(f"Not asked of you, and kept: {verdicts_by_criterion(case.kb, aside)}.")
    _say_what_is_thin(draft, output)
    if missing:
        output.paragraph(f"Still without a mark: {verdicts_by_criterion(case.kb, missing)}.")
    elif who not in round_state(case.folder, case.session, round_).committed:
        output.paragraph("All are answered: `cruxmap group commit` binds you to them without showing them.")
    if who in round_state(case.folder, case.session, round_).committed:
        output.paragraph("You have committed; what you change now counts only when you commit again.")
