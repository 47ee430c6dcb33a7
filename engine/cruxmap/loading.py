"""Load a workspace: read, merge, validate, check, and remember the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap import __version__, corpus, snapshot
from cruxmap.errors import BrokenCorpusError
from cruxmap.knowledge import KnowledgeBase, Position
from cruxmap.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.layering import RawCorpus, RawEntry
    from cruxmap.model.entries import Entry


def load(path: str | Path | None = None, *, strict: bool = True, remember: bool = True) -> KnowledgeBase:
    """Load the knowledge base of a workspace.

    Parameters
    ----------
    path : path, optional
        Folder of the workspace; by default found as `cruxmap.corpus.find_workspace` says, ending at the
        built-in corpus.
    strict : bool
        Refuse a workspace with errors. With False the result holds what is valid, and its `problems`.
    remember : bool
        Use and write the snapshot of an unchanged workspace.

    Returns
    -------
    KnowledgeBase

    Raises
    ------
    WorkspaceNotFoundError
        When there is no such workspace.
    BrokenCorpusError
        When `strict` and any file has an error.

    Examples
    --------
    >>> kb = load()
    >>> kb.stance(kb.proposals[2], "inner-alignment").word
    'plausible'
    """
    root = corpus.find_workspace(path)
    layers = corpus.layers_of(root)
    builtin = len(layers) == 1 and root == corpus.builtin_root()
    name = "built-in corpus" if builtin else root.resolve().name
    return load_layers(layers, name, strict=strict, remember=remember)


def load_layers(
    layers: tuple[corpus.Layer, ...], name: str, *, strict: bool = True, remember: bool = True
) -> KnowledgeBase:
    """Load the knowledge base that layers make up; see `load`.

    Parameters
    ----------
    layers : tuple of Layer
        The lowest first.
    name : str
        Name of the workspace, unless its settings say another one.
    """
    files = list(corpus.source_files(layers))
    key = corpus.fingerprint(files, f"{__version__} {snapshot.form()}")
    kept = snapshot.load(key) if remember else None
    if kept is None:
        kept = _read(layers, files)
        if remember and not kept.problems:
            snapshot.store(key, kept)
    roots = tuple(layer.root for layer in layers)
    named = str(kept.settings.get("name") or name)
    kb = KnowledgeBase(named, roots, kept.entries, kept.positions, tuple(kept.problems), kept.settings)
    errors = [problem for problem in kept.problems if problem.severity is Severity.ERROR]
    if strict and errors:
        raise BrokenCorpusError(errors)
    return kb


def _read(layers: tuple[corpus.Layer, ...], files: list[corpus.SourceFile]) -> snapshot.Kept:
    from cruxmap.layering import parse

    raw = parse(layers, files)
    entries, positions, problems = build(raw)
    return snapshot.Kept(dict(entries), positions, problems, raw.settings)


def build(raw: RawCorpus) -> tuple[dict[str, Entry], dict[str, Position], list[Problem]]:
    """Validate raw entries, index their positions, and run every rule over the result.

    Returns
    -------
    entries : dict
        The valid entries by id, in the order of the files.
    positions : dict
        See `KnowledgeBase.positions`.
    problems : list of Problem
        Sorted by file and line.
    """
    from cruxmap.model.validation import validate
    from cruxmap.rules import Checked, run_rules

    entries: dict[str, Entry] = {}
    sources: dict[str, RawEntry] = {}
    repeated: list[tuple[str, RawEntry]] = []
    problems = list(raw.problems)
    for item in raw.entries:
        entry, faults = validate(item.data)
        problems += [
            Problem(*item.position(fault.steps), fault.code, fault.message, fault.hint) for fault in faults
        ]
        if entry is None:
            continue
        if entry.id in entries:
            repeated.append((entry.id, item))
            continue
        entries[entry.id] = entry
        sources[entry.id] = item
    checked = Checked(entries, sources, repeated)
    problems += run_rules(checked)
    return entries, checked.positions, sorted(set(problems))
