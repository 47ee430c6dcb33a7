"""A reader's file is read strictly: every mistake is reported at its place, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY
from cruxmap.credences import read_credences
from cruxmap.errors import BrokenCorpusError, UsageError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.reader_files import Conditional, GivenMark, read_reader, read_readers

GOOD = """\
reader: reader-x
credences:
  A5: 0.8
  3/inner: 0.4
marks:
  3/inner: {mark: doubtful..plausible, hinges: [A5, A6], assumption: A5}
conditionals:
  - {verdict: 3/inner, crux: A5, p_u: 0.3, p_c: 0.5, p_u_given_c: 0.4}
"""

CELL = "imitative-amplification-rat/inner-alignment"
GRADIENT = "rat-gives-consistent-gradient"


def test_a_file_gives_credences_marks_and_conditionals(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(GOOD, encoding="utf-8")
    found = read_reader(kb, path)
    assert found.reader == "reader-x"
    assert found.credences == {GRADIENT: 0.8, CELL: 0.4}
    assert found.marks == {
        CELL: GivenMark("doubtful..plausible", (GRADIENT, "oversight-signal-not-overfitted"))
    }
    assert found.conditionals == (Conditional(CELL, GRADIENT, 0.3, 0.5, 0.4),)
    assert read_credences(kb, path) == found.credences


def test_a_reader_without_a_handle_is_called_like_the_file(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "reader z.yaml"
    path.write_text("credences: {A5: 0}\n", encoding="utf-8")
    assert read_reader(kb, path).reader == "reader z"


@pytest.mark.parametrize(
    ("text", "place", "code", "message"),
    [
        ("credences: [A5]\n", "1:1", "E301", "a mapping `credences:`"),
        ("marks: {}\n", "1:1", "E301", "a mapping `credences:`"),
        ("- A5\n", "1:1", "E301", "a mapping with `credences:`"),
        ("credences:\n  A5: 1.2\n", "2:3", "E302", "between 0 and 1"),
        ("credences:\n  A5: nan\n", "2:3", "E302", "between 0 and 1"),
        ("credences:\n  A5: [0.2]\n", "2:3", "E302", "a number between 0 and 1"),
        ("credences:\n  A99: 0.2\n", "2:3", "E302", "there is no entry, statement or argument 'A99'"),
        (f"credences:\n  A5: 0.2\n  {GRADIENT}: 0.2\n", "3:3", "E304", "has a credence above"),
        ("credences: {}\nreader: '?'\n", "2:1", "E303", "is no handle"),
        ("credences: {}\nreader: [a]\n", "2:1", "E303", "is no handle"),
        ("credences: {}\nmark: {}\n", "2:1", "E303", "there is no key 'mark' here"),
        ("credences: {}\nmarks: []\n", "2:1", "E303", "a mapping from cells"),
        ("credences: {}\nmarks:\n  A5: {mark: open}\n", "3:3", "E302", "'A5' is no cell"),
        ("credences: {}\nmarks:\n  3/inner: open\n", "3:3", "E303", "write {mark: plausible"),
        ("credences: {}\nmarks:\n  3/inner: {mark: nice}\n", "3:13", "E305", "'nice' is not on the scale"),
        ("credences: {}\nmarks:\n  3/inner: {mark: open, hinges: A5}\n", "3:25", "E303", "is a list"),
        ("credences: {}\nmarks:\n  3/inner: {mark: open, hinges: [A99]}\n", "3:34", "E302", "'A99'"),
        ("credences: {}\nmarks:\n  3/inner: {mark: open, why: x}\n", "3:25", "E303", "no key 'why'"),
        ("credences: {}\nconditionals: {}\n", "2:1", "E303", "is a list"),
        ("credences: {}\nconditionals:\n  - {crux: A5}\n", "3:5", "E303", "has the keys verdict, crux"),
    ],
)
def test_what_is_wrong_is_reported_at_its_line_and_column(
    kb: KnowledgeBase, tmp_path: Path, text: str, place: str, code: str, message: str
) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenCorpusError) as caught:
        read_reader(kb, path)
    assert f"{path}:{place}: {code}: " in str(caught.value)
    assert message in str(caught.value)


def test_everything_wrong_in_a_file_is_collected(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text("credences: {A5: 7, A98: 0.1}\nmarks: {3/inner: {mark: x}}\n", encoding="utf-8")
    with pytest.raises(BrokenCorpusError) as caught:
        read_reader(kb, path)
    assert [problem.code for problem in caught.value.problems] == ["E302", "E302", "E305"]


def test_two_conditionals_on_one_crux_contradict_each_other(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    line = GOOD.splitlines()[-1]
    path.write_text(f"{GOOD}{line}\n", encoding="utf-8")
    with pytest.raises(BrokenCorpusError, match=r":9:5: E304: there is a conditional of"):
        read_reader(kb, path)


def test_two_files_may_not_speak_for_one_reader(kb: KnowledgeBase, tmp_path: Path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in paths:
        path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(UsageError, match="both speak for reader-x"):
        read_readers(kb, paths)


def test_the_sample_readers_can_be_read_and_say_that_they_are_samples(kb: KnowledgeBase) -> None:
    paths = sorted((REPOSITORY / "docs" / "examples").glob("reader-*.yaml"))
    assert [item.reader for item in read_readers(kb, paths)] == ["reader-a", "reader-b", "reader-c"]
    assert all(path.read_text(encoding="utf-8").startswith("# A sample, made up") for path in paths)
