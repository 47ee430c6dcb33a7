"""`cruxmap group verify`: hold revealed answers against their commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from cruxmap.group.verification import Verification


@click.command(epilog="Example: cruxmap group verify --session 2026-03-05")
@session_option
@click.pass_context
@common
def command(ctx: click.Context, wanted: str | None, *, output: Output, workspace: str | None) -> None:
    r"""Compute every hash again, and say whether revealed answers belong to what was committed.

    Ends with 1 when something is wrong: answers that were changed, a commitment that was made or exchanged
    after others had revealed, a file that cannot be read, or one of somebody who does not take part.

    \b
    JSON: schema, session, sound, checks [{reader, round, finding, wrong, detail}]
      findings: verified, sealed, mismatch, replaced, late, missing, malformed,
      stranger, uneven
    """
    from cruxmap.cli.diagnostics import ExitCode
    from cruxmap.group.verification import verify

    case = meeting(workspace, wanted)
    found = verify(case.folder, case.session)
    if output.json:
        output.document(found.as_data())
    else:
        _print(found, output)
    if not found.is_sound:
        ctx.exit(ExitCode.FOUND)


def _print(found: Verification, output: Output) -> None:
    from cruxmap.group.verification import FINDINGS

    output.line(output.style(found.session, bold=True))
    if not found.checks:
        output.paragraph("Nobody has committed anything yet.")
        return
    for item in found.checks:
        sign = "✗" if item.is_wrong else "✓" if item.finding == "verified" else "·"
        who = f"round {item.round}  {item.reader}".rstrip() if item.round else "steps"
        detail = f" ({item.detail})" if item.detail else ""
        output.paragraph(f"{who}: {FINDINGS[item.finding]}{detail}", indent=2, first=f"{sign} ", hang=2)
    wrong = sum(item.is_wrong for item in found.checks)
    verified = sum(item.finding == "verified" for item in found.checks)
    if wrong:
        output.paragraph(f"{count(wrong, 'thing')} wrong.")
    elif verified:
        belong = "belongs" if verified == 1 else "belong"
        output.paragraph(f"Nothing is wrong: {count(verified, 'response')} {belong} to what was committed.")
    else:
        output.paragraph("Nothing is wrong so far; nothing is revealed yet.")
