"""`cruxmap search`: find words in all texts."""

from __future__ import annotations

import re

import click

from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import CHECKED


@click.command(epilog="Example: cruxmap search offense defense")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", default=12, show_default=True, type=click.IntRange(1, 1000), help="Largest number of hits."
)
@common
def command(words: tuple[str, ...], limit: int, *, output: Output, workspace: str | None) -> None:
    """Find words in all texts: exact ones first, then words that are nearly the same."""
    from cruxmap.search import search

    query = " ".join(words)
    hits = search(load(workspace), query, limit=limit)
    if output.json:
        results = [
            {
                "id": hit.text.id,
                "kind": hit.text.kind,
                "entry": hit.text.entry,
                "title": hit.text.title,
                "text": hit.text.body,
                "verified": hit.text.verified,
            }
            | {"at": hit.text.at, "score": round(hit.score, 3), "words": list(hit.words)}
            for hit in hits
        ]
        output.document({"schema": 1, "query": query, "results": results})
        return
    if not hits:
        output.line(f"Nothing matches {query!r}.")
    for hit in hits:
        output.line()
        head = f"{output.style(hit.text.id, bold=True)}  {hit.text.kind}"
        output.line(f"{head}  {output.glyphs(hit.text.at)}{CHECKED.get(hit.text.verified, '')}")
        body = ": ".join(part for part in (hit.text.title, hit.text.body) if part)
        output.paragraph(_around(body, hit.words), indent=2)


def _around(body: str, words: tuple[str, ...], size: int = 240) -> str:
    """The part of a text around the first word that matched."""
    if len(body) <= size:
        return body
    found = re.search("|".join(map(re.escape, words)), body, re.IGNORECASE)
    start = max(0, (found.start() if found else 0) - size // 3)
    start = body.find(" ", start) + 1 if start else 0
    end = body.rfind(" ", start, start + size)
    return ("… " if start else "") + body[start : end if end > start else None] + " …"
