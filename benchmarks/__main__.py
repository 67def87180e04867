"""Runs the benchmarks named, or all: each file ``bench_<noun>.py`` gives the rows it measures at a size."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from benchmarks import practices
from benchmarks.report import SIZES, memory
from benchmarks.yardstick import peak_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.report import Row, Size


class Benchmark(Protocol):
    """What a benchmark's file has to have."""

    def rows(self, size: Size) -> Iterator[Row]:
        """Measure at this size; nothing where the size makes no difference."""
        ...


def found() -> list[str]:
    """Name the benchmarks there are."""
    return sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))


def measure(name: str, size: Size) -> None:
    """Measure one file at one size, in this process, and print each row as soon as it is known."""
    benchmark = cast("Benchmark", importlib.import_module(f"benchmarks.bench_{name}"))
    for row in benchmark.rows(size):
        print(row, flush=True)
    print(memory("", f"  memory at most, measuring {name}", size, peak_memory()), flush=True)


def main(words: Sequence[str]) -> int:
    """Measure what was asked for, each file and size in a process of its own, so that none warms another."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(found()))
    parser.add_argument("--size", action="append", choices=SIZES, help="default: S and M")
    asked = parser.parse_args(words)
    names, sizes = asked.names or found(), asked.size or ["S", "M"]
    if unknown := set(names) - set(found()):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    with practices.shelf():
        return _measured(names, sizes)


def _measured(names: Sequence[str], sizes: Sequence[str]) -> int:
    if len(names) == len(sizes) == 1:
        measure(names[0], SIZES[sizes[0]])
        return 0
    print(f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores")
    print("Ratios are medians of interleaved pairs; × is against the anchor named in the note.")
    failed = 0
    for name in names:
        for size in sizes:
            failed |= subprocess.call([sys.executable, "-m", "benchmarks", name, "--size", size])
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
