"""The page of a synthesis: the sentence, its query in words, and what the data gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.wording import capitalised, criterion_name, joined, short_name, statement_name
from cruxmap.model.vocabulary import Criterion, Hedge, Mechanism

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Synthesis
    from cruxmap.synthesis import Answer, Judgement


def print_synthesis(kb: KnowledgeBase, entry: Synthesis, output: Output) -> None:
    """Print what a sentence asks of the data, what it expects and what the data gives."""
    from cruxmap.synthesis import Facts, judge
    from cruxmap.synthesis.wording import in_words

    judged = judge(Facts(kb), entry)
    words = in_words(entry.query, lambda word: named(kb, word))
    checks = entry.query.holds
    output.line()
    if checks is None:
        _print_lines(kb, words, entry.expect, judged.answer, output)
    else:
        for place, check in enumerate(checks):
            part = judged.answer.parts[place] if judged.answer else None
            words = in_words(check.query, lambda word: named(kb, word))
            output.line(output.style(f"Part {place + 1}", bold=True))
            _print_lines(kb, words, check.expect, part, output)
            output.line()
    if checks is None:
        output.line()
    output.paragraph(_verdict(judged), bold=True)
    output.line()
    output.paragraph(
        "Computed from the entries, under the entries' own credences, quadratic-energy strengths and the "
        "preponderance standard where a query asks for them.",
        dim=True,
    )


def _print_lines(
    kb: KnowledgeBase, words: str, expected: Sequence[str], found: Answer | None, output: Output
) -> None:
    output.paragraph(words + ".", first="Asked:     ")
    output.paragraph((joined(named(kb, word) for word in expected) or "nothing") + ".", first="Expected:  ")
    if found is not None:
        output.paragraph(_given(kb, found), first="The data:  ")


def named(kb: KnowledgeBase, word: str) -> str:
    """Name an id in a sentence; other words stay as they are."""
    if word in kb.statements and "/" in word:
        return statement_name(kb, word)
    entry = kb.entries.get(word)
    if isinstance(entry, Criterion):
        return criterion_name(kb, word)
    if isinstance(entry, Mechanism | Hedge):
        return entry.title[:1].lower() + entry.title[1:]
    if entry is None:
        return word
    number = getattr(entry, "number", None)
    title = str(getattr(entry, "short", None) or getattr(entry, "title", None) or word)
    return f"P{number} {title}" if isinstance(number, int) else f"{number} {title}" if number else title


def _given(kb: KnowledgeBase, found: Answer) -> str:
    if found.sort == "relation":
        return _compared(kb, found)
    if found.sort == "names":
        names = joined(named(kb, name) for name in found.names)
        return f"{names or 'nothing'}{f' ({found.detail})' if found.detail else ''}."
    behind = joined(briefly(kb, name) for name in found.names) or _sets(kb, found.detail)
    shown = f"{found.shown} ({found.detail})" if found.names and found.detail else found.shown
    return f"{shown}{': ' if behind else ''}{behind}."


def _sets(kb: KnowledgeBase, detail: str) -> str:
    """Name the ids in sets of statements written as `a and b; c and d`."""
    sets = (joined(briefly(kb, name) for name in names.split(" and ")) for names in detail.split("; "))
    return "; ".join(filter(None, sets))


def _compared(kb: KnowledgeBase, found: Answer) -> str:
    first, second = found.parts
    if first.sort == "number":
        return f"{found.shown}, {first.shown} and {second.shown}."
    sides = [joined(briefly(kb, name) for name in side.value) or "nothing" for side in found.parts]
    if found.value == "equal":
        return f"equal, both {sides[0]}."
    return f"{found.shown}: on one side {sides[0]}; on the other {sides[1]}."


def briefly(kb: KnowledgeBase, word: str) -> str:
    """Name an id by its number where it has one."""
    if word in kb.entries and getattr(kb.entries[word], "number", None) is not None:
        return short_name(kb, word)
    return named(kb, word)


def _verdict(judged: Judgement) -> str:
    if judged.error is not None:
        hint = getattr(judged.error, "hint", "")
        return capitalised(f"the query has no meaning: {judged.error}{f' ({hint})' if hint else ''}.")
    return "The data bears the sentence out." if judged.holds else "The data contradicts the sentence."
