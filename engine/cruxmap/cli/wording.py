"""Words for ids, sets and shares, as commands of analysis read them aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.matrix import hinge_label
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.knowledge import KnowledgeBase

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


CHECKED = {
    "secondary": " (secondary text only)",
    "memory": " (from memory)",
    "reproduction": " (re-implementation)",
}
"""Marks behind the names of what was not checked in the work itself."""


def number_word(number: int, noun: str = "", plural: str | None = None) -> str:
    """Write a small number in words, with its noun.

    Examples
    --------
    >>> number_word(3, "verdict"), number_word(1, "entry", "entries"), number_word(40, "verdict")
    ('three verdicts', 'one entry', '40 verdicts')
    """
    word = _WORDS[number] if number < len(_WORDS) else f"{number:,}"
    if not noun:
        return word
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def joined(items: Iterable[str], word: str = "and") -> str:
    """Join a list for reading aloud.

    Examples
    --------
    >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")
    ('a', 'a and b', 'a, b or c')
    """
    given = list(items)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} {word} {given[-1]}" if given else ""


def capitalised(text: str) -> str:
    """Start a sentence with a capital letter, whatever it starts with otherwise."""
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """Write a share as a percentage; one decimal below 10, and what is not 0 or 100 is never shown as that.

    Examples
    --------
    >>> [percent(share) for share in (0, 0.0001, 0.0391, 0.156, 0.9999, 1)]
    ['0%', 'under 0.1%', '3.9%', '16%', 'over 99%', '100%']
    """
    value = 100 * share
    if 0 < value < 0.1:
        return "under 0.1%"
    if 99 < value < 100 and round(value) == 100:
        return "over 99%"
    return f"{value:.0f}%" if value == 0 or round(value, 1) >= 10 else f"{value:.1f}%"


def short_name(kb: KnowledgeBase, entry: str) -> str:
    """Name an entry by its number (`P3`), or by its id when it has none."""
    number = getattr(kb.entries.get(entry), "number", None)
    return f"P{number}" if isinstance(number, int) else str(number or entry)


def verdict_name(kb: KnowledgeBase, verdict: str) -> str:
    """Name an assessment by entry and criterion: `P3 outer alignment`."""
    entry, _, criterion = verdict.partition("/")
    return f"{short_name(kb, entry)} {criterion_name(kb, criterion)}"


def criterion_name(kb: KnowledgeBase, criterion: str) -> str:
    """Name a criterion inside a sentence."""
    return str(getattr(kb.entries.get(criterion), "title", criterion)).lower()


def statement_name(kb: KnowledgeBase, name: str, *, full: bool = True) -> str:
    """Name a statement: `A2 Tools robust to deception` or `A2`, an assessment by entry and criterion."""
    if "/" in name:
        return verdict_name(kb, name)
    return hinge_label(kb, name, written=full) + checked_mark(kb, name)


def checked_mark(kb: KnowledgeBase, name: str) -> str:
    """Say, in brackets after a name, that a finding or an argument was not checked in the work itself."""
    part = kb.arguments[name].argument if name in kb.arguments else kb.entries.get(name)
    return CHECKED.get(getattr(part, "verified", "primary"), "")


def in_order(kb: KnowledgeBase, names: Iterable[str]) -> list[str]:
    """Sort statements by their number, those without one last."""

    def key(name: str) -> tuple[int, str]:
        label = str(getattr(kb.entries.get(name), "number", None) or "")
        digits = "".join(character for character in label if character.isdigit())
        return (int(digits) if digits else 10**6, name)

    return sorted(names, key=key)


def verdicts_by_criterion(kb: KnowledgeBase, verdicts: Sequence[str]) -> str:
    """Name several verdicts, those on one criterion together: `outer alignment of P2 and P3`."""
    owners: dict[str, list[str]] = {}
    for name in verdicts:
        entry, _, criterion = name.partition("/")
        owners.setdefault(criterion, []).append(entry)
    return joined(
        f"{criterion_name(kb, criterion)} of {joined(short_name(kb, name) for name in in_order(kb, entries))}"
        for criterion, entries in owners.items()
    )


def chosen_criteria(kb: KnowledgeBase, given: str | None) -> tuple[str, ...]:
    """Read `--criteria`: ids, prefixes or headings, separated by commas; all criteria when not given.

    Raises
    ------
    UsageError
        When it names none.
    UnknownIdError
        When it names an unknown one.
    """
    from cruxmap.matrix import criterion_named

    if given is None:
        return tuple(criterion.id for criterion in kb.criteria)
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names:
        raise UsageError("--criteria names no criterion; write --criteria inner,outer")
    return tuple(dict.fromkeys(criterion_named(kb, name).id for name in names))
