"""The pictures of docs/tui.md show what the terminal UI shows today."""

from __future__ import annotations

import subprocess
import sys

from conftest import REPOSITORY


def test_the_pictures_of_the_manual_are_current() -> None:
    script = [sys.executable, str(REPOSITORY / "docs" / "tui_pictures.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
