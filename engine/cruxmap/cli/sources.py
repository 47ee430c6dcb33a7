"""`cruxmap sources`: the works that entries are drawn from or cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.output import Output, common, load

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.vocabulary import Source


@click.command(epilog="Example: cruxmap sources --cited-by 3")
@click.option("--cited-by", metavar="ID", help="Only works that this entry, or this work, cites.")
@common
def command(cited_by: str | None, *, output: Output, workspace: str | None) -> None:
    """List the works that entries are drawn from, and those they cite."""
    from cruxmap.model.vocabulary import Source
    from cruxmap.sources import citations, works_cited_by

    kb = load(workspace)
    works = works_cited_by(kb, kb.find(cited_by)) if cited_by else kb.of_kind(Source)
    if output.json:
        output.document({"schema": 1, "sources": [_data(kb, work) for work in works]})
        return
    for role, title in (("encoded", "Encoded works"), ("cited", "Cited works")):
        listed = [work for work in works if work.role == role]
        if listed:
            output.heading(f"{title} ({len(listed)})")
        for work in listed:
            _print(output, work, citations(kb, work.id))
    if not works:
        output.line("No works are cited there.")


def reference(work: Source) -> str:
    """Write a work the way a bibliography does."""
    names = work.authors if len(work.authors) <= 3 else (*work.authors[:3], "et al.")
    identifiers = [f"arXiv:{work.arxiv}" if work.arxiv else "", f"doi:{work.doi}" if work.doi else ""]
    extra = ", ".join(part for part in (work.venue or "", *identifiers) if part)
    return f"{', '.join(names)} ({work.year}). {work.title}." + (f" {extra}." if extra else "")


def _print(output: Output, work: Source, cited: list[str]) -> None:
    output.line()
    output.line(output.style(work.id, bold=True))
    output.paragraph(reference(work), indent=2)
    if work.checked:
        output.paragraph(f"Checked: {work.checked}", indent=2, dim=True)
    for citation in work.cited:
        output.paragraph(f"cited by {citation.by} {citation.at}", indent=2, dim=True)
    if cited:
        output.paragraph(f"named in {', '.join(cited)}", indent=2, dim=True)


def _data(kb: KnowledgeBase, work: Source) -> dict[str, Any]:
    from cruxmap.data import as_data
    from cruxmap.sources import citations

    data: dict[str, Any] = as_data(work)
    return {**data, "named-in": citations(kb, work.id)}
