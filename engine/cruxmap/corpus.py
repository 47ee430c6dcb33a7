"""Find a workspace and read its files into raw entries, layer over layer, before anything is validated."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cruxmap.errors import WorkspaceNotFoundError
from cruxmap.problems import Problem
from cruxmap.yamlread import MAX_BYTES, Document, KeyMark, Mark, locate, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKSPACE_FILE = "cruxmap.yaml"
FOLDERS = ("ontology", "proposals")
MAX_FILES = 10_000
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of entries: the built-in corpus, or a workspace that extends it."""

    root: Path
    shown: str
    """How its files are named in messages."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The plain mapping of one entry, with the positions of all its values."""

    data: dict[str, Any]
    mark: Mark
    path: str
    layer: int

    def position(self, steps: tuple[str | int, ...] = ()) -> tuple[str, int, int]:
        """File, line and column of a value of the entry."""
        return locate(self.mark, self.path, steps)


@dataclass(slots=True)
class RawCorpus:
    """All raw entries of a workspace, and everything that went wrong on the way."""

    name: str
    layers: tuple[Layer, ...]
    entries: list[RawEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a layer: its bytes as found, or the problem that kept them from being read."""

    shown: str
    layer: int
    data: bytes
    problem: Problem | None = None


def builtin_root() -> Path:
    """Return the folder of the built-in corpus: inside the installed package, or the checkout it runs from.

    An editable installation must see edits at once, so the checkout around the package wins over any copy.
    """
    package = Path(__file__).resolve().parent
    for folder in package.parents:
        if (folder / "pyproject.toml").is_file() and all((folder / name).is_dir() for name in FOLDERS):
            return folder
    return package / "data"


def find_workspace(path: str | Path | None = None) -> Path:
    """Decide which workspace a command works on.

    Parameters
    ----------
    path : path, optional
        What the user named; otherwise `CRUXMAP_WORKSPACE`, the nearest parent folder that holds
        `cruxmap.yaml`, or the built-in corpus.

    Raises
    ------
    WorkspaceNotFoundError
        When a named folder does not exist or holds neither `cruxmap.yaml` nor entries.
    """
    named = path or os.environ.get("CRUXMAP_WORKSPACE")
    if named:
        root = Path(named)
        if not root.is_dir():
            raise WorkspaceNotFoundError(root, "there is no such folder")
        if not (root / WORKSPACE_FILE).is_file() and not any((root / name).is_dir() for name in FOLDERS):
            raise WorkspaceNotFoundError(root, f"it has no {WORKSPACE_FILE} and no proposals/ or ontology/ folder")
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / WORKSPACE_FILE).is_file():
            return folder
    return builtin_root()


def layers_of(root: Path) -> tuple[Layer, ...]:
    """Return the layers that a workspace is made of, lowest first.

    A folder without `cruxmap.yaml` is a whole corpus of its own; one with it extends the built-in corpus
    unless it says `extends: nothing`.
    """
    own = Layer(root, _shown_root(root))
    builtin = builtin_root()
    settings_file = root / WORKSPACE_FILE
    if root.resolve() == builtin.resolve() or not settings_file.is_file():
        return (own,)
    document = read_bytes(settings_file.read_bytes()[: MAX_BYTES + 1], own.shown + WORKSPACE_FILE)
    extends = document.value.get("extends", "builtin") if isinstance(document.value, dict) else "builtin"
    return (own,) if extends == "nothing" else (Layer(builtin, _shown_root(builtin)), own)


def _shown_root(root: Path) -> str:
    """Name a folder the way a user in the current folder would type it, with a final slash."""
    try:
        relative = os.path.relpath(root)
    except ValueError:
        return f"{root}{os.sep}"
    if relative == os.curdir:
        return ""
    return f"{root if relative.startswith('..') else relative}{os.sep}"


def source_files(layers: tuple[Layer, ...]) -> Iterator[SourceFile]:
    """Yield every file of every layer in a stable order, refusing what is not a regular file inside its root."""
    count = 0
    for number, layer in enumerate(layers):
        root = layer.root.resolve()
        for path in _yaml_paths(layer.root):
            shown = layer.shown + path.relative_to(layer.root).as_posix()
            count += 1
            if count > MAX_FILES:
                message = f"the workspace has more than {MAX_FILES} files"
                yield SourceFile(shown, number, b"", Problem(shown, 1, 1, "E017", message))
                return
            yield _read(path, root, shown, number)


def _yaml_paths(root: Path) -> Iterator[Path]:
    settings = root / WORKSPACE_FILE
    if settings.is_file():
        yield settings
    for name in FOLDERS:
        for folder, subfolders, names in os.walk(root / name):
            subfolders[:] = sorted(item for item in subfolders if not item.startswith(".") and item != "schema")
            yield from (Path(folder, item) for item in sorted(names) if item.endswith((".yaml", ".yml")))


def _read(path: Path, root: Path, shown: str, layer: int) -> SourceFile:
    def refused(code: str, message: str, hint: str = "") -> SourceFile:
        return SourceFile(shown, layer, b"", Problem(shown, 1, 1, code, message, hint))

    try:
        if path.is_symlink() and root not in path.resolve().parents:
            return refused("E016", "the file is a link that leads out of the workspace", "copy the file")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return refused("E016", "this is not a regular file")
        if status.st_size > MAX_BYTES:
            return refused("E001", "the file is larger than 1 MiB", "split it into several files")
        return SourceFile(shown, layer, path.read_bytes())
    except OSError as error:
        return refused("E016", f"the file cannot be read: {error.strerror or error}")


def fingerprint(files: list[SourceFile], version: str) -> str:
    """Return a digest of everything that the contents of a knowledge base depend on."""
    digest = hashlib.blake2b(version.encode(), digest_size=16)
    for file in files:
        digest.update(f"\0{file.layer}\0{file.shown}\0{file.problem}\0{len(file.data)}\0".encode())
        digest.update(file.data)
    return digest.hexdigest()


def parse(layers: tuple[Layer, ...], files: list[SourceFile]) -> RawCorpus:
    """Read the files into raw entries and merge what overrides the layers below.

    An entry of an upper layer that says `override: true` holds only what it changes: its mappings are merged
    into those of the entry with the same id, lists whose items have ids are merged item by item, and
    everything else is replaced.
    """
    corpus = RawCorpus(name=layers[-1].root.resolve().name, layers=layers)
    for file in files:
        if file.problem:
            corpus.problems.append(file.problem)
            continue
        document = read_bytes(file.data, file.shown)
        corpus.problems.extend(document.problems)
        if document.value is not None:
            _take(corpus, document, file)
    _apply_overrides(corpus)
    return corpus


def _take(corpus: RawCorpus, document: Document, file: SourceFile) -> None:
    name = Path(file.shown).name
    if name == WORKSPACE_FILE:
        if isinstance(document.value, dict) and file.layer == len(corpus.layers) - 1:
            corpus.settings = document.value
        return
    if name == "version.yaml" and isinstance(document.value, dict) and "schema" in document.value:
        _check_version(corpus, document)
        return
    items = document.value if isinstance(document.value, list) else [document.value]
    marks = document.mark.children if isinstance(document.value, list) else [document.mark]
    for value, mark in zip(items, marks or [], strict=True):
        if not isinstance(mark, Mark):
            continue
        if isinstance(value, dict):
            corpus.entries.append(RawEntry(value, mark, document.path, file.layer))
        else:
            message = "an entry must be a mapping that starts with `kind:` and `id:`"
            corpus.problems.append(Problem(document.path, mark.line, mark.column, "E018", message))


def _check_version(corpus: RawCorpus, document: Document) -> None:
    assert isinstance(document.value, dict)
    written = document.value["schema"]
    if written == str(SCHEMA_VERSION):
        return
    path, line, column = locate(document.mark, document.path, ("schema",))
    newer = isinstance(written, str) and written.isdigit() and int(written) > SCHEMA_VERSION
    message = f"the entries follow schema {written!r}, this cruxmap reads schema {SCHEMA_VERSION}"
    hint = "install a newer cruxmap" if newer else f"write `schema: {SCHEMA_VERSION}`"
    corpus.problems.append(Problem(path, line, column, "E019", message, hint))


def _apply_overrides(corpus: RawCorpus) -> None:
    merged: list[RawEntry] = []
    index: dict[str, int] = {}
    for raw in corpus.entries:
        wanted = raw.data.get("id")
        if "override" not in raw.data:
            if isinstance(wanted, str):
                index.setdefault(wanted, len(merged))
            merged.append(raw)
            continue
        data = {key: value for key, value in raw.data.items() if key != "override"}
        base = merged[index[wanted]] if isinstance(wanted, str) and wanted in index else None
        if raw.data["override"] != "true" or base is None or base.layer == raw.layer:
            path, line, column = raw.position(("override",))
            message = f"there is no entry {wanted!r} in the extended corpus to override"
            corpus.problems.append(Problem(path, line, column, "E020", message, "remove `override` to add an entry"))
            continue
        value, mark = _merge(base.data, base.mark, data, raw.mark, raw.path)
        merged[index[str(wanted)]] = RawEntry(value, mark, base.path, raw.layer)
    corpus.entries = merged


def _merge(base: Any, base_mark: Mark, over: Any, over_mark: Mark, path: str) -> tuple[Any, Mark]:
    if isinstance(base, dict) and isinstance(over, dict):
        return _merge_mappings(base, base_mark, over, over_mark, path)
    if isinstance(base, list) and isinstance(over, list) and _ids(base) and _ids(over):
        return _merge_lists(base, base_mark, over, over_mark, path)
    return over, over_mark._replace(path=path)


def _merge_mappings(base: Any, base_mark: Mark, over: Any, over_mark: Mark, path: str) -> tuple[Any, Mark]:
    data = dict(base)
    children: dict[str, KeyMark] = dict(base_mark.children or {})  # type: ignore[arg-type]
    over_children: dict[str, KeyMark] = over_mark.children or {}  # type: ignore[assignment]
    for key, value in over.items():
        line, column, mark = over_children[key]
        if key in data:
            data[key], merged = _merge(data[key], children[key].value, value, mark, path)
            same_file = merged.path is None
            children[key] = KeyMark(children[key].line, children[key].column, merged) if same_file else KeyMark(line, column, merged)
        else:
            data[key], children[key] = value, KeyMark(line, column, mark._replace(path=path))
    return data, base_mark._replace(children=children)


def _merge_lists(base: Any, base_mark: Mark, over: Any, over_mark: Mark, path: str) -> tuple[Any, Mark]:
    data, children = list(base), list(base_mark.children or [])
    places = {item["id"]: number for number, item in enumerate(base)}
    for value, mark in zip(over, over_mark.children or [], strict=True):
        assert isinstance(mark, Mark)
        number = places.get(value["id"])
        if number is None:
            data.append(value)
            children.append(mark._replace(path=path))
        else:
            data[number], children[number] = _merge(data[number], children[number], value, mark, path)  # type: ignore[arg-type,call-overload]
    return data, base_mark._replace(children=children)  # type: ignore[arg-type]


def _ids(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in items)


def single_file(path: Path, layer: int) -> SourceFile:
    """Read a file that belongs to no layer, as if it stood in one."""
    return _read(path, path.resolve().parent, str(path), layer)
