"""New workspaces and new entries from templates: sound as they are, with comments that say what to write."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cruxmap.corpus import WORKSPACE_FILE, builtin_root, find_workspace
from cruxmap.errors import CruxmapError
from cruxmap.model.fields import ENTRY_ID, id_fault
from cruxmap.writing import FileExistsAlreadyError, write_new
from cruxmap.yamlwrite import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cruxmap.knowledge import KnowledgeBase

FOLDERS: Mapping[str, str] = {
    "proposal": "proposals",
    "risk": "proposals/risks",
    "strategy": "proposals/strategies",
    "finding": "proposals/evidence",
    "criterion": "ontology/criteria",
    "assumption": "ontology/assumptions",
    "factor": "ontology/factors",
}
"""Kind of entry that can be started from a template -> the folder that its file goes into."""


class NotAnIdError(CruxmapError):
    """A name cannot serve as the id of an entry."""

    code = "E106"

    def __init__(self, name: str) -> None:
        message, hint = id_fault(name)
        super().__init__(f"{message}: {hint}")


class IdTakenError(CruxmapError):
    """An id is used by another entry already."""

    code = "E909"

    def __init__(self, name: str, place: str) -> None:
        super().__init__(f"the id {name!r} is used already, in {place}; choose another one")


class NoOwnWorkspaceError(CruxmapError):
    """Something would be written into the built-in corpus."""

    code = "E907"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is no workspace of your own; start one with `cruxmap init DIR` and name it by "
            "--workspace"
        )
        self.path = path


def own_workspace(path: str | Path | None) -> Path:
    """Find the workspace that may be written into: one with `cruxmap.yaml`, never the built-in corpus.

    Raises
    ------
    NoOwnWorkspaceError
        When the workspace found is the built-in corpus or has no `cruxmap.yaml`.
    WorkspaceNotFoundError
        When there is no such folder.
    """
    root = find_workspace(path)
    if root.resolve() == builtin_root().resolve() or not (root / WORKSPACE_FILE).is_file():
        raise NoOwnWorkspaceError(root)
    return root


def start_workspace(folder: Path) -> list[Path]:
    """Write a new workspace that extends the built-in corpus.

    Parameters
    ----------
    folder : Path
        Missing or empty.

    Returns
    -------
    list of Path
        What was written, in the order of a directory listing.

    Raises
    ------
    FileExistsAlreadyError
        When the folder holds anything, or is a file.
    """
    if folder.is_symlink() and not folder.exists():
        raise FileExistsAlreadyError(folder, "it is a link that leads nowhere; nothing was written")
    if folder.exists() and not folder.is_dir():
        raise FileExistsAlreadyError(folder, "it is a file; choose the name of a new folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsAlreadyError(folder, "it is not empty; choose the name of a new folder")
    name = folder.resolve().name or "my group"
    files = {folder / place: text for place, text in _WORKSPACE.items()}
    files[folder / WORKSPACE_FILE] = _SETTINGS.replace("@NAME", scalar(name))
    write_new(files)
    return sorted(files)


@contextlib.contextmanager
def workspace_started_for(folder: Path) -> Iterator[bool]:
    """Start a workspace for what is about to be written into it, unless there is something already.

    Parameters
    ----------
    folder : Path
        Left as it is when it holds anything.

    Yields
    ------
    bool
        Whether a workspace was started. It is taken away again when the block fails.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        yield False
        return
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    written = start_workspace(folder)
    try:
        yield True
    except BaseException:
        _take_away(written, folder, missing)
        raise


def _take_away(written: list[Path], folder: Path, missing: list[Path]) -> None:
    """Remove files and the folders that were made for them; what others put there meanwhile stays."""
    for path in written:
        path.unlink(missing_ok=True)
    below = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for place in [*below, *missing]:
        with contextlib.suppress(OSError):
            place.rmdir()


_WORKSPACE = {
    ".gitignore": "# Answers that are not revealed yet, and caches: private to each reader.\n.cruxmap/\n",
    "ontology/README.md": (
        "Criteria, scales, assumptions and terms of this group: `cruxmap new criterion ID`,\n"
        "`cruxmap new assumption ID`.\n"
    ),
    "proposals/README.md": (
        "Proposals, strategies, risks and findings of this group, and changes to entries of the corpus\n"
        "(`override: true`): `cruxmap new proposal ID`.\n"
    ),
    "sessions/README.md": "One folder per meeting, such as `2026-03-05-inner-alignment/`.\n",
    "readers.yaml": """\
# Who reads along: a handle, and how each wants to be named after a reveal. Handles name files; they need not
# be anybody's name.
#
# - handle: reader-a
#   name: Reader A
# - handle: reader-b
#   name: anonymous # an alias is shown, even where others are named
#   alias: Kestrel # the alias wished for
[]
""",
}

_SETTINGS = """\
# A workspace of cruxmap: it adds to the built-in corpus and changes it, without copying it.
name: @NAME

# `builtin` shows all entries of the corpus beside those of this folder; `nothing` starts from an empty map.
extends: builtin

# Criteria in use, in the order of the columns. Without this line: all of the corpus and of this folder.
# criteria: [outer-alignment, inner-alignment, training-competitiveness, performance-competitiveness]
"""


def new_entry(kind: str, name: str, workspace: str | Path | None = None) -> tuple[Path, ...]:
    """Write the template of an entry into a workspace.

    Parameters
    ----------
    kind : str
        A key of `FOLDERS`.
    name : str
        The id of the entry: lower-case words joined by hyphens.
    workspace : path, optional
        Found as always when not given; see `own_workspace`.

    Returns
    -------
    tuple of Path
        The file of the entry first, then the schema beside it if there was none yet.

    Raises
    ------
    NotAnIdError, IdTakenError, NoOwnWorkspaceError, FileExistsAlreadyError
        When the id cannot be used, or there is a file in the way.
    """
    from cruxmap.loading import load
    from cruxmap.model.schema import schema_text

    if not re.fullmatch(ENTRY_ID, name) or len(name) > 64:
        raise NotAnIdError(name)
    root = own_workspace(workspace)
    kb = load(root)
    if name in kb.positions:
        place = kb.positions[name]
        raise IdTakenError(name, f"{place.path}:{place.line}")
    target = root / FOLDERS[kind] / f"{name}.yaml"
    schema = root / "ontology" / "schema" / f"{kind}.schema.json"
    modeline = f"# yaml-language-server: $schema={Path(os.path.relpath(schema, target.parent)).as_posix()}\n"
    files = {target: modeline + _filled(kind, name, kb)}
    if not schema.exists():
        files[schema] = schema_text(kind)
    write_new(files, "edit that file, or choose another id")
    return tuple(files)


def _filled(kind: str, name: str, kb: KnowledgeBase) -> str:
    """Put id, title and what the workspace has into the template of a kind."""
    text = (Path(__file__).parent / "entry_templates" / f"{kind}.yaml").read_text(encoding="utf-8")
    values = _values(name, kb)
    return re.sub(r"@([A-Z]+)", lambda match: values[match[1]], text)


def _values(name: str, kb: KnowledgeBase) -> dict[str, str]:
    title = name.replace("-", " ").capitalize()
    criteria = kb.criteria
    criterion = criteria[0].id if criteria else ""
    return {
        "ID": name,
        "TITLE": scalar(title),
        "SHORT": scalar(title[:16].strip()),
        "CRITERIA": ", ".join(item.id for item in criteria) or "none yet; `cruxmap new criterion ID`",
        "SCALE": _scale(kb),
        "ASSESSMENT": _assessment(name, criterion, kb) if criterion else " {}",
    }


def _scale(kb: KnowledgeBase) -> str:
    from cruxmap.model.vocabulary import Scale

    scales = [item.id for item in kb.of_kind(Scale)]
    return "stance" if "stance" in scales or not scales else scales[0]


def _assessment(name: str, criterion: str, kb: KnowledgeBase) -> str:
    scale: Any = kb.scale_of(criterion)
    stance = next((mark.id for mark in scale.marks if mark.id in ("open", "unknown")), scale.levels[0].id)
    known = ", ".join([*(level.id for level in scale.levels), *(mark.id for mark in scale.marks)])
    return f"""
  {criterion}:
    # One of: {known}
    stance: {stance}
    # Why this stance, in one sentence.
    # reason: ...
    pro:
      - id: {name}.for.1
        text: A reason why {name} meets the criterion.
        reading: ours
        # Statements that must hold for this reason to count: `cruxmap list assumption`.
        # assumes: [...]
    con:
      - id: {name}.against.1
        text: A reason why {name} does not meet the criterion.
        reading: ours
        # Statements that switch this worry off when they hold.
        # unless: [...]"""


__all__ = ["FOLDERS", "new_entry", "own_workspace", "start_workspace", "workspace_started_for"]
