"""A measure that is wrong misleads more than none."""

from __future__ import annotations

import sys

import pytest

from benchmarks.report import Row, S, ratio, wait
from benchmarks.yardstick import Pair, growth, pairs, peak_memory, processes, run, spread


def test_contender_and_anchor_take_turns_and_nobody_is_always_first() -> None:
    order: list[str] = []
    pairs(lambda: order.append("a"), lambda: order.append("b"), n=4)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab" + "ba"


def test_a_slower_contender_has_a_ratio_above_one() -> None:
    pair = pairs(lambda: sum(range(20_000)), lambda: sum(range(2_000)), n=9)
    assert pair.ratio > 1
    assert pair.contender > pair.anchor


def test_the_slowest_of_two_hundred_is_beyond_p99() -> None:
    latency = spread([*range(1, 200), 10_000])
    assert (latency.p50, latency.p99) == (100, 198)


@pytest.mark.parametrize(("large", "slope"), [(3.0, 0), (30.0, 1), (300.0, 2)])
def test_growth_is_the_slope_on_log_paper(large: float, slope: float) -> None:
    assert growth(3.0, large, 10) == pytest.approx(slope)


def test_a_process_is_timed_and_its_memory_told() -> None:
    light, heavy = (run([sys.executable, "-S", "-c", f"held = bytearray({size})"]) for size in (1, 64 << 20))
    assert heavy.memory - light.memory > 50
    assert light.seconds > 0
    assert peak_memory() > 1


def test_processes_are_compared_by_time_and_memory() -> None:
    small, large = ([sys.executable, "-S", "-c", f"bytearray({size})"] for size in (1, 64 << 20))
    _, memory = processes(lambda: run(large), lambda: run(small), n=2)
    assert memory.ratio > 2


def test_a_missed_target_says_by_how_much() -> None:
    row = ratio("B0", "nothing", S, Pair(0.003, 0.002, 1.5), target=1.2)
    assert row.verdict == "≤ 1.2: missed by 25%"
    assert "3 ms against 2 ms" in str(row)


def test_a_target_that_is_reached_is_met() -> None:
    assert wait("B0", "nothing", S, spread([0.001] * 10), target_ms=16).verdict == "≤ 16: met"
    assert Row("B0", "nothing", S, 40, "×", 20, more_is_better=True).verdict == "≥ 20: met"
