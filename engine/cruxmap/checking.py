"""Check a workspace, a folder or single files, and explain the codes of problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap import corpus
from cruxmap.errors import UnknownIdError, WorkspaceNotFoundError
from cruxmap.layering import RawCorpus, parse, take
from cruxmap.model.fields import ENTRY_ID, id_fault
from cruxmap.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes
    ----------
    entries, statements, arguments : int
        Size of what was checked.
    problems : tuple of Problem
        Sorted by file and line.
    """

    entries: int
    statements: int
    arguments: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings do not count."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def check(paths: Sequence[str | Path] = (), workspace: str | Path | None = None) -> Report:
    """Read, validate and check everything, without any snapshot of earlier runs.

    Parameters
    ----------
    paths : sequence of path
        Folders are checked as workspaces of their own. Files are read and validated by themselves first;
        when that finds nothing they are checked together with the workspace, and only their problems are
        reported. Without paths the whole workspace is checked.
    workspace : path, optional
        The workspace that files belong to; found as always when not given.

    Returns
    -------
    Report

    Raises
    ------
    WorkspaceNotFoundError
        When a path does not exist or a folder holds no workspace.
    """
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    files = [Path(path) for path in paths if not Path(path).is_dir()]
    for file in files:
        if not file.exists() and not file.is_symlink():
            raise WorkspaceNotFoundError(file, "there is no such file or folder")
    reports = [_check_layers(corpus.layers_of(corpus.find_workspace(folder)), []) for folder in folders]
    alone = _problems_of_files(files)
    if alone:
        reports.append(Report(0, 0, 0, tuple(alone)))
    elif files or not folders:
        reports.append(_check_layers(corpus.layers_of(corpus.find_workspace(workspace)), files))
    problems = tuple(sorted({problem for report in reports for problem in report.problems}))
    return Report(
        sum(report.entries for report in reports),
        sum(report.statements for report in reports),
        sum(report.arguments for report in reports),
        problems,
    )


def _problems_of_files(paths: Sequence[Path]) -> list[Problem]:
    """What is wrong with files by themselves; the cheapest refusals come first and need no model."""
    raw = RawCorpus("", ())
    for path in paths:
        take(raw, corpus.single_file(path, 0))
    if raw.problems:
        return raw.problems
    named = [(item, item.data["id"]) for item in raw.entries if isinstance(item.data.get("id"), str)]
    misnamed = [(item, name) for item, name in named if not re.match(ENTRY_ID, name)]
    if misnamed:
        return [Problem(*item.position(("id",)), "E106", *id_fault(name)) for item, name in misnamed]
    from cruxmap.model.validation import validate

    return [
        Problem(*item.position(fault.steps), fault.code, fault.message, fault.hint)
        for item in raw.entries
        for fault in validate(item.data)[1]
        if "override" not in item.data
    ]


def _check_layers(layers: tuple[corpus.Layer, ...], extra: Sequence[Path]) -> Report:
    found = list(corpus.source_files(layers))
    wanted: set[str] = set()
    for path in extra:
        known = next((file for file in found if _same_file(layers, file, path)), None)
        if known is None:
            known = corpus.single_file(path, len(layers) - 1)
            found.append(known)
        wanted.add(known.shown)
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.loading import build

    raw = parse(layers, found)
    entries, _, problems = build(raw)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _contradictions(raw, KnowledgeBase("", (), entries, {}, settings=raw.settings))
    if extra:
        problems = [problem for problem in problems if problem.path in wanted]
        own = {item.data.get("id") for item in raw.entries if item.path in wanted}
        entries = {name: entry for name, entry in entries.items() if name in own}
    kb = KnowledgeBase("", (), entries, {})
    return Report(len(entries), len(kb.statements), len(kb.arguments), tuple(problems))


def _contradictions(raw: RawCorpus, kb: KnowledgeBase) -> list[Problem]:
    """Sentences and expectations of the workspace that the data does not bear out.

    Those of the corpus it extends speak about that corpus: a group that adds a proposal or changes a stance
    does not have to rewrite them.
    """
    own = {item.data["id"]: item for item in raw.entries if item.layer == len(raw.layers) - 1}
    if not any(getattr(kb.entries[name], "expect", {}) != {} for name in own):
        return []
    from cruxmap.synthesis import contradictions

    return [
        Problem(*own[found.entry].position(found.steps), found.code, found.message, found.hint)
        for found in contradictions(kb, own)
    ]


def _same_file(layers: tuple[corpus.Layer, ...], file: corpus.SourceFile, path: Path) -> bool:
    layer = layers[file.layer]
    return (layer.root / file.shown.removeprefix(layer.shown)).resolve() == path.resolve()


def explain(code: str) -> str:
    """Return the manual page of the code of a problem or an error.

    Raises
    ------
    UnknownIdError
        When there is no such code.
    """
    from cruxmap.rules import rules
    from cruxmap.rules.codes import CODES

    wanted = code.upper()
    pages = CODES | {name: (module.__doc__ or "").strip() for name, module in rules().items()}
    if wanted not in pages:
        raise UnknownIdError(code, "code", sorted(pages), ambiguous=False)
    return pages[wanted]
