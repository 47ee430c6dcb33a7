"""`cruxmap group open`: open a round."""

from __future__ import annotations

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.output import Output, common


@click.command(epilog="Example: cruxmap group open --session 2026-03-05")
@session_option
@common
def command(wanted: str | None, *, output: Output, workspace: str | None) -> None:
    r"""Open the first round of a session, or, after a reveal, the next one.

    \b
    JSON: schema, session, round, readers, moved_criteria [{criterion,
      planned_version, current_version}]
    """
    from cruxmap.group.folder import require_cells
    from cruxmap.group.rerating import moved_criteria
    from cruxmap.group.state import open_round

    case = meeting(workspace, wanted)
    require_cells(case.kb, case.folder, case.session)
    moved = moved_criteria(case.kb, case.session)
    round_ = open_round(case.folder, case.session)
    if output.json:
        listed = [
            {"criterion": item.criterion, "planned_version": item.planned, "current_version": item.current}
            for item in moved
        ]
        data = {"session": case.folder.id, "round": round_, "readers": list(case.session.readers)}
        output.document({"schema": 1, **data, "moved_criteria": listed})
        return
    output.paragraph(
        f"Round {round_} of {case.folder.id} is open for {', '.join(case.session.readers)}. Each answers "
        "alone: `cruxmap group rate`, then `cruxmap group commit`."
    )
    for item in moved:
        output.paragraph(f"Note: {item.note} Change `criteria:` in session.yaml when that is meant.")
    output.paragraph("Share it: git add sessions, git commit, git push.", dim=True)
