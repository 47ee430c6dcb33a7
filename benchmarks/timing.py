"""Time commands and functions in turns, so that a drifting machine treats both sides alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Pair(NamedTuple):
    """Median seconds of ours and theirs, and the median of the ratios of neighbouring runs."""

    ours: float
    theirs: float
    ratio: float


def command_seconds(command: Sequence[str], cwd: str | Path | None = None) -> float:
    """Wall-clock seconds of one run of a command whose output is thrown away."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment())
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """Environment of the measured commands: byte code may be cached, as for every installed program."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def function_seconds(function: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def median_seconds(function: Callable[[], object], runs: int) -> float:
    """Median seconds of some calls after a warm-up."""
    function()
    return statistics.median(function_seconds(function) for _ in range(runs))


def compare(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> Pair:
    """Measure both sides in turns after one warm-up each."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    ratio = statistics.median(own / other for own, other in pairs)
    ours_median = statistics.median(own for own, _ in pairs)
    return Pair(ours_median, statistics.median(other for _, other in pairs), ratio)


def compare_functions(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> Pair:
    """Measure two functions in turns after one warm-up each."""
    return compare(lambda: function_seconds(ours), lambda: function_seconds(theirs), runs)


def head() -> None:
    """Print what the columns of the rows mean."""
    print(f"{'measurement':<78} {'ours':>10} {'theirs':>10} {'ratio':>7}")


def report(subject: str, pair: Pair, bound: float | None) -> bool:
    """Print one row and tell whether the ratio keeps its bound, if there is one."""
    kept = bound is None or pair.ratio <= bound
    figures = f"{pair.ours:8.4f} s {pair.theirs:8.4f} s {pair.ratio:7.4f}"
    print(f"{subject:<78} {figures}{_verdict(kept, bound, '')}", flush=True)
    return kept


def report_seconds(subject: str, seconds: float, bound: float | None) -> bool:
    """Print one row and tell whether the time keeps its bound in seconds, if there is one."""
    kept = bound is None or seconds <= bound
    print(f"{subject:<78} {seconds:8.4f} s{'':19}{_verdict(kept, bound, ' s')}", flush=True)
    return kept


def _verdict(kept: bool, bound: float | None, unit: str) -> str:
    return "" if bound is None else f"  (at most {bound:g}{unit}: {'kept' if kept else 'BROKEN'})"
