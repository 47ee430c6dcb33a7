"""Load a workspace as it is in a folder, or as it was at a revision of the git repository that holds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from cruxmap import corpus
from cruxmap.errors import BrokenCorpusError, CruxmapError
from cruxmap.limits import MAX_BYTES, MAX_FILES
from cruxmap.loading import load_layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase

REGULAR = ("100644", "100755")
"""Modes of what git keeps as regular files; links and submodules are never read."""

SECONDS = 60
"""Time that one call of git may take."""


class RevisionError(CruxmapError):
    """A revision of the workspace cannot be read."""

    code = "E950"


class GitMissingError(RevisionError):
    """Git is not installed."""

    code = "E951"

    def __init__(self, wanted: str) -> None:
        super().__init__(f"there is no folder {wanted!r}, and it is no revision: git is not installed")


class NoRepositoryError(RevisionError):
    """The workspace is in no git repository."""

    code = "E952"

    def __init__(self, wanted: str, root: Path) -> None:
        super().__init__(
            f"there is no folder {wanted!r}, and it is no revision: {root} is in no git repository"
        )


class UnknownRevisionError(RevisionError):
    """The repository has no such commit, tag or branch."""

    code = "E953"

    def __init__(self, wanted: str, repository: Path) -> None:
        super().__init__(f"{wanted!r} is neither a folder nor a commit, tag or branch of {repository}")


class EmptyRevisionError(RevisionError):
    """The workspace did not exist at a revision."""

    code = "E954"

    def __init__(self, wanted: str, inside: str) -> None:
        super().__init__(f"the revision {wanted!r} holds no workspace in {inside or 'its top folder'}")


class BrokenSideError(BrokenCorpusError):
    """One side of a comparison has errors."""

    def __init__(self, name: str, error: BrokenCorpusError) -> None:
        super().__init__(error.problems)
        shown = "; ".join(problem.render() for problem in error.problems[:5])
        more = f"; {len(error.problems) - 5} more" if len(error.problems) > 5 else ""
        self.args = (f"{name} has errors, so nothing is compared: {shown}{more}",)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One side of a comparison.

    Attributes
    ----------
    name : str
        How the user named it, or `the working tree`.
    commit : str or None
        Full hash of the commit, for a revision.
    """

    name: str
    commit: str | None
    kb: KnowledgeBase


def load_side(wanted: str | None, workspace: str | Path | None = None) -> Loaded:
    """Load a folder, a revision of the workspace, or the workspace as it is now.

    Parameters
    ----------
    wanted : str or None
        A folder, or else a commit, tag or branch; None for the workspace as it is.
    workspace : path, optional
        The workspace that revisions are of; found as always when not given.

    Raises
    ------
    WorkspaceNotFoundError
        When a folder holds no workspace.
    RevisionError
        When something is neither a folder nor a revision, or the revision holds no workspace.
    BrokenSideError
        When files of the side have errors.
    """
    if wanted is None or Path(wanted).is_dir():
        root = corpus.find_workspace(workspace if wanted is None else wanted)
        name = "the working tree" if wanted is None else wanted
        return Loaded(name, None, _load(corpus.layers_of(root), name))
    root = corpus.find_workspace(workspace)
    repository = _Repository.holding(root, wanted)
    commit = repository.commit(wanted)
    with repository.written(commit, wanted) as folder:
        *below, own = corpus.layers_of(folder)
        layers = (*below, own._replace(shown=f"{wanted}:{repository.inside}"))
        return Loaded(wanted, commit, _load(layers, wanted))


def _load(layers: tuple[corpus.Layer, ...], name: str) -> KnowledgeBase:
    try:
        return load_layers(layers, name)
    except BrokenCorpusError as error:
        raise BrokenSideError(name, error) from None


class _Blob(NamedTuple):
    """A file that git keeps: its object and its path inside the workspace."""

    object: str
    path: PurePosixPath


@dataclass(frozen=True, slots=True)
class _Repository:
    """A git repository, and where in it the workspace lies: `inside` is empty or ends with a slash."""

    git: str
    top: Path
    inside: str

    @classmethod
    def holding(cls, root: Path, wanted: str) -> _Repository:
        git = shutil.which("git")
        if git is None:
            raise GitMissingError(wanted)
        found = _run(git, root, "rev-parse", "--show-toplevel", "--show-prefix")
        if found.returncode:
            raise NoRepositoryError(wanted, root)
        top, _, inside = os.fsdecode(found.stdout).removesuffix("\n").partition("\n")
        return cls(git, Path(top), inside)

    def commit(self, wanted: str) -> str:
        """Full hash of what a name stands for."""
        asked = f"{wanted}^{{commit}}"
        found = _run(self.git, self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
        commit = found.stdout.decode(errors="replace").strip()
        if found.returncode or not commit:
            raise UnknownRevisionError(wanted, self.top)
        return commit

    @contextmanager
    def written(self, commit: str, wanted: str) -> Iterator[Path]:
        """The files of the workspace at a commit, in a temporary folder."""
        blobs = self._blobs(commit)
        if not blobs:
            raise EmptyRevisionError(wanted, self.inside)
        if len(blobs) > MAX_FILES:
            raise RevisionError(f"the revision {wanted!r} has more than {MAX_FILES} files")
        with tempfile.TemporaryDirectory(prefix="cruxmap-") as name:
            folder = Path(name)
            for blob, data in zip(blobs, self._contents(blobs), strict=True):
                target = folder / blob.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            yield folder

    def _blobs(self, commit: str) -> list[_Blob]:
        wanted = [f"{self.inside}{name}" for name in (corpus.WORKSPACE_FILE, *corpus.FOLDERS)]
        found = _run(self.git, self.top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted)
        if found.returncode:
            raise RevisionError(f"git cannot list {commit}: {_said(found)}")
        blobs = []
        for line in filter(None, os.fsdecode(found.stdout).split("\0")):
            described, _, path = line.partition("\t")
            mode, _, name = described.split()
            inside = PurePosixPath(path.removeprefix(self.inside))
            is_safe = not inside.is_absolute() and ".." not in inside.parts
            if mode in REGULAR and is_safe and inside.suffix in (".yaml", ".yml"):
                blobs.append(_Blob(name, inside))
        return blobs

    def _contents(self, blobs: list[_Blob]) -> Iterator[bytes]:
        asked = "".join(f"{blob.object}\n" for blob in blobs).encode()
        found = _run(self.git, self.top, "cat-file", "--batch", given=asked)
        if found.returncode:
            raise RevisionError(f"git cannot read the files: {_said(found)}")
        rest = found.stdout
        for _ in blobs:
            head, _, rest = rest.partition(b"\n")
            size = int(head.split()[2])
            # One byte too many is enough for the reader to refuse the file by its own rule.
            yield rest[: min(size, MAX_BYTES + 1)]
            rest = rest[size + 1 :]


def _run(
    git: str, folder: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, without a shell, and without the user's watchers and pagers."""
    command = [git, "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(  # noqa: S603 - fixed commands; names of revisions follow --end-of-options
            command, input=given, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise RevisionError(f"git failed: {error}") from None


def _said(found: subprocess.CompletedProcess[bytes]) -> str:
    return found.stderr.decode(errors="replace").strip().partition("\n")[0] or f"exit {found.returncode}"
