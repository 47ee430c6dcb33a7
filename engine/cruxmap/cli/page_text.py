"""The pages of `cruxmap show` as lines of text, for programs that put them on a screen of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.cli.output import NARROWEST, Output

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class RecordedOutput(Output):
    """An output that keeps its lines instead of printing them."""

    lines: list[str] = field(default_factory=list)

    def line(self, text: str = "") -> None:
        """Keep one line."""
        self.lines.append(text.rstrip())


def page_text(kb: KnowledgeBase, name: str, width: int) -> tuple[str, ...]:
    r"""Return the page of `cruxmap show` about an entry, assessment, argument or other part.

    Parameters
    ----------
    kb : KnowledgeBase
    name : str
        Id of anything in it.
    width : int
        Columns available; below 40 counts as 40.

    Returns
    -------
    tuple of str
        Wrapped lines. Styles are escape sequences (`\x1b[1m`, `\x1b[2m`, `\x1b[33m`); every other control
        character has been made visible.

    Raises
    ------
    UnknownIdError
        When nothing has this id.

    Examples
    --------
    >>> from cruxmap import load
    >>> page_text(load(), "inner-alignment", 80)[1].startswith("\x1b[2mcriterion inner-alignment")
    True
    """
    from cruxmap.cli.argument_pages import print_argument
    from cruxmap.cli.pages import print_assessment, print_entry, print_part
    from cruxmap.errors import UnknownIdError

    output = RecordedOutput(json=False, color=True, ascii=False, width=max(NARROWEST, width))
    if name in kb.entries:
        print_entry(kb, kb.entries[name], output)
    elif name in kb.statements:
        print_assessment(kb, name, output)
    elif name in kb.arguments:
        print_argument(kb, kb.arguments[name], output)
    elif name in kb.parts:
        print_part(kb, name, output)
    else:
        raise UnknownIdError(name, "entry, statement or argument", (), ambiguous=False)
    return tuple(output.lines)
