"""Write texts into YAML files made from templates, so that reading gives back the same text."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from cruxmap.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ()/.+§'’–-]*[A-Za-z0-9).]|[A-Za-z]")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
WIDTH = 100
_UNWRITABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def scalar(text: str) -> str:
    r"""One text as a YAML scalar on one line.

    Examples
    --------
    >>> scalar("Microscope AI"), scalar("no"), scalar('a: "b"'), scalar("two\nlines")
    ('Microscope AI', '"no"', '"a: \\"b\\""', '"two\\nlines"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML and "  " not in text:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    r"""One text as a YAML scalar in double quotes.

    Examples
    --------
    >>> quoted("plain")
    '"plain"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_UNWRITABLE.sub(_symbol, escaped)}"'


def _symbol(match: re.Match[str]) -> str:
    return plain(match[0]) if plain(match[0]) != match[0] else "\ufffd"


def block(text: str, indent: int) -> str:
    r"""One text as the value of a key at `indent` columns: on the line of the key, or folded below it.

    Examples
    --------
    >>> print("text:" + block("short", 0))
    text: short
    >>> print("text:" + block("long " * 30, 0))
    text: >-
      long long long long long long long long long long long long long long long long long long long
      long long long long long long long long long long long
    """
    text = text.strip()
    short = len(text) + indent + 10 <= WIDTH
    foldable = not re.search(r"[\n\t]|  |^[ ]", text) and not _UNWRITABLE.search(text)
    if short or not foldable:
        return f" {scalar(text)}"
    lines = textwrap.wrap(
        text, width=WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    # Wrapping splits at ASCII white space only where it was one space; anything else must survive as written.
    if " ".join(lines) != text or any(re.match(r"[^\S ]|[<>=|]{7}", line) for line in lines):
        return f" {scalar(text)}"
    return " >-\n" + "\n".join(" " * (indent + 2) + line for line in lines)


def flow(texts: Iterable[str]) -> str:
    """Return texts as a YAML list on one line."""
    return f"[{', '.join(scalar(text) for text in texts)}]"


def slug(text: str, longest: int = 48, fallback: str = "item") -> str:
    """An id made from a text: lower-case ASCII letters and digits joined by hyphens.

    Examples
    --------
    >>> slug("Is it safe? (Très bien)"), slug("11 proposals"), slug("¬∃")
    ('is-it-safe-tres-bien', 'n11-proposals', 'item')
    """
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", ascii_only.lower())
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > longest:
            break
        kept.append(word[:longest])
    made = "-".join(kept) or fallback
    return made if made[0].isalpha() else f"n{made}"


def unique_slug(wanted: str, taken: set[str], longest: int = 60) -> str:
    """Make an id that is not taken, and take it.

    Examples
    --------
    >>> taken = {"a"}
    >>> unique_slug("a", taken), unique_slug("a", taken)
    ('a-2', 'a-3')
    """
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[: longest - 8].rstrip('-.')}-{number}"
    taken.add(name)
    return name
