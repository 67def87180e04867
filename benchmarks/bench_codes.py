"""Diagnosis codes: what comes up at each key, over the whole table."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

from benchmarks.report import Row, S, wait
from benchmarks.yardstick import latencies
from clinic.exchange import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Size

ONE = ("low", "m54", "m54.5", "cerv", "cervicalgia", "sciat", "fibrom")
SEVERAL = ("low back", "pain in left sh", "sprain of", "left knee pa")
ON = date(2026, 11, 18)


def rows(size: Size) -> Iterator[Row]:
    """Measure once: the table is the same in every practice."""
    if size is not S:
        return
    codes.search("warm", ON)  # the table is opened when the field is first typed in
    for said, words in (("one word", ONE), ("several words", SEVERAL)):
        typed = cycle(words)
        task = partial(_search, typed)
        yield wait("", f"diagnosis code at a key, {said}", size, latencies(task), 10)


def _search(typed: Iterator[str]) -> object:
    return codes.search(next(typed), ON)
