"""Writes the hostile files: every way we know in which a file, a link or a merge can go wrong on its way in."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "hostile.yaml"
HEAD = "kind: assumption\nid: hostile\ntitle: A title\n"
"""The start of a valid entry; lines 1 to 3 of most files."""
ENTRY = HEAD + "text: A text.\n"
MARKER = "▮"
"""Stands in front of the place that the message must name."""
MAX_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    """The bytes of one file and the place and code of the one message that it must give."""

    name: str
    code: str
    data: bytes
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Harmless:
    """The bytes of one file that looks hostile and must be accepted."""

    name: str
    data: bytes


def marked(name: str, code: str, text: str, *, before: bytes = b"") -> Hostile:
    """Make a hostile file of a text in which `▮` marks the place of the message."""
    head, tail = text.split(MARKER)
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    return Hostile(name, code, before + (head + tail).encode(), line, column)


def alias_bomb(levels: int, width: int = 9) -> bytes:
    """Nine aliases of the list before, `levels` times: a few lines that stand for 9 ** levels values."""
    lines = ["a0: &a0 x"]
    lines += [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels + 1)
    ]
    return ("\n".join(lines) + "\n").encode()


def merge_bomb(levels: int) -> bytes:
    """Merge keys that double what the mapping before holds: load time doubles with every level."""
    lines = ["- &m0 {k: v}"]
    lines += [f"- &m{level} {{<<: [*m{level - 1}, *m{level - 1}]}}" for level in range(1, levels + 1)]
    return ("\n".join(lines) + "\n").encode()


def nested(opening: str, depth: int, closing: str = "") -> bytes:
    """A value inside `depth` containers."""
    return (opening * depth + "x" + closing * depth + "\n").encode()


def _structure() -> list[Hostile]:
    return [
        marked("anchor", "E006", HEAD + "text: ▮&name A text.\n"),
        marked("alias", "E007", HEAD + "text: ▮*name\n"),
        marked("alias alone", "E007", "▮*name\n"),
        marked("alias as a key", "E007", ENTRY + "▮*name : x\n"),
        marked("merge key", "E009", HEAD + "▮<<: {text: A text.}\n"),
        marked("tag", "E008", HEAD + "text: ▮!!str A text.\n"),
        marked("private tag", "E008", HEAD + "text: ▮!thing A text.\n"),
        marked("python tag", "E008", HEAD + "text: ▮!!python/name:os.system A text.\n"),
        marked(
            "python object", "E008", "- ▮!!python/object/apply:os.system\n  " + ENTRY.replace("\n", "\n  ")
        ),
        marked("duplicate key", "E010", ENTRY + "▮title: Another\n"),
        marked("duplicate quoted key", "E010", ENTRY + '▮"title": Another\n'),
        marked("duplicate flow key", "E010", "{kind: assumption, id: a, title: A, text: A, ▮id: b}\n"),
        marked(
            "duplicate nested key", "E010", "- kind: assumption\n  id: a\n  title: A\n  text: A\n  ▮id: b\n"
        ),
        marked("two documents", "E012", ENTRY + "▮---\n" + ENTRY),
        marked("list as a key", "E013", ENTRY + "? ▮[a]\n: b\n"),
        Hostile("empty", "E014", b""),
        Hostile("comment only", "E014", b"# nothing\n"),
        marked("text instead of an entry", "E018", "▮hello\n"),
        marked("colon in a text", "E005", HEAD + "text: A text▮: with a colon\n"),
        marked("text that starts with @", "E005", HEAD + "text: ▮@reader says\n"),
        marked("tab", "E005", HEAD + "text:\n▮\tA text.\n"),
        marked("half a surrogate pair", "E005", HEAD + 'text: "\\u▮d83d"\n'),
        marked("a pair of surrogates", "E005", HEAD + 'text: "\\u▮d83d\\ude00"\n'),
        marked("beyond Unicode", "E005", HEAD + 'text: "\\U▮00110000"\n'),
        marked("unclosed quote", "E005", HEAD + 'text: "A text.▮'),
    ]


def _depth() -> list[Hostile]:
    return [
        Hostile("depth 33 of [", "E011", nested("[", 33, "]"), 1, 33),
        Hostile("depth 33 of - ", "E011", nested("- ", 33), 1, 65),
        Hostile("depth 33 of {a: ", "E011", nested("{a: ", 33, "}"), 1, 129),
        Hostile("depth 200,000 of [", "E011", nested("[", 200_000, "]"), 1, 33),
        Hostile("depth 200,000 of - ", "E011", nested("- ", 200_000), 1, 65),
        Hostile("depth 200,000 of {a: ", "E011", nested("{a: ", 200_000, "}"), 1, 129),
        Hostile("unclosed 200,000 of [", "E011", b"[" * 200_000, 1, 33),
        Hostile("unclosed 200,000 of {a: ", "E011", b"{a: " * 200_000, 1, 129),
        Hostile("unclosed [", "E005", b"[", 1, 2),
        marked("unclosed {", "E005", HEAD + "relations: {a: b\n▮"),
    ]


def _bytes() -> list[Hostile]:
    latin = HEAD.encode() + "text: café\n".encode("latin-1")
    return [
        Hostile("1 MiB + 1 byte", "E001", ENTRY.encode() + b"#" * (MAX_BYTES + 1 - len(ENTRY))),
        Hostile("Latin-1", "E002", latin, 4, 10),
        Hostile("Latin-1 after a byte order mark", "E002", b"\xef\xbb\xbf" + latin, 4, 10),
        Hostile("UTF-16 LE", "E002", b"\xff\xfe" + ENTRY.encode("utf-16-le")),
        Hostile("UTF-16 BE", "E002", b"\xfe\xff" + ENTRY.encode("utf-16-be")),
        Hostile("UTF-16 without a mark", "E003", ENTRY.encode("utf-16-le"), 1, 2),
        Hostile("encoded half pair", "E002", HEAD.encode() + b"text: \xed\xa0\xbd\n", 4, 7),
        marked("NUL", "E003", HEAD + "text: A▮\0\n"),
        marked("ESC", "E003", HEAD + "text: A▮\x1b[31m red text\n"),
        marked("C1", "E003", HEAD + "text: A▮\x9b31m red text\n"),
        marked("NEL", "E003", HEAD + "text: A▮\x85\n"),
        marked("DEL", "E003", HEAD + "text: A▮\x7f\n"),
        marked("line separator", "E003", HEAD + "text: A▮\u2028new line\n"),
        marked("NUL after a byte order mark", "E003", HEAD + "text: A▮\0\n", before=b"\xef\xbb\xbf"),
    ]


def _model() -> list[Hostile]:
    def entry(line: str, kind: str = "proposal") -> str:
        return f"kind: {kind}\nid: hostile\ntitle: A title\n{line}"

    return [
        marked("id NO", "E106", "kind: assumption\n▮id: NO\ntitle: A title\ntext: A text.\n"),
        marked(
            "id with an escape", "E015", 'kind: assumption\nid: ▮"a\\e[31m"\ntitle: A title\ntext: A text.\n'
        ),
        marked(
            "id with a line break", "E015", 'kind: assumption\nid: ▮"a\\n"\ntitle: A title\ntext: A text.\n'
        ),
        marked(
            "id of a bidi mark", "E015", "kind: assumption\nid: ▮a\u202e\ntitle: A title\ntext: A text.\n"
        ),
        marked("id as a path", "E106", "kind: assumption\n▮id: ../passwd\ntitle: A title\ntext: A text.\n"),
        marked(
            "title with an escape", "E015", 'kind: term\nid: hostile\ntitle: ▮"\\e[31mred"\ntext: A text.\n'
        ),
        marked("title with C1", "E015", 'kind: term\nid: hostile\ntitle: ▮"a\\x9b31m"\ntext: A text.\n'),
        marked(
            "title with a bidi mark", "E015", "kind: term\nid: hostile\ntitle: ▮a\u202eb\ntext: A text.\n"
        ),
        marked(
            "title with a line break", "E015", 'kind: term\nid: hostile\ntitle: ▮"a\\nb"\ntext: A text.\n'
        ),
        marked("sexagesimal number", "E108", entry("▮number: 22:30\n")),
        marked("float number", "E108", entry("▮number: 1.10\n")),
        marked("word for a number", "E108", entry("▮number: NO\n")),
        marked("unknown kind with an escape", "E101", '▮kind: "\\e[31m"\nid: hostile\n'),
    ]


def hostile_files() -> list[Hostile]:
    """Return every hostile file with exactly one thing wrong."""
    return [*_structure(), *_depth(), *_bytes(), *_model()]


def dangerous_files() -> list[Hostile]:
    """Return what could bring a process down, and one file for every other code."""
    first_of_code = {case.code: case for case in reversed(hostile_files())}
    return list(dict.fromkeys([*_depth(), *_bytes(), *first_of_code.values()]))


def bombs() -> list[Hostile]:
    """Return the files with many anchors and aliases, with the place of the first."""
    return [
        *(Hostile(f"alias bomb of {levels}", "E006", alias_bomb(levels), 1, 5) for levels in (4, 8, 20)),
        Hostile("merge bomb of 20", "E006", merge_bomb(20), 1, 3),
    ]


def harmless_files() -> list[Harmless]:
    """Return every file that looks hostile and is not."""
    return [
        Harmless("byte order mark", b"\xef\xbb\xbf" + ENTRY.encode()),
        Harmless("CRLF", ENTRY.replace("\n", "\r\n").encode()),
        Harmless("exactly 1 MiB", ENTRY.encode() + b"#" * (MAX_BYTES - len(ENTRY))),
        Harmless("indented =======", (HEAD + "text: |\n  A heading\n  =======\n").encode()),
        Harmless("quoted <<", (HEAD + 'text: "<<"\n').encode()),
        Harmless("title NO", ENTRY.replace("A title", "NO").encode()),
        Harmless("bidi mark in a running text", (HEAD + "text: a\u202eb\n").encode()),
    ]


def sparse_file(path: Path, size: int = 2 * 1024**3) -> None:
    """Write a file that is huge but takes no space on disk."""
    with path.open("wb") as stream:
        stream.truncate(size)


def unreadable_file(path: Path) -> None:
    """Write a file that cannot be opened; root can open every file, but not what is not there."""
    if os.geteuid() == 0:
        path.symlink_to(path.with_name("nothing"))
    else:
        path.write_text(ENTRY, encoding="utf-8")
        path.chmod(0)


def symlink_loop(path: Path) -> None:
    """Write two links that lead to each other; `path` is one."""
    other = path.with_name("other-" + path.name)
    path.symlink_to(other)
    other.symlink_to(path)


def merge_with_git(folder: Path, base: str, ours: str, theirs: str, *, style: str = "merge") -> bool:
    """Write `FILE` as git leaves it after a merge of two branches; return whether git saw no conflict."""
    settings = {"user.name": "A", "user.email": "a@example.org", "merge.conflictStyle": style}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    silent = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}

    def git(*arguments: str) -> int:
        command = ["git", *options, *arguments]
        done = subprocess.run(command, cwd=folder, env=inherited | silent, capture_output=True, check=False)
        return done.returncode

    def commit(text: str) -> None:
        (folder / FILE).write_text(text, encoding="utf-8")
        assert git("add", FILE) == 0
        assert git("commit", "-qm", "change") == 0

    assert git("init", "-q") == 0
    commit(base)
    assert git("checkout", "-qb", "theirs") == 0
    commit(theirs)
    assert git("checkout", "-qb", "ours", "HEAD~1") == 0
    commit(ours)
    return git("merge", "-q", "theirs") == 0


@dataclass(frozen=True)
class Conflict:
    """A file whose line `word` is changed in different ways on two branches; `line` is that of the marker."""

    name: str
    text: str
    line: int
    style: str = "merge"


def conflicts() -> list[Conflict]:
    """Return a conflict in every kind of place."""
    return [
        Conflict("mapping", ENTRY + "note: word\n", 5),
        Conflict("list", ENTRY + "undermined-by:\n  - one\n  - word\n  - three\n", 7),
        Conflict("literal block", HEAD + "text: |\n  one\n  word\n  three\n", 6),
        Conflict("quoted string", HEAD + 'text: "one\n  word\n  three"\n', 5),
        Conflict("with the base shown", HEAD + 'text: "one\n  word\n  three"\n', 5, "diff3"),
    ]
