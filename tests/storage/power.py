"""What lies on the disk after the power went out: all that was synced, and of the rest whatever the disk had done.

Between two syncs a disk may have written any of the sectors it was given, in any order, and of a page
only some. A commit in the log is synced before it is acknowledged; a checkpoint writes pages of which the synced
log still holds a copy. From pictures of both files before and after each step, this module makes the states that
a power loss in between may leave.
"""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from clinic.office import till
from clinic.office.charges import Charge
from clinic.storage.vault import Vault
from clinic.values import ClientId, LineKind, Method, Money
from tests import practices

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

SECTOR = 512
LOG_HEAD = 32
GARBAGE = 0.02
"""One sector in fifty; a disk leaves alone what stood in a sector before it was written anew."""
FULL = 2
"""What `PRAGMA synchronous` answers where each commit is synced before it is acknowledged."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Both files at one moment, and the receipts acknowledged by then."""

    file: bytes
    log: bytes
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """What a power loss left: the receipts that must be there, and those that may be."""

    file: bytes
    log: bytes
    must: frozenset[str]
    may: frozenset[str]


def pictures(practice: Path, steps: int, dice: random.Random) -> Iterator[tuple[Picture, Picture]]:
    """Take money, fold the log now and then, and give the files before and after each step."""
    desk = practices.sit_down(practice)
    try:
        told: frozenset[str] = frozenset()
        before = synced = _picture(practice, told)
        careful = _careful(desk)
        for step in range(steps):
            folding = dice.random() < 0.25
            if folding:
                with closing(desk.vault.raw()) as opened:
                    opened.execute("PRAGMA wal_checkpoint(PASSIVE)")
            else:
                told |= {_take_money(desk, f"o-{step}")}
            after = _picture(practice, told)
            yield (before if careful else replace(synced, told=before.told)), after
            before = after
            if folding:
                synced = after
    finally:
        desk.close()


def states(before: Picture, after: Picture, many: int, dice: random.Random) -> Iterator[State]:
    """Make what may lie there if the power goes out between two pictures."""
    for _n in range(many):
        if before.log == after.log:
            file = _torn(before.file, after.file, dice)
            yield State(file, before.log, after.told, frozenset())
        else:
            # A log begun anew has its head synced before anything else is written into it.
            log = _torn(after.log[:LOG_HEAD] + before.log[LOG_HEAD:], after.log, dice)
            yield State(before.file, log, before.told, after.told - before.told)


def found(state: State, practice: Path, data_key: bytes, folder: Path) -> Vault:
    """Lay a state out as a practice file to open."""
    folder.mkdir()
    path = folder / practice.name
    for ending in (".keys", ".keys.copy", ".mark"):
        shutil.copy(practice.with_name(practice.name + ending), folder)
    path.write_bytes(state.file)
    if state.log:
        path.with_name(f"{path.name}-wal").write_bytes(state.log)
    return Vault(path, data_key)


def _take_money(desk: Desk, operation: str) -> str:
    task = partial(
        till.check_out,
        operation=operation,
        client=ClientId("c-own"),
        charges=[Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12_500))],
        tenders=[till.Tender(Method.CASH, Money(12_500))],
    )
    return str(desk.writing(task)[0].number)


def _careful(desk: Desk) -> bool:
    with desk.vault.connect(reading=True) as opened:
        return bool(opened.exec_driver_sql("PRAGMA synchronous").scalar_one() == FULL)


def _picture(practice: Path, told: frozenset[str]) -> Picture:
    # Another process reads: to close a file of one's own would let go of the locks that SQLite holds on it.
    both = [
        subprocess.run(["cat", str(part)], check=False, capture_output=True).stdout
        for part in (practice, practice.with_name(f"{practice.name}-wal"))
    ]
    return Picture(both[0], both[1], told)


def _torn(old: bytes, new: bytes, dice: random.Random) -> bytes:
    """Write some of the sectors that differ, leave the others; what was never written before may be garbage."""
    torn = bytearray(old.ljust(max(len(old), len(new)), b"\0"))
    share = dice.random()
    written = len(old)
    for at in range(0, len(torn), SECTOR):
        piece = new[at : at + SECTOR]
        if old[at : at + SECTOR] == piece:
            continue
        chance = dice.random()
        if chance > share + GARBAGE or (chance > share and at < len(old)):
            continue
        torn[at : at + len(piece)] = piece if chance <= share else dice.randbytes(len(piece))
        written = max(written, at + len(piece))
    return bytes(torn[:written])
