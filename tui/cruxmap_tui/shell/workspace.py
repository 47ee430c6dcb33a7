"""The workspace on disk: read it, and notice when its files change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from cruxmap import corpus
from cruxmap.errors import CruxmapError
from cruxmap.loading import load
from cruxmap.problems import Severity

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.problems import Problem

Stamps = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Loaded:
    """What reading a workspace gave: a knowledge base, or what is wrong with its files.

    Attributes
    ----------
    kb : KnowledgeBase or None
        None when any file has an error.
    problems : tuple of Problem
        Errors, by file and line.
    failure : str
        Why the workspace could not be read at all; empty when it could.
    stamps : dict
        The files as they stood before they were read.
    """

    kb: KnowledgeBase | None
    problems: tuple[Problem, ...]
    failure: str
    stamps: Stamps

    @property
    def message(self) -> str:
        """The first problem and the number of others; empty when there is none."""
        if self.failure or not self.problems:
            return self.failure
        rest = len(self.problems) - 1
        more = f"  (and {rest} more)" if rest else ""
        return self.problems[0].render() + more


_SESSIONS = (
    "readers.yaml",
    "sessions/*/session.yaml",
    *(f"sessions/*/{folder}/*.yaml" for folder in ("steps", "commitments", "responses")),
)


def read_stamps(path: str | None) -> Stamps:
    """Return modification times and sizes of all files; empty when the workspace is gone.

    What tells how far a group's sessions are is among them: with a reveal the group gets a voice.
    """
    try:
        root = corpus.find_workspace(path)
        found = corpus.stamps(corpus.layers_of(root))
        for file in chain.from_iterable(root.glob(pattern) for pattern in _SESSIONS):
            state = file.stat()
            found[str(file)] = (state.st_mtime_ns, state.st_size)
    except (CruxmapError, OSError):
        return {}
    return found


def read_workspace(path: str | None) -> Loaded:
    """Read a workspace; whatever is wrong with it is part of the result."""
    stamps = read_stamps(path)
    try:
        kb = load(path, strict=False)
    except (CruxmapError, OSError) as error:
        return Loaded(None, (), str(error), stamps)
    errors = tuple(problem for problem in kb.problems if problem.severity is Severity.ERROR)
    return Loaded(None if errors else kb, errors, "", stamps)
