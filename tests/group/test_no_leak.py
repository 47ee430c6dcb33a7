"""Sealed answers on shared copies of a repository: nothing of them is anywhere before the reveal."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from conftest import Result
from group_meeting import CELLS, QUESTION
from sample_workspace import SCALE, write_sample
from shared_repository import everything_in, git, save

Command = Callable[..., Result]

READERS = ("reader-a", "reader-b")
SESSION = "2026-03-05-watching"
WIDE = SCALE.replace(
    '    - {id: doubtful, glyph: "▽", ascii: v, text: Leads with difficulty.}\n',
    '    - {id: hopeless, glyph: "✗", ascii: x, text: Fails.}\n'
    '    - {id: doubtful, glyph: "▽", ascii: v, text: Leads with difficulty.}\n'
    '    - {id: middling, glyph: "~", ascii: "~", text: Neither.}\n',
).replace('ascii: "~", text: Depends', 'ascii: "=", text: Depends')
MARK = "doubtful..plausible"
"""A range that no page gives as an example, so that finding it means to have found an answer."""

COMMANDS: list[tuple[str, ...]] = [
    *(("group", name) for name in ("status", "verify", "open", "agenda", "agreement", "record", "handout", "close", "commit",
                                   "rate", "reveal", "plan")),
    ("group", "agenda", "--write"), ("group", "agenda", "--round", "1"), ("group", "agenda", "--round", "2"),
    ("group", "history", "1/safety"), ("group", "history", "2/speed"),
    ("group", "handout", "--to", "h.md"), ("group", "handout", "--to", "h.html"), ("group", "handout", "--round", "1"),
    ("group", "close", "--again"), ("group", "compare", ".", "watching"), ("group", "compare", "watching", "."),
    ("group", "record", "--present", "reader-a,reader-b", "--decision", "We go on"),
    ("group", "plan", "--question", "Next?", "--date", "2026-04-01", "--readers", "reader-a,reader-b", "--entries", "1"),
    ("group", "status", "--session", "watching"), ("group", "verify", "--session", "watching"),
    *(("group", name, "--reader", "reader-b", "--session", "watching") for name in ("rate", "commit", "reveal")),
    ("group", "rate", "--reader", "reader-b", "--cell", "1/safety", "--mark", "nonsense", "--session", "watching"),
    ("group", "rate", "--reader", "reader-b", "--cell", "9/safety", "--mark", "open", "--session", "watching"),
    ("group", "rate", "--reader", "reader-b", "--file", "missing.yaml", "--session", "watching"),
    ("group", "rate", "--reader", "reader-b", "--cell", "1/safety", "--at", "§99 nowhere", "--session", "watching"),
    ("group", "rate", "--reader", "reader-z", "--session", "watching"),
    ("matrix",), ("matrix", "--voice", "group"), ("matrix", "--voice", "computed"), ("matrix", "--reader", "reader-b"),
    ("cruxes",), ("cruxes", "--readers", f"sessions/{SESSION}"), ("cruxes", "--readers", f"sessions/{SESSION}/responses"),
    ("cruxes", "--readers", f"sessions/{SESSION}/commitments"), ("cruxes", "--readers", f"sessions/{SESSION}/steps"),
    ("evaluate",), ("evaluate", "1/safety", "--reader", "reader-b"), ("whatif", "--set", "A1=0"),
    ("assumptions",), ("assumptions", "A1"), ("positions",), ("rank",), ("cluster",),
    ("compare", "1", "2"), ("show", "1"), ("show", "1/safety"), ("show", "A1"), ("list", "proposal"), ("list", "criterion"),
    ("search", "Sekret"), ("search", "plausible"), ("check",), ("where",), ("sources",), ("coverage",), ("diff", "HEAD"),
    *(("export", "matrix", "--voice", "group", "--to", f"x.{name}") for name in ("md", "html", "csv", "json", "tex")),
    ("export", "matrix", "--to", "m.md"), ("export", "handout", "--to", "e.md"), ("export", "map", "--to", "map.json"),
    ("export", "map", "--reader", "reader-b", "--to", "map.svg"), ("export", "entry", "1", "--to", "p.html"),
]  # fmt: skip


def answers(reader: str, number: int = 0) -> dict[str, object]:
    """A form in which every value that can be free names its reader, or is a number that nobody else has."""
    turn = f"{READERS.index(reader)}{number}"
    marks = {
        cell: {
            "mark": MARK,
            "assumption": f"Sekret assumption {turn} of {cell}",
            "credence": float(f"0.73{turn}9"),
            "rationale": f"Sekret rationale {turn} of {cell}",
            "change-my-mind": f"Sekret change {turn}",
            "confidence": "low",
        }
        for cell in CELLS
    }
    stated = {"verdict": CELLS[0], "crux": "A1", "p_u": float(f"0.41{turn}7"), "p_c": 0.5, "p_u_given_c": float(f"0.62{turn}3")}  # fmt: skip
    return {"reader": reader, "marks": marks, "credences": {"A2": float(f"0.28{turn}1")}, "conditionals": [stated]}  # fmt: skip


def secrets(*readers: str) -> list[str]:
    """What must not be found: texts, marks and numbers, and later the number that opens the seal."""
    found = ["Sekret assumption", "Sekret rationale", "Sekret change", MARK]
    for reader in readers:
        turn = f"{READERS.index(reader)}0"
        found += [f"0.73{turn}9", f"0.28{turn}1", f"0.41{turn}7", f"0.62{turn}3", f"73.{turn}9%"]
    return found


def nonces(copy: Path) -> list[str]:
    found = [re.findall(r"nonce: [\"']?([0-9a-f]{64})", path.read_text("utf-8")) for path in (copy / ".cruxmap").rglob("*.sealed.yaml")]  # fmt: skip
    return [item for items in found for item in items]


def told(text: str, words: list[str]) -> list[str]:
    return [word for word in words if word in text]


def shared_text(copy: Path) -> str:
    """All that lies in the folder and may be shared, and all that git keeps of it."""
    files = [
        path.read_text("utf-8")
        for path in copy.rglob("*")
        if path.is_file() and not {".cruxmap", ".git"} & set(path.relative_to(copy).parts)
    ]
    return "\n".join(files) + everything_in(copy)


class Copies:
    """A bare repository, a copy of the facilitator, and one of each reader on a branch of their own."""

    def __init__(self, root: Path, command: Command) -> None:
        self.command = command
        self.bare, self.first = root / "shared.git", root / "facilitator"
        git(root, "init", "-q", "--bare", "-b", "main", str(self.bare))
        git(root, "clone", "-q", str(self.bare), str(self.first))
        write_sample(self.first)
        (self.first / "ontology" / "scale.yaml").write_text(WIDE, "utf-8")
        (self.first / ".gitignore").write_text("*.html\nx.*\n", "utf-8")
        (self.first / "readers.yaml").write_text("".join(f"- handle: {name}\n" for name in READERS), "utf-8")
        self.run(
            self.first, "group", "plan", "--question", QUESTION, "--date", "2026-03-05", "--name", "watching"
        )
        self.run(self.first, "group", "open")
        git(self.first, "checkout", "-q", "-b", "main")
        save(self.first, "Plan")
        git(self.first, "push", "-q", "origin", "main")
        self.copy = {reader: root / reader for reader in READERS}
        for reader, place in self.copy.items():
            git(root, "clone", "-q", str(self.bare), str(place))
            git(place, "checkout", "-q", "-b", reader)

    def run(self, place: Path, *words: str) -> Result:
        result = self.command(*words, "--workspace", str(place))
        assert result.code == 0, (words, result.err)
        return result

    def answer(self, reader: str, number: int = 0) -> None:
        form = self.bare.parent / f"{reader}.yaml"
        form.write_text(yaml.safe_dump(answers(reader, number)), "utf-8")
        self.run(self.copy[reader], "group", "rate", "--reader", reader, "--file", str(form))
        self.run(self.copy[reader], "group", "commit", "--reader", reader)
        self.push(reader, "Commit")

    def reveal(self, reader: str) -> None:
        self.run(self.copy[reader], "group", "reveal", "--reader", reader)
        self.push(reader, "Reveal")

    def push(self, reader: str, message: str) -> None:
        save(self.copy[reader], message)
        git(self.copy[reader], "push", "-q", "origin", reader)

    def merge(self, *readers: str) -> None:
        """The facilitator merges branches, one after the other; a conflict would stop git."""
        git(self.first, "fetch", "-q", "origin")
        for reader in readers:
            git(self.first, "merge", "-q", "--no-edit", f"origin/{reader}")
        git(self.first, "push", "-q", "origin", "HEAD:main")

    def pull(self) -> None:
        for place in self.copy.values():
            git(place, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")


@pytest.fixture
def copies(tmp_path: Path, cruxmap_command: Command) -> Copies:
    return Copies(tmp_path, cruxmap_command)


def outputs(command: Command) -> Iterator[tuple[tuple[str, ...], str]]:
    """What every command says in the current folder, as text and as JSON, messages of errors included."""
    for words in COMMANDS:
        for form in ((), ("--json",)):
            result = command(*words, *form)
            assert result.code in (0, 1, 2), words
            yield (*words, *form), result.out + result.err


def test_two_copies_go_through_commit_and_reveal_without_conflict_and_without_a_leak(
    copies: Copies, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in READERS:
        copies.answer(reader)
    # Each reader's own copy knows one commitment so far, the facilitator's will know both.
    for reader, place in copies.copy.items():
        assert_nothing_is_told(place, secrets(reader), cruxmap_command, monkeypatch)
    copies.merge(*READERS)
    copies.pull()
    opening = [item for place in copies.copy.values() for item in nonces(place)]
    assert len(opening) == len(READERS)
    sealed = secrets(*READERS) + opening
    for place in copies.copy.values():
        assert told(shared_text(place), sealed) == []
    assert told(everything_in(copies.bare), sealed) == []
    assert_nothing_is_told(copies.first, sealed, cruxmap_command, monkeypatch)


def assert_nothing_is_told(
    place: Path, sealed: list[str], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run everything on a twin of a copy, private folder included, and search all that is said and written."""
    twin = place.with_name(f"{place.name}-twin")
    shutil.copytree(place, twin)
    monkeypatch.chdir(twin)
    sealed = sealed + nonces(twin)
    assert told(shared_text(twin), sealed) == []
    leaks = {words: told(text, sealed) for words, text in outputs(command)}
    assert {words: found for words, found in leaks.items() if found} == {}
    sealed = sealed + nonces(twin)
    git(twin, "add", "-A")
    assert told(shared_text(twin), sealed) == []


def test_while_one_is_waited_for_no_command_shows_what_the_other_has_revealed(
    copies: Copies, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in READERS:
        copies.answer(reader)
    copies.merge(*READERS)
    copies.pull()
    copies.reveal("reader-a")
    copies.merge("reader-a")
    mine = nonces(copies.copy["reader-b"])
    # Were they told anywhere, they would be found: every one stands in what reader-a has revealed.
    own = secrets("reader-a")[:-1]
    assert told(shared_text(copies.first), own) == own
    assert told(shared_text(copies.first), [*secrets("reader-b")[4:], "Sekret rationale 10", *mine]) == []
    monkeypatch.chdir(copies.first)
    sealed = secrets(*READERS) + mine
    leaks = {words: told(text, sealed) for words, text in outputs(cruxmap_command)}
    assert {words: found for words, found in leaks.items() if found} == {}


def test_after_both_have_revealed_every_copy_shows_the_same_and_a_second_round_merges_too(
    copies: Copies, cruxmap_command: Command
) -> None:
    for round_ in (1, 2):
        for reader in READERS:
            copies.answer(reader, round_)
        copies.merge(*READERS)
        copies.pull()
        for reader in READERS:
            copies.reveal(reader)
        copies.merge(*READERS)
        if round_ == 1:
            copies.run(copies.first, "group", "open")
            save(copies.first, "Open again")
            git(copies.first, "push", "-q", "origin", "HEAD:main")
        copies.pull()
    fresh = copies.bare.parent / "fresh"
    git(copies.bare.parent, "clone", "-q", str(copies.bare), str(fresh))
    seen = {
        copies.run(place, "group", "history", "1/safety", "--json").out
        for place in (fresh, *copies.copy.values())
    }
    (text,) = seen
    assert [item["answers"][0]["rationale"][:19] for item in json.loads(text)["rounds"]] == ["Sekret rationale 01", "Sekret rationale 02"]  # fmt: skip
    assert json.loads(copies.run(fresh, "group", "verify", "--json").out)["sound"] is True


def test_what_commands_say_before_the_reveal_does_not_depend_on_the_answers(
    tmp_path: Path, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for number, (mark, credence) in enumerate((("hopeless", 0.1), ("plausible", 0.9))):
        place = tmp_path / str(number)
        write_sample(place)
        (place / "ontology" / "scale.yaml").write_text(WIDE, "utf-8")
        (place / "readers.yaml").write_text("".join(f"- handle: {name}\n" for name in READERS), "utf-8")
        git(place, "init", "-q", "-b", "main")
        save(place, "Start")
        monkeypatch.chdir(place)
        cruxmap_command("group", "plan", "--question", QUESTION, "--date", "2026-03-05", "--name", "watching")
        cruxmap_command("group", "open")
        for reader in READERS:
            for cell in CELLS:
                cruxmap_command("group", "rate", "--reader", reader, "--cell", cell, "--mark", mark, "--assumption",
                                "A1", "--credence", str(credence), "--set", f"A2={credence}")  # fmt: skip
            assert cruxmap_command("group", "commit", "--reader", reader).code == 0
        said.append([(words, foreseeable(text, place)) for words, text in outputs(cruxmap_command)])
    for one, other in zip(*said, strict=True):
        assert one == other


def foreseeable(text: str, place: Path) -> str:
    """Without the name of the folder, and what is different in each run: hashes, ids of events, times."""
    text = text.replace(str(place), "HERE")
    return re.sub(r"\b[0-9a-f]{8,64}\b|\d{2}:\d{2}(:\d{2})?(\.\d+)?(\+00:00|Z)?", "…", text)
