"""Workspaces of one shape, filled with harmless or with hostile texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cruxmap
from cruxmap.knowledge import KnowledgeBase

HOSTILE_LINES = (
    "<script>alert(1)</script>",
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-1",
    "@SUM(A1:A9)",
    "\uff1d1+1",
    "'=quoted",
    "a|b|c",
    "100% \\input{/etc/passwd} $x$ #1 & _y_ ~z^ {w}",
    "\"double\" 'single' `back`",
    "</style></td></table><img src=x onerror=alert(1)>",
    "**bold** _it_ [link](javascript:alert(1)) ![i](x)",
    "עברית and العربية",
    "&amp; &#60; &lt;b&gt; &copy;",
    "1. first 2) second",
    "# heading",
    "{x} }{ \\",
    "- item",
    "> quote",
    "```",
    "%%{init: {}}%%",
    "-- --- ,, << >> ?` !`",
    "ends with a backslash\\",
    "https://example.org/?a=b&c=d www.example.org a@example.org",
    "~~strike~~ ^sup^ :tada:",
    "[*] star",
    "*",
    "]]> <!-- --> <![CDATA[",
    "\\write18{touch x} \\end{document}",
    " spaces around ",
    "snowman ☃ and 漢字 and 😀",
)
"""Texts that mean something in some format; each must come out as itself and nothing else."""
HOSTILE_TEXTS = (
    *HOSTILE_LINES,
    "one\ntwo\n\n- three\n    four",
    "\t=tab",
    "\r\n=return",
    "marks \u202e of direction",
    "===\n---\n***",
    "escape \x1b[31m and bell \x07",
)


def workspace(folder: Path, line: Callable[[], str], text: Callable[[], str]) -> KnowledgeBase:
    """Write and load a workspace whose titles come from `line` and whose running texts come from `text`."""
    entries = [
        *_vocabulary(line, text),
        _proposal("first", 1, line, text),
        _proposal("second", 2, line, text),
    ]
    (folder / "ontology").mkdir(parents=True)
    (folder / "cruxmap.yaml").write_text("extends: nothing\nname: texts\n", encoding="utf-8")
    # Every JSON document without surrogate escapes is a YAML document.
    for entry in entries:
        target = folder / "ontology" / f"{entry['id']}.yaml"
        target.write_text(json.dumps(entry, ensure_ascii=False).replace("\x7f", "\\u007f"), encoding="utf-8")
    return cruxmap.load(folder, remember=False)


def harmless(folder: Path) -> KnowledgeBase:
    """A workspace in which every text is a word and a number."""
    numbers = iter(range(1, 1000))
    return workspace(folder, lambda: f"Word {next(numbers)}", lambda: f"Word {next(numbers)}")


def hostile(folder: Path, turn: int = 0) -> KnowledgeBase:
    """A workspace of the same shape with hostile texts; turns put other texts into each place."""
    lines, texts = iter(range(turn, 10_000)), iter(range(turn, 10_000))
    return workspace(
        folder,
        lambda: HOSTILE_LINES[next(lines) % len(HOSTILE_LINES)],
        lambda: HOSTILE_TEXTS[next(texts) % len(HOSTILE_TEXTS)],
    )


def _vocabulary(line: Callable[[], str], text: Callable[[], str]) -> list[dict[str, Any]]:
    levels: list[dict[str, Any]] = [
        {"id": name, "glyph": sign, "ascii": sign, "text": text()}
        for name, sign in (("bad", "<"), ("good", "|"))
    ]
    marks: list[dict[str, Any]] = [
        {"id": "if", "glyph": "=", "ascii": "=", "covers": "all", "needs-hinges": "true", "text": text()},
        {"id": "open", "glyph": "?", "ascii": "?", "covers": "all", "text": text()},
    ]
    inherited: dict[str, Any] = {"glyph": "%", "ascii": "%", "text": text()}
    scale: dict[str, Any] = {"kind": "scale", "id": "marks", "title": line(), "levels": levels}
    scale |= {"marks": marks, "inherited": inherited}
    source: dict[str, Any] = {
        "kind": "source", "id": "work2020", "title": line(), "authors": ["Ann Autor", line(), line()],
        "year": "2020", "venue": line(), "doi": "10.1/x_y%z", "url": "https://example.org/{a}_b%20c",
        "role": "encoded", "note": text(),
    }  # fmt: skip
    criteria: list[dict[str, Any]] = [
        {
            "kind": "criterion",
            "id": name,
            "title": line(),
            "short": name,
            "question": text(),
            "scale": "marks",
        }
        for name in ("outer", "inner")
    ]
    assumptions: list[dict[str, Any]] = [
        {"kind": "assumption", "id": name, "number": number, "title": line(), "text": text(),
         "source": "work2020", "at": "§1, §2", "undermined-by": [text()]}
        for name, number in (("first-thing", "A1"), ("second-thing", "A2"))
    ]  # fmt: skip
    mechanism: dict[str, Any] = {
        "kind": "mechanism",
        "id": "device",
        "title": line(),
        "text": text(),
        "source": "work2020",
        "at": "§1",
    }
    hedge: dict[str, Any] = {
        "kind": "hedge", "id": "sure", "title": line(), "text": text(), "weight": "0.9", "reason": text()
    }  # fmt: skip
    return [scale, source, *criteria, *assumptions, mechanism, hedge]


def _proposal(name: str, number: int, line: Callable[[], str], text: Callable[[], str]) -> dict[str, Any]:
    prefix = f"p{number}"
    argument: dict[str, Any] = {
        "id": f"{prefix}.for.1", "text": text(), "assumes": ["first-thing", "second-thing"], "hedge": "sure", "at": "§1",
        "note": text(), "con": [{"id": f"{prefix}.for.1.but", "text": text(), "verified": "memory", "at": "§1"}],
    }  # fmt: skip
    outer: dict[str, Any] = {
        "stance": "if", "hinges": ["first-thing", "second-thing"], "at": "§1", "reason": text(),
        "alternative": {"stance": "good", "reason": text()}, "pro": [argument],
        "notes": [{"id": f"{prefix}.note.1", "text": text(), "at": "§2"}],
    }  # fmt: skip
    inner: dict[str, Any] = {
        "stance": "inherits:1" if number == 2 else "good",
        "at": "§2",
        "reason": text(),
    }
    return {
        "kind": "proposal", "id": name, "number": str(number), "title": line(), "source": "work2020",
        "at": "§1", "summary": {"text": text(), "at": "§1"}, "setup": [{"id": f"{prefix}.setup.1", "text": text(), "at": "§1"}],
        "mechanisms": ["device"], "assumptions": ["first-thing", "second-thing"],
        "assessments": {"outer": outer, "inner": inner},
        "questions": [{"id": f"{prefix}.question.1", "text": text(), "at": "§1"}],
    }  # fmt: skip
