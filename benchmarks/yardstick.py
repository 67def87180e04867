"""Ways to measure that hold on a busy machine: interleaved pairs, percentiles, growth, and memory."""

from __future__ import annotations

import gc
import math
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KIB_PER_MIB = 1_024
TMPFS = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_FOR_P99 = 500

Task = Callable[[], object]
Clock = Callable[[], float]

# What the system calls a process's peak includes the memory of the one that started it, so a small one does.
LAUNCHER = """
import os, resource, subprocess, sys, time
begun = time.perf_counter()
failed = subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(failed)
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Contender against anchor: the median seconds of each, and of the ratios of neighbours."""

    contender: float
    anchor: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Latency:
    """What one person waits: half the time at most p50, one time in a hundred p99 or more; in seconds."""

    p50: float
    p99: float
    worked: float = 0
    """What the processor worked for all but one in a hundred: the wait, had the machine nothing else to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A whole process: its seconds and the most memory it held, in MiB."""

    seconds: float
    memory: float


def seconds(task: Task, clock: Clock = perf_counter) -> float:
    """Time one call."""
    begun = clock()
    task()
    return clock() - begun


def pairs(contender: Task, anchor: Task, n: int = 15, *, clock: Clock = process_time) -> Pair:
    """Measure side by side, taking turns at going first, once warmed up.

    By the processor's time, of which a busy machine takes nothing away; where a disk is waited for, by the wall's.
    """
    contender()
    anchor()
    with _no_collector():
        measured = [_pair(contender, anchor, clock, swapped=bool(turn % 2)) for turn in range(n)]
    return _summed_up(measured)


def latencies(task: Task, n: int = ENOUGH_FOR_P99) -> Latency:
    """Measure what a person waits for, one call at a time, the collector running as it would.

    What is there at the beginning is none of its business, as in the window once everything is imported.
    """
    task()
    gc.freeze()
    taken = [_both(task) for _ in range(n)]
    waited = spread([wall for wall, _ in taken])
    return replace(waited, worked=spread([worked for _, worked in taken]).p99)


def _both(task: Task) -> tuple[float, float]:
    begun, worked = perf_counter(), process_time()
    task()
    return perf_counter() - begun, process_time() - worked


def spread(samples: Sequence[float]) -> Latency:
    """Say what half and what all but a hundredth of the samples stayed below."""
    ranked = sorted(samples)
    return Latency(
        *(ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)] for percent in (50, 99)),
    )


def growth(small: float, large: float, factor: float) -> float:
    """Tell how the time grows with size: 0 is flat, 1 is in step, 2 is with the square."""
    return math.log(large / small) / math.log(factor)


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a whole process, and say how long it took and how much memory it held at most."""
    told = subprocess.run(
        [sys.executable, "-S", "-E", "-c", LAUNCHER, *command],
        env={**os.environ, **(environment or {})},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return Run(float(told[0]), _mib(int(told[1])))


def processes(contender: Callable[[], Run], anchor: Callable[[], Run], n: int = 9) -> tuple[Pair, Pair]:
    """Alternate whole processes; answer the pair of their times and the pair of their memory."""
    runs = [(contender(), anchor()) if turn % 2 else (anchor(), contender())[::-1] for turn in range(n)]
    return (
        _summed_up([(ours.seconds, theirs.seconds) for ours, theirs in runs]),
        _summed_up([(ours.memory, theirs.memory) for ours, theirs in runs]),
    )


def peak_memory() -> float:
    """Tell the most memory this process has held so far, in MiB."""
    return _mib(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


@contextmanager
def on_disk() -> Iterator[Path]:
    """Give a folder on the disk, where a sync costs what it costs."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd() / ".venv") as folder:
        yield Path(folder)


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder where a sync is free, so that our own work shows; elsewhere than on Linux a disk's."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=TMPFS if TMPFS.is_dir() else None) as folder:
        yield Path(folder)


def _pair(contender: Task, anchor: Task, clock: Clock, *, swapped: bool) -> tuple[float, float]:
    if swapped:
        theirs = seconds(anchor, clock)
        return seconds(contender, clock), theirs
    return seconds(contender, clock), seconds(anchor, clock)


def _summed_up(measured: Sequence[tuple[float, float]]) -> Pair:
    return Pair(
        median(ours for ours, _ in measured),
        median(theirs for _, theirs in measured),
        median(ours / theirs for ours, theirs in measured),
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _mib(peak: int) -> float:
    return peak / KIB_PER_MIB / (KIB_PER_MIB if sys.platform == "darwin" else 1)
