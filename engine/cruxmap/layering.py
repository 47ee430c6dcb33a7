"""Read the files of all layers into raw entries, and merge what a workspace overrides, before validation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cruxmap.corpus import WORKSPACE_FILE, Layer, SourceFile
from cruxmap.problems import Problem
from cruxmap.yamlread import Document, KeyMark, Mark, locate, read_bytes

SCHEMA_VERSION = 1


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


def parse(layers: tuple[Layer, ...], files: list[SourceFile]) -> RawCorpus:
    """Read the files into raw entries and merge what overrides the layers below.

    An entry of an upper layer that says `override: true` holds only what it changes: its mappings are merged
    into those of the entry with the same id, lists whose items have ids are merged item by item, and
    everything else is replaced. Several files may change one entry, in the order of the files.
    """
    corpus = RawCorpus(name=layers[-1].root.resolve().name, layers=layers)
    for file in files:
        take(corpus, file)
    _apply_overrides(corpus)
    return corpus


def take(corpus: RawCorpus, file: SourceFile) -> None:
    """Read one file into a corpus: its entries, or what is wrong with it."""
    if file.problem:
        corpus.problems.append(file.problem)
        return
    document = read_bytes(file.data, file.shown)
    corpus.problems.extend(document.problems)
    if document.value is not None:
        _sort_in(corpus, document, file)


def _sort_in(corpus: RawCorpus, document: Document, file: SourceFile) -> None:
    # In the top folder of a revision the name follows `HEAD~1:` without a slash.
    name = Path(file.shown.rpartition(":")[2]).name
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
    newer = isinstance(written, str) and re.fullmatch("[0-9]{1,9}", written) and int(written) > SCHEMA_VERSION
    message = f"the entries follow schema {written!r}, this cruxmap reads schema {SCHEMA_VERSION}"
    hint = "install a newer cruxmap" if newer else f"write `schema: {SCHEMA_VERSION}`"
    corpus.problems.append(Problem(path, line, column, "E019", message, hint))


def _apply_overrides(corpus: RawCorpus) -> None:
    merged: list[RawEntry] = []
    index: dict[str, int] = {}
    changed: set[str] = set()
    for raw in corpus.entries:
        wanted = raw.data.get("id")
        if "override" not in raw.data:
            if isinstance(wanted, str):
                index.setdefault(wanted, len(merged))
            merged.append(raw)
            continue
        data = {key: value for key, value in raw.data.items() if key != "override"}
        base = merged[index[wanted]] if isinstance(wanted, str) and wanted in index else None
        if (
            raw.data["override"] != "true"
            or base is None
            or (base.layer == raw.layer and wanted not in changed)
        ):
            path, line, column = raw.position(("override",))
            message = f"there is no entry {wanted!r} in the extended corpus to override"
            corpus.problems.append(
                Problem(path, line, column, "E020", message, "remove `override` to add an entry")
            )
            continue
        value, mark = _merge(base.data, base.mark, data, raw.mark, raw.path)
        merged[index[str(wanted)]] = RawEntry(value, mark, base.path, raw.layer)
        changed.add(str(wanted))
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
            children[key] = (
                KeyMark(children[key].line, children[key].column, merged)
                if same_file
                else KeyMark(line, column, merged)
            )
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
            data[number], children[number] = _merge(data[number], children[number], value, mark, path)  # type: ignore[arg-type]
    return data, base_mark._replace(children=children)  # type: ignore[arg-type]


def _ids(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in items)
