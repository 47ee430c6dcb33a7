r"""One way out for every text: a function per target, with its inverse where a reader needs one.

Nothing in an entry may become structure of the file that it is written to: no element, command, formula, link
or line. Sections are in alphabetical order of the targets.
"""

from __future__ import annotations

import re

__all__ = [
    "bibtex",
    "bibtex_url",
    "delimited",
    "html_attribute",
    "html_text",
    "latex",
    "markdown_table",
    "markdown_text",
    "safe_url",
    "spreadsheet_guard",
    "visible",
]

# ---------------------------------------------------------------------------------------------- every target

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SCHEMES = re.compile(r"(?:https?|mailto):[^\s\x00-\x20\"'<>\\^`]+", re.IGNORECASE)


def visible(text: str) -> str:
    r"""Replace characters that no file format can carry as text by what a reader can see.

    Line breaks and tabs stay, and so do direction marks, which scripts that run from right to left need: the
    formats for reading end their effect with the block that they stand in.

    Examples
    --------
    >>> visible("a\x1b[31mred\n")
    'a␛[31mred\n'
    """
    return _CONTROL.sub(lambda match: _picture(ord(match[0])), text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def safe_url(text: str | None) -> str | None:
    """Return an address that may become a link: http, https or mailto; None for everything else.

    Examples
    --------
    >>> safe_url("https://example.org/a?b=c"), safe_url("javascript:alert(1)")
    ('https://example.org/a?b=c', None)
    """
    return text if text and _SCHEMES.fullmatch(text) else None


# ---------------------------------------------------------------------------------------------------- BibTeX

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIBTEX = str.maketrans(
    {**_TEX, "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\n": " ", "\r": " ", "\t": " "}
)


def bibtex(text: str) -> str:
    r"""Escape a text for the braces of a BibTeX field.

    Braces become commands, because BibTeX counts them whether or not a backslash stands before.

    Examples
    --------
    >>> print(bibtex("100% of {x} & \\input"))
    100\% of \textbraceleft{}x\textbraceright{} \& \textbackslash{}input
    """
    return visible(text).translate(_BIBTEX)


def bibtex_url(text: str) -> str:
    r"""Escape an address for a field that `\url` prints as it is.

    Examples
    --------
    >>> bibtex_url("https://example.org/{a}%20b")
    'https://example.org/%7Ba%7D%20b'
    """
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", visible(text))


# ------------------------------------------------------------------------------------------------ CSV and TSV

_FORMULA = re.compile("^(?:[\\s\x00]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n'])")


def spreadsheet_guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    So does a text that begins with an apostrophe, which makes the guard reversible: take one away from every
    text that begins with one.

    References
    ----------
    OWASP Application Security Verification Standard 4.0, 5.3.10; CSV Injection.

    Examples
    --------
    >>> [spreadsheet_guard(text) for text in ("=1+1", "plain", "'quoted'")]
    ["'=1+1", 'plain', "''quoted'"]
    """
    return f"'{text}" if _FORMULA.match(text) else text


def delimited(text: str, delimiter: str, *, raw: bool = False) -> str:
    r"""Escape one field of a CSV or TSV file; `raw` leaves out the guard against formulas.

    Examples
    --------
    >>> delimited("=a,b", ","), delimited("a b", ",")
    ('"\'=a,b"', 'a b')
    """
    text = text if raw else spreadsheet_guard(visible(text))
    if any(mark in text for mark in (delimiter, '"', "\n", "\r", "\t", ";")) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


# ------------------------------------------------------------------------------------------------------ HTML

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {'"': "&quot;", "'": "&#39;", "\n": "&#10;", "\t": "&#9;", "`": "&#96;", "=": "&#61;"}
)


def html_text(text: str) -> str:
    """Escape a text between tags.

    Examples
    --------
    >>> html_text("<script> & co")
    '&lt;script&gt; &amp; co'
    """
    return visible(text).translate(_HTML)


def html_attribute(text: str) -> str:
    """Escape a text for an attribute in double quotes; addresses go through `safe_url` first.

    Examples
    --------
    >>> html_attribute('" onload="')
    '&quot; onload&#61;&quot;'
    """
    return html_text(text).translate(_ATTRIBUTE)


# ----------------------------------------------------------------------------------------------------- LaTeX

_SYMBOLS = {
    "\u00a0": "~",
    "§": r"\S{}",
    "·": r"\textperiodcentered{}",
    "°": r"\textdegree{}",
    "×": r"\texttimes{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "…": r"\ldots{}",
    "•": r"\textbullet{}",
    "π": r"\ensuremath{\pi}",
    "→": r"\ensuremath{\rightarrow}",
    "−": r"\ensuremath{-}",
    "≤": r"\ensuremath{\leq}",
    "≥": r"\ensuremath{\geq}",
    "✗": r"\ensuremath{\times}",
    "▽": r"\ensuremath{\bigtriangledown}",
    "△": r"\ensuremath{\bigtriangleup}",
    "✓": r"\ensuremath{\surd}",
    "✔": r"\ensuremath{\bullet}",
    "◇": r"\ensuremath{\diamond}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "\n": " ",
    "\r": " ",
    "\t": " ",
}
_LATEX = {**_TEX, **_SYMBOLS}
_LETTER = re.compile("[ -~À-ÖØ-öø-ÿ]")


def latex(text: str) -> str:
    r"""Escape a text for the running text of LaTeX.

    Letters that the T1 encoding lacks become `\unichar{05D0}`, which the preamble of our documents defines:
    as the letter itself where the engine knows Unicode, and as its code in pdflatex.

    Examples
    --------
    >>> print(latex("50% \\input{x} §4 א"))
    50\% \textbackslash{}input\{x\} \S{}4 \unichar{05D0}
    """
    escaped = "".join(_latex_character(character) for character in visible(text))
    # Without a break between them, TeX would set two commas or hyphens as one other character.
    return re.sub(r"([-,])(?=\1)", r"\1{}", escaped)


def _latex_character(character: str) -> str:
    if character in _LATEX:
        return _LATEX[character]
    return character if _LETTER.match(character) else rf"\unichar{{{ord(character):04X}}}"


# -------------------------------------------------------------------------------------------------- Markdown

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$@]|&(?=[#\w])|:(?=[\w/])|(?<=www)\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:(?P<number>\d+)(?P<after>[.)])(?=\s|$)|(?P<sign>[+\-]))")
_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", "\u000b": "&#11;", "\u000c": "&#12;"}


def markdown_text(text: str) -> str:
    r"""Escape a text for a paragraph, heading or list item of CommonMark and GitHub's flavour.

    The text stays on one line: line breaks become references that are read as breaks inside the text.

    Examples
    --------
    >>> print(markdown_text("- *a* | <b>"))
    \- \*a\* \| \<b\>
    """
    text = _MARKDOWN.sub(lambda match: "\\" + match[0], visible(text))
    text = _BLOCK.sub(
        lambda match: f"\\{match['sign']}" if match["sign"] else f"{match['number']}\\{match['after']}", text
    )
    text = "".join(_SPACES.get(character, character) for character in text)
    # Readers drop white space at the ends of a line, whatever kind it is.
    return re.sub(r"^\s+|\s+$", lambda match: "".join(f"&#{ord(space)};" for space in match[0]), text)


def markdown_table(text: str) -> str:
    r"""Escape a text for a cell of a table, where a bar would end the cell.

    Examples
    --------
    >>> print(markdown_table("a|b"))
    a&#124;b
    """
    return markdown_text(text).replace("\\|", "&#124;")
