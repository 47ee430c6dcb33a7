"""`cruxmap group close`: write what the meeting came to, and end the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.group.readings import reading_of
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.session_reading import SessionReading


@click.command(epilog="Example: cruxmap group close --pdf")
@session_option
@click.option("--pdf", "with_pdf", is_flag=True, help="The handout as PDF too; needs Chromium.")
@click.option("--again", is_flag=True, help="Write the files anew, also over what was changed in them.")
@common
def command(
    wanted: str | None, *, with_pdf: bool, again: bool, output: Output, workspace: str | None
) -> None:
    r"""Write minutes, handout, answers and drafts of new claims, and close the session.

    In the folder of the session: minutes.md (present, decisions, open questions, positions, changed minds,
    new claims, changed entries), handout.md and handout.html (one page), answers.csv and answers.json,
    map.argdown and map.dot (what was talked about, with what readers rest their marks on). Every new claim
    becomes a draft in ontology/assumptions; an entry that is there is never touched.

    \b
    JSON: schema, session, written [path], drafts [path], kept [id],
      changed, decisions, questions
    """
    from cruxmap.group.new_claims import draft_claims
    from cruxmap.group.record_file import append_event, new_event
    from cruxmap.group.state import current_round, mark_step

    case = meeting(workspace, wanted)
    reading = reading_of(case)
    files = _files(reading, with_pdf=with_pdf)
    written = _write(files, again=again)
    drafts, kept = draft_claims(case.root, reading.record.state.claims, case.session)
    if not reading.record.state.closed:
        append_event(case.folder.path, new_event("closed"))
    mark_step(case.folder, "discussed", reading.view.round)
    mark_step(case.folder, "closed", reading.view.round)
    state = reading.record.state
    if output.json:
        output.document(
            {
                "schema": 1,
                "session": case.session.id,
                "written": [str(path) for path in written],
                "drafts": [str(path) for path in drafts],
                "kept": kept,
                "changed": len(reading.changed),
                "decisions": len(state.decisions),
                "questions": len(state.questions),
            }
        )
        return
    for path in [*written, *drafts]:
        output.line(output.style(f"wrote {path}"))
    for name in kept:
        output.paragraph(f"{name} has an entry already, which was left as it is.")
    moved = f"{count(len(reading.changed), 'changed mind')}, " if reading.is_linked else ""
    output.paragraph(
        f"{case.session.id} is closed: {moved}{count(len(state.decisions), 'decision')}, "
        f"{count(len(state.questions), 'open question')}."
    )
    hidden = current_round(case.folder)
    if hidden > reading.view.round:
        output.paragraph(
            f"Round {hidden} was opened and is not revealed, so its answers are left out. To take them in, "
            f"reveal them with --session {case.session.id}, then close with that and --again."
        )


def _files(reading: SessionReading, *, with_pdf: bool) -> dict[Path, bytes]:
    from cruxmap_exports.document_html import html
    from cruxmap_exports.document_markdown import markdown
    from cruxmap_exports.group_answers import answers_csv, answers_json
    from cruxmap_exports.group_handout import group_handout
    from cruxmap_exports.group_map import group_map
    from cruxmap_exports.group_minutes import minutes_page
    from cruxmap_exports.maps import MAP_FORMATS
    from cruxmap_exports.pdf import pdf

    folder, handout = reading.folder.path, group_handout(reading)
    files = {
        folder / "minutes.md": markdown(minutes_page(reading)),
        folder / "handout.md": markdown(handout),
        folder / "handout.html": html(handout),
        folder / "answers.csv": answers_csv(reading),
        folder / "answers.json": answers_json(reading),
    }
    argument_map = group_map(reading)
    for name in ("argdown", "dot"):
        form = MAP_FORMATS[name]
        content = form.write(argument_map)
        files[folder / f"map{form.suffix}"] = content if isinstance(content, bytes) else content.encode()
    if with_pdf:
        files[folder / "handout.pdf"] = pdf(files[folder / "handout.html"])
    return files


def _write(files: dict[Path, bytes], *, again: bool) -> list[Path]:
    from cruxmap.writing import FileExistsAlreadyError
    from cruxmap_exports.writing import write

    for path in files:
        if path.exists() and not again:
            raise FileExistsAlreadyError(path, "--again writes all files anew; nothing was written")
    for path, data in files.items():
        write(path, data)
    return list(files)
