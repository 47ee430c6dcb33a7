"""Find a workspace and the bytes of its files, layer over layer."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.errors import WorkspaceNotFoundError
from cruxmap.limits import MAX_BYTES, MAX_FILES
from cruxmap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKSPACE_FILE = "cruxmap.yaml"
FOLDERS = ("ontology", "proposals")


class Layer(NamedTuple):
    """One folder of entries: the built-in corpus, or a workspace that extends it."""

    root: Path
    shown: str
    """How its files are named in messages."""


class SourceFile(NamedTuple):
    """A file of a layer: its bytes as found, or the problem that kept them from being read."""

    shown: str
    layer: int
    data: bytes
    problem: Problem | None = None


def builtin_root() -> Path:
    """Return the folder of the built-in corpus: inside the installed package, or the checkout it runs from.

    An installed package carries the corpus; one that runs from a checkout, editable installations included,
    has no copy beside it and sees every edit of the checkout at once.
    """
    package = Path(__file__).resolve().parent
    if (package / "data" / "proposals").is_dir():
        return package / "data"
    for folder in package.parents:
        if all((folder / name).is_dir() for name in FOLDERS):
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
            raise WorkspaceNotFoundError(
                root, f"it has no {WORKSPACE_FILE} and no proposals/ or ontology/ folder"
            )
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
    from cruxmap.yamlread import read_file

    document = read_file(settings_file)
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
    """Yield every file of every layer in a stable order; irregular files and links outwards are refused."""
    count = 0
    for number, layer in enumerate(layers):
        root = os.path.realpath(layer.root)
        for folder, names in _yaml_names(layer.root):
            real = os.path.realpath(folder)
            relative = folder.relative_to(layer.root).as_posix()
            prefix = layer.shown if relative == "." else f"{layer.shown}{relative}/"
            for name in names:
                shown = prefix + name
                count += 1
                if count > MAX_FILES:
                    message = f"the workspace has more than {MAX_FILES} files"
                    yield SourceFile(shown, number, b"", Problem(shown, 1, 1, "E017", message))
                    return
                yield _read(folder / name, real, root, shown, number)


def _yaml_names(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder of a layer with the names of its files, in a stable order."""
    if (root / WORKSPACE_FILE).is_file():
        yield root, [WORKSPACE_FILE]
    for name in FOLDERS:
        for folder, subfolders, names in os.walk(root / name):
            subfolders[:] = sorted(
                item for item in subfolders if not item.startswith(".") and item != "schema"
            )
            yield Path(folder), [item for item in sorted(names) if item.endswith((".yaml", ".yml"))]


def stamps(layers: tuple[Layer, ...]) -> dict[str, tuple[int, int]]:
    """Return modification time (ns) and size of every file of some layers, without reading any.

    Two calls differ when a file was changed, added, removed or replaced in between.
    """
    found: dict[str, tuple[int, int]] = {}
    for layer in layers:
        for path in (folder / name for folder, names in _yaml_names(layer.root) for name in names):
            try:
                status = path.stat()
            except OSError:
                found[str(path)] = (0, -1)
            else:
                found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def _read(path: Path, folder: str, root: str, shown: str, layer: int) -> SourceFile:
    """Read a file of a folder whose links are resolved, unless it stands outside the resolved root."""

    def refused(code: str, message: str, hint: str = "") -> SourceFile:
        return SourceFile(shown, layer, b"", Problem(shown, 1, 1, code, message, hint))

    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            folder = str(Path(os.path.realpath(path)).parent)
            status = path.stat()
        if not (folder + os.sep).startswith(root.rstrip(os.sep) + os.sep):
            return refused("E016", "the file is a link that leads out of the workspace", "copy the file")
        if not stat.S_ISREG(status.st_mode):
            return refused("E016", "this is not a regular file")
        if status.st_size > MAX_BYTES:
            return refused("E001", "the file is larger than 1 MiB", "split it into several files")
        with path.open("rb") as stream:
            return SourceFile(shown, layer, stream.read())
    except OSError as error:
        return refused("E016", f"the file cannot be read: {error.strerror or error}")


def fingerprint(files: list[SourceFile], version: str) -> str:
    """Return a digest of everything that the contents of a knowledge base depend on."""
    digest = hashlib.blake2b(version.encode(), digest_size=16)
    for file in files:
        digest.update(
            f"\0{file.layer}\0{file.shown}\0{file.problem}\0{len(file.data)}\0".encode(
                errors="backslashreplace"
            )
        )
        digest.update(file.data)
    return digest.hexdigest()


def single_file(path: Path, layer: int) -> SourceFile:
    """Read a file that belongs to no layer, as if it stood in one."""
    folder = str(Path(os.path.realpath(path)).parent)
    return _read(path, folder, folder, str(path), layer)
