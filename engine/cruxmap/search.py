"""Search over all texts: every word as typed first, then words that are nearly the same."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cruxmap.knowledge import KnowledgeBase

_WORD = re.compile(r"[\w-]+")
_FUZZY = 0.75
"""Two words at least this similar count as the same, with their similarity as weight."""


@dataclass(frozen=True, slots=True)
class Text:
    """One searchable text: what it belongs to, its heading and its body."""

    id: str
    kind: str
    entry: str
    title: str
    body: str
    at: str
    verified: str = "primary"
    """In what kind of text the claim was checked."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that matches, with its score (higher is better) and the words of it that matched."""

    text: Text
    score: float
    words: tuple[str, ...]


def texts(kb: KnowledgeBase) -> Iterator[Text]:
    """Yield every text of a knowledge base with an id to find it by."""
    for entry in kb.entries.values():
        at = f"{getattr(entry, 'source', None) or ''} {getattr(entry, 'at', None) or ''}".strip()
        title = str(getattr(entry, "title", None) or entry.id)
        checked = getattr(entry, "verified", "primary")
        yield Text(entry.id, entry.kind, entry.id, title, _body(entry), at, checked)
        if isinstance(entry, Proposal | Strategy):
            for criterion, assessment in entry.assessments.items():
                name = f"{entry.id}/{criterion}"
                where = f"{entry.source or ''} {assessment.at or ''}".strip()
                yield Text(
                    name, "assessment", entry.id, f"{title}: {criterion}", assessment.reason or "", where
                )
    for placed in kb.arguments.values():
        step = placed.argument
        at = _where(kb, placed.entry, step.at)
        yield Text(step.id, "argument", placed.entry, "", step.text, at, step.verified)
    for name, (part, owner) in kb.parts.items():
        kind = type(part).__name__.lower()
        checked = getattr(part, "verified", "primary")
        yield Text(name, kind, owner, "", part.text, _where(kb, owner, part.at), checked)


def _where(kb: KnowledgeBase, owner: str, at: str | None) -> str:
    return f"{getattr(kb.entries[owner], 'source', None) or ''} {at or ''}".strip()


def _body(entry: object) -> str:
    summary = getattr(entry, "summary", None)
    body = getattr(entry, "text", None) or getattr(summary, "text", None) or getattr(entry, "question", None)
    extra: Iterable[object] = getattr(entry, "authors", ())
    return " ".join(str(part) for part in (body or "", *extra) if part)


def search(kb: KnowledgeBase, query: str, *, limit: int = 20) -> list[Hit]:
    """Find the texts that contain all words of a query, exactly or nearly.

    Parameters
    ----------
    kb : KnowledgeBase
    query : str
        Words in any order; each must occur in the text, its heading or its id.
    limit : int
        Largest number of hits.

    Returns
    -------
    list of Hit
        Best first: exact words before similar ones, headings and ids before bodies, entries before what
        stands in them, short texts before long.
    """
    wanted = [word.casefold() for word in _WORD.findall(query)]
    if not wanted:
        return []
    pool = list(texts(kb))
    hits = [hit for text in pool if (hit := _exact(text, wanted))]
    if len(hits) < limit:
        vocabulary = {word for text in pool for word in _words(text)}
        similar = [_similar(word, vocabulary) for word in wanted]
        found = {hit.text.id for hit in hits}
        hits += [hit for text in pool if text.id not in found and (hit := _fuzzy(text, similar))]
    return sorted(hits, key=lambda hit: (-hit.score, hit.text.id))[:limit]


def _words(text: Text) -> set[str]:
    found = _WORD.findall(f"{text.title} {text.body}".casefold())
    return {part for word in found for part in (word, *word.split("-"))}


def _exact(text: Text, wanted: Sequence[str]) -> Hit | None:
    title, body = f"{text.title} {text.id}".casefold(), text.body.casefold()
    score = 0.0
    for word in wanted:
        if word in title:
            score += 3.0
        elif word in body:
            score += 2.0
        else:
            return None
    if " ".join(wanted) in f"{title} {body}":
        score += 1.0
    # The id of an argument repeats that of its entry, which is what a reader looks for.
    if text.id == text.entry:
        score += 0.5
    return Hit(text, score + 10 - min(len(body), 600) / 1000, tuple(wanted))


def _similar(word: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """Words that contain `word` or resemble it, with a weight in (0, 1]."""
    found: dict[str, float] = {}
    matcher = difflib.SequenceMatcher(b=word)
    for other in vocabulary:
        if word in other:
            found[other] = 1.0
        elif abs(len(other) - len(word)) <= 3:
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() >= _FUZZY and (ratio := matcher.ratio()) >= _FUZZY:
                found[other] = ratio
    return found


def _fuzzy(text: Text, similar: Sequence[dict[str, float]]) -> Hit | None:
    own = _words(text)
    score, matched = 0.0, []
    for weights in similar:
        best = max(own & weights.keys(), key=lambda word: (weights[word], word), default=None)
        if best is None:
            return None
        score += weights[best]
        matched.append(best)
    return Hit(text, score, tuple(matched))
