"""`cruxmap coverage`: which numbered claims of a source are encoded."""

from __future__ import annotations

import click

from cruxmap.cli.output import Output, common, load


@click.command(epilog="Example: cruxmap coverage")
@common
def command(*, output: Output, workspace: str | None) -> None:
    """Which numbered claims of a source are encoded, which are not, and why."""
    from cruxmap.coverage import coverage

    found = coverage(load(workspace))
    if output.json:
        output.document(
            {
                "schema": 1,
                "sources": [
                    {
                        "source": source.source,
                        "total": source.total,
                        "encoded": source.encoded,
                        "share": round(source.share, 4),
                        "groups": [
                            {
                                "title": group.title,
                                "total": group.total,
                                "encoded": list(group.encoded),
                                "omitted": [{"id": name, "reason": reason} for name, reason in group.omitted],
                                "missing": list(group.missing),
                            }
                            for group in source.groups
                        ],
                    }
                    for source in found
                ],
            }
        )
        return
    for source in found:
        output.heading(
            f"{source.source}: {source.encoded} of {source.total} numbered claims ({source.share:.1%})"
        )
        for group in source.groups:
            output.line(f"  {group.title:<34} {len(group.encoded):>4} of {group.total}")
            for name, reason in group.omitted:
                output.paragraph(f"{name}: left out, {reason}", indent=4, first="- ")
            for name in group.missing:
                output.paragraph(f"{name}: missing, no reason given", indent=4, first="- ")
    if not found:
        output.line("This workspace has no inventory of claims.")
