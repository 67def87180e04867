"""The year's end: 5,000 receipts with their statements to files, everybody's figures, and the memory they take."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from benchmarks import plain, practices
from benchmarks.practices import YEAR
from benchmarks.report import Row, memory, ratio
from benchmarks.report import count as counted
from benchmarks.yardstick import in_memory, pairs, peak_memory, seconds
from clinic.office import year_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.report import Size
    from clinic.office.desk import Desk
    from clinic.values import ClientId

WARM, PAIRED, TURNS = 40, 400, 1
RAW_YEAR = """
    SELECT payments.client, count(DISTINCT lines.appointment), sum(allocations.amount_cents)
    FROM allocations
    JOIN payments ON payments.id = allocations.payment
    JOIN lines ON lines.id = allocations.line
    WHERE payments.paid_on BETWEEN :first AND :last GROUP BY payments.client
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _whole(size, folder, desk)
        yield from _paired(size, folder, desk)
        yield from _everybody(size, desk)


def _whole(size: Size, folder: Path, desk: Desk) -> Iterator[Row]:
    filed = practices.filed(size)
    _export(desk, folder / "warm", filed[:WARM])
    before = peak_memory()
    took = seconds(lambda: _export(desk, folder / "whole", filed))
    papers = _papers(desk, filed)
    yield memory("B22", f"{papers:,} receipts and their statements, memory", size, peak_memory() - before, 30)
    yield Row("B17", f"{papers:,} receipts and their statements to files", size, took, "s")


def _paired(size: Size, folder: Path, desk: Desk) -> Iterator[Row]:
    some = practices.filed(size)[:PAIRED]
    with plain.noted() as pages:
        _export(desk, folder / "noted", some)
    made = list(folder.glob("noted/*/*.pdf"))
    each = -(-len(pages) // len(made))
    turns = count()

    def ours() -> None:
        _export(desk, folder / f"ours-{next(turns)}", some)

    def theirs() -> None:
        for at, file in enumerate(made):
            plain.write(pages[at * each : (at + 1) * each], folder / f"plain-{file.parent.name}-{file.name}")

    operation = f"{_papers(desk, some):,} receipts with statements, all work"
    yield ratio("B17", operation, size, pairs(ours, theirs, 3), 0.5, of="plain reportlab, ready words")


def _everybody(size: Size, desk: Desk) -> Iterator[Row]:
    raw = desk.vault.raw()

    def grid() -> None:
        desk.reading(partial(year_end.grid, year=YEAR))

    def group() -> None:
        raw.execute(RAW_YEAR, {"first": f"{YEAR}-01-01", "last": f"{YEAR}-12-31"}).fetchall()

    with _statements(desk) as heard:
        pair = pairs(grid, group, TURNS)
    yield ratio("B19", "everybody's year, figures only", size, pair, 5, of="one raw GROUP BY")
    yield counted("B19", "statements put to the file for it", size, len(heard) // (1 + TURNS))
    raw.close()


def _export(desk: Desk, folder: Path, clients: Sequence[ClientId]) -> None:
    year_end.export(desk, YEAR, folder, clients=tuple(clients))


def _papers(desk: Desk, clients: Sequence[ClientId]) -> int:
    marks = ", ".join("?" * len(clients))
    raw = desk.vault.raw()
    counting = "SELECT count(*) FROM papers JOIN invoices ON invoices.id = papers.invoice WHERE client IN"
    found: int = raw.execute(f"{counting} ({marks})", clients).fetchone()[0]
    raw.close()
    return found


@contextmanager
def _statements(desk: Desk) -> Iterator[list[str]]:
    """Note every statement that is put to the file."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        heard.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(desk.vault.engine, "before_cursor_execute", hear)
