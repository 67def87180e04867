"""What a benchmark says: a figure, the size it was measured at, and the target it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.yardstick import Latency, Pair

MS = 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """A practice to measure on."""

    name: str
    clients: int
    visits: int
    therapists: int


S = Size("S", 800, 25_000, 1)
M = Size("M", 20_000, 400_000, 12)
L = Size("L", 200_000, 4_000_000, 120)
XL = Size("XL", 1_000_000, 0, 1)
"""A town to be searched only."""
SIZES = {size.name: size for size in (S, M, L, XL)}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report."""

    id: str
    operation: str
    size: Size
    measured: float
    unit: str
    target: float | None = None
    """At most this, or at least this where more is better; none where the figure is only told."""
    note: str = ""
    more_is_better: bool = False

    def __str__(self) -> str:
        figure = f"{self.measured:,.2f} {self.unit}"
        what = f"{self.id:<5} {self.operation:<46} {self.size.name:<2}"
        return f"{what} {figure:>14}  {self.verdict:<24} {self.note}".rstrip()

    @property
    def verdict(self) -> str:
        """Whether the target is reached, or by how much it is missed."""
        if self.target is None:
            return ""
        sign = "≥" if self.more_is_better else "≤"
        missed = self.target / self.measured if self.more_is_better else self.measured / self.target
        return f"{sign} {self.target:g}: " + ("met" if missed <= 1 else f"missed by {missed - 1:.0%}")


def ratio(
    id_: str, operation: str, size: Size, pair: Pair, target: float | None = None, *, of: str = "the anchor"
) -> Row:
    """Report a pair of times as their ratio, with both medians beside it."""
    note = f"{pair.contender * MS:,.3g} ms against {pair.anchor * MS:,.3g} ms of {of}"
    return Row(id_, operation, size, pair.ratio, "×", target, note)


def wait(id_: str, operation: str, size: Size, latency: Latency, target_ms: float | None = None) -> Row:
    """Report a latency by its p99, with the p50 beside it."""
    note = f"p50 {latency.p50 * MS:,.3g} ms"
    if latency.worked:
        note += f", the processor's p99 {latency.worked * MS:,.3g} ms"
    return Row(id_, operation, size, latency.p99 * MS, "ms p99", target_ms, note)


def count(id_: str, operation: str, size: Size, counted: int, target: int | None = None) -> Row:
    """Report how often something was done, which does not jitter."""
    return Row(id_, operation, size, counted, "", target)


def memory(id_: str, operation: str, size: Size, mib: float, target_mib: float | None = None) -> Row:
    """Report memory held."""
    return Row(id_, operation, size, mib, "MiB", target_mib)
