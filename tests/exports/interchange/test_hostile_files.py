"""Files that harm or confuse: one message with a place, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from conftest import Result
from cruxmap.checking import check
from cruxmap.cli import cli
from cruxmap.cli.diagnostics import run
from cruxmap_exports.interchange.argdown import read

Command = Callable[..., Result]


@pytest.fixture
def group(tmp_path: Path) -> Path:
    root = tmp_path / "group"
    (root / "ontology").mkdir(parents=True)
    (root / "cruxmap.yaml").write_text("name: group\nextends: nothing\n", encoding="utf-8")
    text = "- {kind: assumption, id: start, title: Start, text: We start., reading: ours}\n"
    (root / "ontology" / "start.yaml").write_text(text, encoding="utf-8")
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def archive(size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * size)
    return stream.getvalue()


BAD = {
    "latin-1": ("argdown", "a.argdown", "[Gr\xfcn]: text\n".encode("latin-1"), (1, 4)),
    "utf-16": ("argdown", "a.argdown", "[A]: text\n".encode("utf-16"), (1, 1)),
    "escape": ("argdown", "a.argdown", b"[A]: fine\n\n[B]: \x1b[31mred\n", (3, 6)),
    "nul": ("tgf", "a.tgf", b"a\nb\x00\n#\n", (2, 2)),
    "empty argdown": ("argdown", "a.argdown", b"", None),
    "deep json": ("aif", "a.json", b"[" * 100_000, (1, 65)),
    "deep json in a value": ("json", "a.json", b'{"nodes": ' + b'{"a":' * 5000, (1, 326)),
    "deep yaml": ("gsn", "a.yaml", b"G1: " + b"[" * 100_000, (1, 36)),
    "alias bomb": ("gsn", "a.yaml", b"A: &a {text: x}\nG1: *a\n", (1, 4)),
    "duplicate key": ("carneades", "a.yaml", b"statements: {a: x, a: y}\narguments: {}\n", (1, 20)),
    "repeated json key": ("aif", "a.json", b'{"nodes": [], "nodes": []}', None),
    "no json": ("aif", "a.json", b'{"nodes": [}', (1, 12)),
    "nan": ("json", "a.json", b'{"nodes": [{"id": "a", "base": NaN}], "edges": []}', None),
    "long number": ("json", "a.json", b'{"nodes": [{"id": "a", "base": ' + b"9" * 6000 + b"}]}", None),
    "duplicate id": ("json", "a.json", b'{"nodes": [{"id": "a"}, {"id": "a"}], "edges": []}', None),
    "edge to nowhere": ("json", "a.json", b'{"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b", "kind": "attack"}]}', None),
    "wrong type": ("aif", "a.json", b'{"nodes": 5}', None),
    "attack of nobody": ("apx", "a.apx", b"arg(a).\natt(a,c).\n", (2, 7)),
    "huge framework": ("iccma", "a.af", b"p af 9000000\n", None),
    "score out of range": ("qbaf", "a.json", b'{"arguments": [{"id": "a", "base": 7}]}', (1, 36)),
    "no grid": ("grid", "a.pdf", b"%PDF", None),
    "no xlsx": ("grid", "a.xlsx", b"PK not really", None),
    "zip bomb": ("grid", "a.xlsx", archive(80 * 1024 * 1024), None),
    "hollow xlsx": ("grid", "a.xlsx", archive(10), None),
    "latin-1 grid": ("grid", "a.csv", "Proposal,Mark\nGr\xfcn,x\n".encode("latin-1"), (2, 3)),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gives_one_message_with_its_place_and_changes_nothing(
    case: str, group: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    kind, name, data, place = BAD[case]
    path = tmp_path / name
    path.write_bytes(data)
    before = everything(group)
    result = cruxmap_command("import", kind, str(path), "--into", str(group), "--json")
    assert result.code == 2, result
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    error = json.loads(result.out)["error"]
    assert path.name in error["message"]
    if place:
        assert (error["line"], error["column"]) == place, error
    assert everything(group) == before


@pytest.mark.parametrize("kind", ["grid", "argdown", "aif", "gsn", "tgf", "qbaf"])
def test_missing_files_folders_and_huge_files_are_refused(
    kind: str, group: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    suffix = {
        "grid": "csv",
        "argdown": "argdown",
        "aif": "json",
        "gsn": "yaml",
        "tgf": "tgf",
        "qbaf": "json",
    }[kind]
    missing, folder, huge = (tmp_path / f"{word}.{suffix}" for word in ("missing", "folder", "huge"))
    folder.mkdir()
    with huge.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    for path, words in (
        (missing, "no such file"),
        (folder, "not a regular file"),
        (huge, "larger than 8 MiB"),
    ):
        result = cruxmap_command("import", kind, str(path), "--into", str(group))
        assert (result.code, words in result.err) == (2, True), result.err


HOSTILE_TEXTS = [
    "\u202eevil\u2066",
    "</script><b>",
    "{{7*7}}",
    "=1+1",
    "a: b # c",
    "- [x]",
    "'\"\\",
    "%YAML",
    "*alias",
    "&anchor",
    "!!tag",
    "---",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_arrive_as_text(text: str, group: Path, tmp_path: Path) -> None:
    data = {"nodes": [{"id": "a", "title": text, "text": text}, {"id": "b", "text": "x"}],
            "edges": [{"source": "a", "target": "b", "kind": "attack"}]}  # fmt: skip
    path = tmp_path / "map.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run(cli, ["import", "json", str(path), "--into", str(group), "--json"]) == 0
    assert check([group]).ok
    texts = [getattr(entry, "text", "") for entry in cruxmap.load(group, remember=False).entries.values()]
    assert text in texts


def test_circles_and_attacks_on_oneself_are_data(
    group: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    path = tmp_path / "circle.tgf"
    names = [f"a{number}" for number in range(300)]
    attacks = [f"{first} {second}" for first, second in zip(names, [*names[1:], names[0]], strict=True)]
    path.write_text("\n".join([*names, "#", *attacks, "a0 a0"]) + "\n", encoding="utf-8")
    assert cruxmap_command("import", "tgf", str(path), "--into", str(group)).code == 0
    report = check([group])
    assert (report.ok, report.arguments) == (True, 301)


def test_a_long_title_a_long_text_and_many_equal_titles_are_cut_and_kept(
    group: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    nodes = [
        {"id": str(number), "title": "Same title " * 30, "text": "long text " * 300} for number in range(5)
    ]
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    result = cruxmap_command("import", "json", str(path), "--into", str(group), "--json")
    assert (result.code, len(json.loads(result.out)["losses"])) == (0, 5)
    assert check([group]).ok


@pytest.mark.parametrize("target", ["out.doc", "out.carneades.yaml"])
def test_convert_says_which_formats_it_writes(target: str, tmp_path: Path, cruxmap_command: Command) -> None:
    source = tmp_path / "a.tgf"
    source.write_text("a\n#\n", encoding="utf-8")
    result = cruxmap_command("convert", str(source), "--to", str(tmp_path / target))
    assert result.code == 2
    assert result.err.startswith("cruxmap: ")
    assert not (tmp_path / target).exists()


def test_a_target_that_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a.tgf", tmp_path / "a.apx"
    source.write_text("a\n#\n", encoding="utf-8")
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cruxmap.writing.os.fsync", full)
    result = cruxmap_command("convert", str(source), "--to", str(target), "--force")
    assert (result.code, "No space left" in result.err) == (2, True)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.apx", "a.tgf"]


@pytest.mark.parametrize(
    "part", ["*a ", "*a* ", "_a_", "[x", "/*", "<!--", "{", "#(", "@[", "@<", "=", "// ", "\\"]
)
def test_long_lines_of_opening_marks_are_read_in_linear_time(part: str, tmp_path: Path) -> None:
    path = tmp_path / "map.argdown"

    def seconds(times: int) -> float:
        path.write_text(f"[Good]: fine\n\n[A]: x {part * times}\n", encoding="utf-8")
        start = time.process_time()
        assert "Good" in {node.id for node in read(path).nodes}
        return time.process_time() - start

    seconds(10)
    # Eight times the length takes some eight times as long; quadratic reading would take 64 times.
    assert seconds(40_000) < 30 * max(seconds(5_000), 0.02)
