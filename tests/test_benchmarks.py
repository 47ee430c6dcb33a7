"""The benchmarks run, on small input and without bounds: what they compare must agree, whatever the machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import REPOSITORY


@pytest.mark.parametrize("script", ["bench_gradual.py", "bench_corpus.py"])
def test_a_benchmark_agrees_with_what_it_compares(script: str) -> None:
    run = [sys.executable, str(REPOSITORY / "benchmarks" / script), "--quick"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
    done = subprocess.run(run, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "BROKEN" not in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_copies_of_the_corpus_are_a_sound_workspace_of_their_shape(tmp_path: object) -> None:
    program = (
        "import sys; from pathlib import Path; from grown_corpus import write_workspace;"
        "from cruxmap import load; folder = Path(sys.argv[1]); write_workspace(folder, 2);"
        "print(len(load(folder, remember=False).arguments) / len(load().arguments))"
    )
    paths = os.pathsep.join(str(REPOSITORY / folder) for folder in ("benchmarks", "engine"))
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert 1.8 < float(done.stdout) <= 2.0
