"""Escape texts for the formats of argument maps: what a reader typed must never become syntax."""

from __future__ import annotations

import json
import re

from cruxmap.plain import escaped

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
_XML_ATTRIBUTE = _XML | {"\n": "&#10;", "\t": "&#9;"}


def xml_text(text: str) -> str:
    r"""Drop the characters that XML 1.0 cannot hold, not even escaped.

    Examples
    --------
    >>> xml_text("a\x00\x1b[31mb\ud800\ufffe")
    'a[31mb'
    """
    return _NOT_XML.sub("", text)


def xml(text: str) -> str:
    """Escape a text between tags.

    Examples
    --------
    >>> xml("<script> & co")
    '&lt;script&gt; &amp; co'
    """
    return "".join(_XML.get(one, one) for one in xml_text(text))


def xml_attribute(text: str) -> str:
    r"""Escape the value of an attribute, whichever quotes it stands in.

    Examples
    --------
    >>> xml_attribute('a "b"\n')
    'a &quot;b&quot;&#10;'
    """
    return "".join(_XML_ATTRIBUTE.get(one, one) for one in xml_text(text))


def dot_quote(text: str) -> str:
    r"""Quote a text for DOT so that it is shown as it is.

    Notes
    -----
    Always in double quotes, so that no text is taken as HTML or as a port. `\\` keeps a backslash from
    starting an escape such as `\N`. dot decodes entities inside quotes, so `&` is written as one.

    Examples
    --------
    >>> print(dot_quote('a "b" <i> \\N &amp;'))
    "a \"b\" <i> \\N &amp;amp;"
    """
    safe = xml_text(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return (
        '"' + safe.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n").replace("\t", " ") + '"'
    )


_MERMAID = re.compile("[^0-9A-Za-z .,;:!?'()/+=\u00a0-\ud7ff\ue000-\uffff\U00010000-\U0010ffff-]")


def mermaid(text: str) -> str:
    """Escape a text inside a quoted label of Mermaid, by the codes of characters that Mermaid decodes.

    Examples
    --------
    >>> mermaid('%%{init} "a" <b> #1')
    '#37;#37;#123;init#125; #34;a#34; #60;b#62; #35;1'
    """
    return _MERMAID.sub(lambda match: f"#{ord(match[0])};", " ".join(xml_text(text).split()))


_UNSEEN = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")


def seen_text(text: str) -> str:
    r"""Drop the characters that a text file without escapes should not hold, for nobody sees them.

    Examples
    --------
    >>> seen_text("a\x00\x7fb\ufeff")
    'ab'
    """
    return _UNSEEN.sub("", xml_text(text))


_ARGDOWN = re.compile(
    r"[\\<>\[\]#*_{}@|`~^]"  # titles, tags, emphasis, data, mentions
    r"|[.:](?=\S)"  # shortcodes such as `.^.` and `:up:`
    r"|/(?=[/*])"  # comments
    r"|=(?==)"  # front matter
)


def argdown_text(text: str) -> str:
    r"""Escape a text of Argdown that stands after a title.

    Notes
    -----
    A text stays on one line, since a blank line would end it; what opens a relation, a link, a comment, a
    shortcode or an emphasis is escaped.

    Examples
    --------
    >>> print(argdown_text("x < y #tag [Claim] http://a.b"))
    x \< y \#tag \[Claim\] http\:\//a\.b
    """
    line = _ARGDOWN.sub(r"\\\g<0>", " ".join(seen_text(text).split()))
    return f"\\{line}" if line[:1] in tuple("-+=(") and line else line


def argdown_title(text: str) -> str:
    """Make a title of Argdown: no brackets, no line breaks, nothing that must be escaped.

    Titles identify; readers of the file must be able to type them, so syntax is replaced and not escaped.
    What stands like a relation at the start, such as `- x`, would be read as one.

    Examples
    --------
    >>> argdown_title("- A <b> [c] #d")
    'A (b) (c) d'
    """
    line = _NOT_IN_TITLES.sub("", seen_text(text).translate(_TITLE))
    return " ".join(line.split()).lstrip("+-=. ") or "Untitled"


_TITLE = str.maketrans(
    {"<": "(", ">": ")", "[": "(", "]": ")", "{": "(", "}": ")"} | dict.fromkeys("#*_@\\`|~^")
)
_NOT_IN_TITLES = re.compile("/(?=/)")
"""Starts of comments."""


def yaml_text(text: str) -> str:
    r"""Quote a text for YAML as a double-quoted scalar, which JSON strings are.

    Characters that YAML cannot hold are escaped; half surrogates, which nothing can hold, become U+FFFD.

    Examples
    --------
    >>> print(yaml_text('§ "no" \x85'))
    "§ \"no\" \u0085"
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NOT_YAML.sub(
        lambda match: f"\\u{ord(match[0]):04x}", escaped(json.dumps(whole, ensure_ascii=False))
    )


_NOT_YAML = re.compile("[\ufffe\uffff]")
