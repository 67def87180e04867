"""Diagnosis codes: what comes up at each key, over the whole table."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING

from benchmarks.report import Row, S, wait
from benchmarks.yardstick import latencies
from clinic.exchange import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Size

TYPED = (
    "low",
    "low back",
    "m54",
    "m54.5",
    "cerv",
    "cervicalgia",
    "pain in left sh",
    "sciat",
    "fibrom",
    "sprain of",
)
ON = date(2026, 11, 18)


def rows(size: Size) -> Iterator[Row]:
    """Measure once: the table is the same in every practice."""
    if size is not S:
        return
    typed = cycle(TYPED)
    codes.search("warm", ON)  # the table is opened when the field is first typed in
    yield wait("", "diagnosis code at a key", size, latencies(lambda: codes.search(next(typed), ON)), 10)
