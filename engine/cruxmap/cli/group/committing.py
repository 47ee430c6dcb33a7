"""`cruxmap group commit`: publish a hash of the answers."""

from __future__ import annotations

import click

from cruxmap.cli.group.context import meeting, reader_option, session_option, share_sentence
from cruxmap.cli.output import Output, common, count

_WHAT_LEAVES = {
    "names": "The others are named.",
    "aliases": "Marks, reasons and credences are revealed under that alias.",
    "aggregate": "Only marks are revealed; reasons and credences stay on this machine.",
}


@click.command(epilog="Example: cruxmap group commit --reader reader-a")
@click.option("--partial", is_flag=True, help="Leave out the cells that have no mark.")
@click.option(
    "--alias", metavar="NAME", help="File your answers under this alias, where readers are not named."
)
@session_option
@reader_option
@common
def command(
    alias: str | None,
    wanted: str | None,
    reader: str | None,
    *,
    partial: bool,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Publish a hash of your answers, which binds you to them and tells nobody what they are.

    Answers and the random number that opens the seal stay in .cruxmap on this machine: do not delete it
    before the reveal. Committing again replaces the hash, until somebody has revealed.

    Where the session does not show names, your answers are filed under an alias that only this machine knows;
    it is drawn by lot unless --alias gives one.

    \b
    JSON: schema, session, round, reader, sha256, file, filed, missing, replaced
    """
    from cruxmap.group.sealing import commit
    from cruxmap.group.state import current_round, round_state

    case = meeting(workspace, wanted)
    who = case.reader(reader)
    done = commit(case.kb, case.folder, case.session, who, partial=partial, alias=alias)
    round_ = current_round(case.folder)
    if output.json:
        data = {"session": case.folder.id, "round": round_, "reader": who, "sha256": done.sha256}
        data |= {
            "file": str(done.path),
            "filed": done.filed,
            "missing": list(done.missing),
            "replaced": done.replaced,
        }
        output.document({"schema": 1, **data})
        return
    again = "again, which replaces the commitment before" if done.replaced else "and is bound to the answers"
    output.paragraph(f"{who} has committed in round {round_}, {again}.")
    output.line(output.style(f"  {done.sha256}", dim=True))
    if done.filed != who:
        output.paragraph(
            f"Your answers are filed as {done.filed}, which only this machine can tell. "
            + _WHAT_LEAVES[case.session.reveal]
        )
    if done.missing:
        output.paragraph(f"{count(len(done.missing), 'cell')} left out.")
    waiting = round_state(case.folder, case.session, round_).awaited
    output.paragraph(
        f"Waiting for {', '.join(waiting)}." if waiting else "Everybody has committed: cruxmap group reveal."
    )
    output.paragraph(share_sentence(named=done.filed == who), dim=True)
