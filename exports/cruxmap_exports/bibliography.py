"""Works as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cruxmap.model.vocabulary import Source
from cruxmap.sources import works_cited_by
from cruxmap_exports.escape import bibtex as escaped
from cruxmap_exports.escape import bibtex_url, safe_url

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.request import Request

__all__ = ["bibtex", "csl_json"]

_GROUPS = ("team", "group", "lab", "collaboration", "institute", "openai", "deepmind", "anthropic")


def bibtex(kb: KnowledgeBase, request: Request) -> bytes:
    """Write works as BibTeX in UTF-8; keys are the ids of the sources."""
    return "\n".join(_bibtex_entry(work) for work in _works(kb, request)).encode()


def csl_json(kb: KnowledgeBase, request: Request) -> bytes:
    """Write works as CSL-JSON, which reference managers and pandoc read."""
    items = [_csl_item(work) for work in _works(kb, request)]
    return (json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _works(kb: KnowledgeBase, request: Request) -> list[Source]:
    if request.entry is None:
        return sorted(kb.of_kind(Source), key=lambda work: work.id)
    entry = kb.entries[request.entry]
    own = [entry] if isinstance(entry, Source) else []
    return sorted([*own, *works_cited_by(kb, entry)], key=lambda work: work.id)


def _bibtex_entry(work: Source) -> str:
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in work.authors),
        "title": f"{{{escaped(work.title)}}}",
        "year": str(work.year),
        "howpublished": escaped(work.venue) if work.venue else "",
        "eprint": escaped(work.arxiv) if work.arxiv else "",
        "archiveprefix": "arXiv" if work.arxiv else "",
        "doi": bibtex_url(work.doi) if work.doi else "",
        "url": bibtex_url(work.url) if safe_url(work.url) and work.url else "",
        "note": escaped(work.note) if work.note else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.id},", *lines, "}", ""])


def _bibtex_name(name: str) -> str:
    if name == "et al.":
        return "others"
    # Braces keep a group, or a name with a comma or the word "and" in it, from being taken apart.
    return f"{{{escaped(name)}}}" if _is_group(name) or "," in name or " and " in name else escaped(name)


def _is_group(name: str) -> bool:
    return any(word.lower() in _GROUPS for word in name.split())


def _csl_item(work: Source) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.id,
        "type": "article" if work.arxiv else "document",
        "title": work.title,
        "author": [_csl_name(name) for name in work.authors if name != "et al."],
        "issued": {"date-parts": [[work.year]]},
    }
    if work.arxiv:
        item |= {"number": f"arXiv:{work.arxiv}", "publisher": "arXiv"}
    if work.venue:
        item["container-title"] = work.venue
    if work.doi:
        item["DOI"] = work.doi
    if safe_url(work.url):
        item["URL"] = work.url
    notes = ["Further authors are not recorded." if "et al." in work.authors else "", work.note or ""]
    if any(notes):
        item["note"] = " ".join(filter(None, notes))
    return item


def _csl_name(name: str) -> dict[str, str]:
    """Take a name apart: the last word is the family name, small words before it are its particle.

    Examples
    --------
    >>> _csl_name("Chris van Merwijk")
    {'family': 'Merwijk', 'given': 'Chris', 'non-dropping-particle': 'van'}
    """
    words = name.split()
    if _is_group(name) or not words:
        return {"literal": name}
    particle = [word for word in words[1:-1] if word[:1].islower()]
    given = [word for word in words[:-1] if word not in particle]
    parts = {"family": words[-1], "given": " ".join(given), "non-dropping-particle": " ".join(particle)}
    return {key: value for key, value in parts.items() if value}
