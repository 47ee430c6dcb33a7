"""A git repository that readers share, without the settings of whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

IDENTITY = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *words: str, stdin: str | None = None) -> str:
    """Run git in a folder, and return what it says."""
    done = subprocess.run(
        ["git", *IDENTITY, *words], cwd=folder, capture_output=True, text=True, check=False, input=stdin,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def save(folder: Path, message: str) -> None:
    """Commit everything that git may see."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def share(folder: Path, message: str) -> None:
    """Commit, merge what others pushed, and push."""
    save(folder, message)
    git(folder, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    git(folder, "push", "-q", "origin", "HEAD:main")


def everything_in(repository: Path) -> str:
    """The content of every object of a repository, of all branches and of what no branch holds any more."""
    batch = git(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    names = [line.split()[0] for line in batch.splitlines() if not line.endswith(" tree")]
    trees = [line.split()[0] for line in batch.splitlines() if line.endswith(" tree")]
    contents = git(repository, "cat-file", "--batch", stdin="\n".join(names) + "\n")
    return contents + "".join(git(repository, "ls-tree", name) for name in trees)
