"""Backups, and how long the window stands still while long work is done."""

from __future__ import annotations

from itertools import count, pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from benchmarks import practices
from benchmarks.practices import DATA_KEY, YEAR
from benchmarks.report import MS, Row, ratio
from benchmarks.yardstick import in_memory, on_disk, pairs, spread
from clinic.office import year_end
from clinic.storage import backup, connection, keyring, keys
from ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.report import Size
    from clinic.office.desk import Desk
    from clinic.values import Progress

TICK_MS = 5
STOP_AFTER_MS = 1_500
QUICK = ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF")


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    with on_disk() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield _copying(size, folder, desk)
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _standing_still(size, folder, desk)


def _copying(size: Size, folder: Path, desk: Desk) -> Row:
    keyring.write(desk.vault.path, keyring.Ring(keys.fingerprint(DATA_KEY), generation=0, slots=()))
    turns = count()

    def ours() -> None:
        backup.back_up(desk.vault, folder / f"ours-{next(turns)}")

    def theirs() -> None:
        copy = connection.make(folder / f"theirs-{next(turns)}", DATA_KEY, settings=QUICK)
        source = desk.vault.raw()
        source.backup(copy)
        for check in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
            copy.execute(f"PRAGMA {check}").fetchall()
        source.close()
        copy.close()

    return ratio(
        "B21",
        "verified backup, on disk",
        size,
        pairs(ours, theirs, 3, clock=perf_counter),
        1.3,
        of="backup and check",
    )


def _standing_still(size: Size, folder: Path, desk: Desk) -> Iterator[Row]:
    """Let a clock of five milliseconds tick in the window's thread while a year is written, then stop it."""
    application = QGuiApplication.instance() or QGuiApplication(["bench", "-platform", "offscreen"])
    runner = Runner()
    runner.sit_down(desk)
    ticks: list[float] = []
    asked: list[float] = []
    clock = QTimer(interval=TICK_MS)
    clock.timeout.connect(lambda: ticks.append(perf_counter()))

    def write(desk: Desk, progress: Progress) -> float:
        try:
            year_end.export(desk, YEAR, folder / "set", clients=practices.filed(size), progress=progress)
        finally:
            asked.append(perf_counter())
        return 0.0

    job = runner.long_do(write, lambda _: None, words="")
    runner.ended.connect(lambda _: None)

    def stop() -> None:
        asked.append(perf_counter())
        job.stop()

    QTimer.singleShot(STOP_AFTER_MS, stop)
    QTimer.singleShot(STOP_AFTER_MS * 2, application.quit)
    clock.start()
    application.exec()
    clock.stop()
    runner.close()
    gaps = [later - sooner for sooner, later in pairwise(ticks)]
    told = f"p99 {spread(gaps).p99 * MS:,.3g} ms"
    yield Row("B24", "longest stall of the window, year-end", size, max(gaps) * MS, "ms", 100, told)
    yield Row("B24", "from Cancel to stopped", size, (asked[-1] - asked[0]) * MS, "ms", 1_000)
