"""Make control characters visible: the door through which every text goes on its way to a screen."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters that change how a line is displayed instead of being displayed."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    r"""Replace what a terminal would obey by what a reader can see.

    C0 controls become their symbols (U+2400 block); C1 controls, direction marks and half surrogates become
    U+FFFD. Line breaks and tabs stay.

    Examples
    --------
    >>> plain("a\x1b[31mred")
    'a␛[31mred'
    """
    return _UNSAFE.sub(_symbol, text)


def plain_line(text: str) -> str:
    r"""Do the same for a text that must stay on one line, as the messages do that programs read line by line.

    Examples
    --------
    >>> plain_line("key\nforged")
    'key␊forged'
    """
    return plain(text).replace("\n", "\u240a").replace("\t", "\u2409")


def escaped(text: str) -> str:
    r"""Escape, the way JSON does, what a terminal would obey and JSON leaves as it is.

    Examples
    --------
    >>> escaped('"a\x9bred"')
    '"a\\u009bred"'
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
