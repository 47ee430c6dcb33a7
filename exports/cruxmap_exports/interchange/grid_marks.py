"""The marks of a grid: which scale they are on, and which levels each leaves possible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.yamlwrite import block, scalar, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNKNOWN_WORDS = {
    "?",
    "unknown",
    "unclear",
    "open",
    "tbd",
    "??",
    "don't know",
    "dk",
    "·",
    "not sure",
    "unsure",
}
NOT_APPLICABLE_WORDS = {"n/a", "na", "n.a.", "not applicable", "not-applicable", "–", "—", "n.a"}


@dataclass(frozen=True)
class Level:
    """One level of a scale: id, glyphs, and every spelling that means it."""

    id: str
    glyph: str
    ascii: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class GridScale:
    """Levels, worst first.

    Attributes
    ----------
    id, title : str
    levels : tuple of Level
    known : bool
        Whether a scale of this id and these levels needs no definition any more.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    known: bool = False

    def stance(self, mark: str) -> str | None:
        """Return a mark in the spelling of the scale: a level, a range, `unknown` or `not-applicable`.

        Examples
        --------
        >>> LOW_TO_HIGH.stance("LOW-MEDIUM"), LOW_TO_HIGH.stance("H"), LOW_TO_HIGH.stance("?")
        ('low..medium', 'high', 'unknown')
        >>> LOW_TO_HIGH.stance("high to low"), LOW_TO_HIGH.stance("blue") is None
        ('low..high', True)
        """
        word = normal(mark)
        if word in UNKNOWN_WORDS:
            return "unknown"
        if word in NOT_APPLICABLE_WORDS:
            return "not-applicable"
        index = {spelling: number for number, level in enumerate(self.levels) for spelling in level.words}
        if word in index:
            return self.levels[index[word]].id
        for parts in _splits(word):
            if all(part in index for part in parts):
                low, high = sorted(index[part] for part in parts)
                return (
                    self.levels[low].id if low == high else f"{self.levels[low].id}..{self.levels[high].id}"
                )
        return None

    def definition(self) -> str:
        """Return the entry of the scale as YAML."""
        lines = [
            "- kind: scale",
            f"  id: {self.id}",
            f"  title:{block(self.title, 2)}",
            "  levels:",
        ]
        for level in self.levels:
            lines += [
                f"    - id: {level.id}",
                f"      glyph: {scalar(level.glyph)}",
                f"      ascii: {scalar(level.ascii)}",
                f"      text:{block(f'The group marked the cell {level.words[0]}.', 6)}",
            ]
        return "\n".join([*lines, _MARKS])


_MARKS = """\
  marks:
    - id: unknown
      glyph: "?"
      ascii: "?"
      covers: all
      text: The group does not know, so that any level may turn out right.
    - id: not-applicable
      glyph: "–"
      ascii: "-"
      covers: nothing
      text: The criterion does not apply.
"""


def normal(mark: str) -> str:
    """Fold a mark, so that spellings of the same mark are equal."""
    return " ".join(mark.strip().strip("\ufe0f").casefold().split())


def _splits(word: str) -> Iterable[tuple[str, str]]:
    for match in re.finditer(r"\s*(?:\.\.+|…|–|—|-|/|\bto\b|\bor\b)\s*", word):
        if match.start() > 0 and match.end() < len(word):
            yield word[: match.start()], word[match.end() :]


def _level(name: str, glyph: str, ascii_glyph: str, *words: str) -> Level:
    return Level(name, glyph, ascii_glyph, words)


THREE_MARKS = GridScale(
    "grid-three-marks",
    "Three marks of a group",
    (
        _level(
            "fails",
            "✗",
            "x",
            "✗",
            "✘",
            "✕",
            "×",
            "x",
            "❌",
            "no",
            "n",
            "-",
            "−",
            "fails",
            "fail",
            "red",
            "false",
        ),
        _level(
            "partly",
            "~",
            "~",
            "~",
            "≈",
            "◐",
            "partly",
            "partial",
            "maybe",
            "mixed",
            "yellow",
            "amber",
            "some",
            "±",
        ),
        _level(
            "holds", "✓", "+", "✓", "✔", "✅", "☑", "yes", "y", "+", "holds", "ok", "pass", "green", "true"
        ),
    ),
)
LOW_TO_HIGH = GridScale(
    "grid-low-to-high",
    "Low to high",
    (
        _level("low", "▽", "L", "low", "l", "lo"),
        _level("medium", "◇", "M", "medium", "m", "med", "moderate", "mid"),
        _level("high", "△", "H", "high", "h", "hi"),
    ),
)
FIVE_STEPS = GridScale(
    "grid-very-low-to-very-high",
    "Very low to very high",
    (
        _level("very-low", "⇊", "LL", "very low", "vl", "very-low"),
        _level("low", "▽", "L", "low", "l", "lo"),
        _level("medium", "◇", "M", "medium", "m", "med", "moderate", "mid"),
        _level("high", "△", "H", "high", "h", "hi"),
        _level("very-high", "⇈", "HH", "very high", "vh", "very-high"),
    ),
)
FAMILIES = (THREE_MARKS, LOW_TO_HIGH, FIVE_STEPS)


def scale_for(
    marks: Sequence[str], declared: Sequence[str] = (), own: Mapping[str, GridScale] | None = None
) -> GridScale:
    """Choose the scale on which most marks of a grid lie.

    Parameters
    ----------
    marks : sequence of str
        All marks, repeated as often as they occur.
    declared : sequence of str
        Levels that the user named, lowest first; they are then the scale.
    own : mapping
        Scales of the workspace by id, which are preferred when every mark is one of their words.

    Returns
    -------
    GridScale

    Examples
    --------
    >>> (
    ...     scale_for(["✓", "~", "?"]).id,
    ...     scale_for(["L", "H", "LOW-MEDIUM"]).id,
    ...     scale_for(["1", "4"]).levels[0].id,
    ... )
    ('grid-three-marks', 'grid-low-to-high', 'level-1')
    """
    if declared:
        return _declared(declared)
    said = [mark for mark in marks if normal(mark) not in UNKNOWN_WORDS | NOT_APPLICABLE_WORDS]
    for scale in (own or {}).values():
        if said and all(scale.stance(mark) for mark in said):
            return scale
    numbers = sorted({int(mark) for mark in said if re.fullmatch(r"[0-9]{1,2}", mark.strip())})
    if numbers and len(numbers) >= len({normal(mark) for mark in said}) / 2:
        lowest = min(1, numbers[0])
        return _declared([str(number) for number in range(lowest, max(5, numbers[-1]) + 1)])
    fits = [sum(scale.stance(mark) is not None for mark in said) for scale in FAMILIES]
    return FAMILIES[fits.index(max(fits))]


def _declared(names: Sequence[str]) -> GridScale:
    levels = []
    for number, name in enumerate(names, start=1):
        key = slug(
            f"level-{name}" if name.strip().isdigit() else name, longest=30, fallback=f"level-{number}"
        )
        glyph = name.strip()[:2] if len(name.strip()) <= 2 else str(number)
        ascii_glyph = glyph if glyph.isascii() else str(number)
        levels.append(Level(key, glyph, ascii_glyph[:2], (normal(name),)))
    title = f"From {names[0]} to {names[-1]}"
    return GridScale(
        slug(f"grid {names[0]} to {names[-1]} in {len(names)}", longest=60), title, tuple(levels)
    )
