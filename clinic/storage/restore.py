"""Putting a backup back: into a side file, checked and settled, then in the place of the old one."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from clinic.rules import books
from clinic.storage import checks, connection, disk, envelope, keyring, keys, marks, place, trail
from clinic.storage.backup import STILL
from clinic.storage.troubles import plainly
from clinic.storage.vault import Vault
from clinic.storage.version import HEAD
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.storage.envelope import Papers
    from clinic.storage.marks import Mark, Numbers

A_MOMENT = 0.05


@dataclass(frozen=True, slots=True)
class Loss:
    """What the file in place knows and the backup does not."""

    steps: int
    """Entries of the trail made since the backup."""
    papers: int
    """Numbers given since the backup."""
    since: str
    """When the backup was made, in UTC."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    loss: Loss | None
    """None where there was no file, or none that could be read."""
    old: Path | None
    """Where the file lies that was in place before."""


@plainly()
def foresee(backup: Path, to: Path, data_key: bytes) -> Loss | None:
    """Say what would be lost if this backup took the place of the file there; None if none can be asked."""
    papers = envelope.read(backup)
    if not to.exists():
        return None
    try:
        opened = connection.connect(to, data_key)
    except Trouble as trouble:
        if trouble.code == "damaged_file":
            return None
        raise
    try:
        steps = checks.head(opened).sequence - papers.head.sequence
        given = sum(last - papers.numbers.get(key, 0) for key, last in marks.numbers_in(opened).items())
    except dbapi2.DatabaseError:
        return None
    finally:
        opened.close()
    return Loss(max(steps, 0), max(given, 0), papers.taken_at.isoformat())


@plainly()
def restore(backup: Path, to: Path, data_key: bytes, stamp: trail.Stamp, *, reason: str) -> Restored:
    """Let a backup take the place of a practice; until the very end the old file stays as it was.

    Numbers that may stand on paper since the backup are left out for good. Where no one knows them any more,
    another series begins.
    """
    papers = envelope.read(backup)
    if papers.practice != keys.fingerprint(data_key):
        raise Trouble("other_practice")
    envelope.check_seal(backup, data_key)
    place.check_live(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    disk.sweep(to.parent)
    loss = foresee(backup, to, data_key)
    made = disk.aside(to)
    side = Vault(made, data_key)
    try:
        envelope.take_out(backup, papers, made)
        _check(Vault(made, data_key, settings=STILL), papers)
        mark = _settle(side, _known_mark(to, data_key), stamp, papers, reason)
        side.close()
        _install_keys(to, papers)
        old = _swap(made, to, data_key)
        marks.write(Vault(to, data_key), mark)
    finally:
        side.close()
        disk.discard(made)
    return Restored(loss, old)


def _check(copy: Vault, papers: Papers) -> None:
    """Trust nothing that only claims to be the practice: check it, and that its trail ends where it ended."""
    if papers.version > HEAD:
        raise Trouble("newer_file", found=papers.version, known=HEAD)
    bad = [finding.check for finding in checks.of_file(copy) if not finding.ok]
    opened = copy.raw()
    try:
        if checks.head(opened) != papers.head:
            bad.append("trail")
    finally:
        opened.close()
        copy.close()
    if bad:
        raise Trouble("damaged_backup", checks=bad)


def _known_mark(to: Path, data_key: bytes) -> Mark | None:
    """Find out which numbers may stand on paper: from the mark, and from the file in place if it opens."""
    mark = marks.read_with(to, data_key)
    if not to.exists():
        return mark
    try:
        opened = connection.connect(to, data_key)
    except Trouble as trouble:
        if trouble.code == "damaged_file":
            return mark
        raise
    try:
        numbers, head = marks.numbers_in(opened), checks.head(opened)
    except dbapi2.DatabaseError:
        return mark
    finally:
        opened.close()
    return (mark or marks.Mark()).raised(numbers, head.sequence)


def _settle(side: Vault, known: Mark | None, stamp: trail.Stamp, papers: Papers, reason: str) -> Mark:
    """Bring the copy up to date, and write into it what was restored and which numbers are left out."""
    if papers.version < HEAD:
        from clinic.storage.migrate import bring_up_to_date  # noqa: PLC0415 - alembic is needed on such a day only

        bring_up_to_date(side)
    facts = {"backup": papers.sequence, "reason": reason, "mark": "known" if known else "lost"}
    entries = [trail.Entry("restored", "practice/practice", trail.canonical(facts))]
    with side.connect() as opened, opened.begin():
        numbers: Numbers = marks.numbers_in(opened.connection.driver_connection)
        for (series, year), last in _ahead(numbers, known, stamp):
            before = numbers.get((series, year), 0)
            opened.exec_driver_sql(
                "INSERT INTO counters (series, year, last) VALUES (?, ?, ?)"
                " ON CONFLICT (series, year) DO UPDATE SET last = excluded.last",
                (series, year, last),
            )
            numbers[series, year] = last
            if last > before:
                gap = trail.canonical({"from": before + 1, "to": last})
                entries.append(trail.Entry("numbers_skipped", f"counters/{series}/{year}", gap))
        trail.write(opened, side.audit_key, stamp, entries)
    return marks.Mark(numbers, papers.head.sequence + len(entries))


def _ahead(numbers: Numbers, known: Mark | None, stamp: trail.Stamp) -> list[tuple[tuple[str, int], int]]:
    """List the counters to move: past every number that was given, or to a new series where nobody knows."""
    if known is not None:
        return [(key, last) for key, last in known.numbers.items() if last > numbers.get(key, 0)]
    known_series = {series for series, _ in numbers}
    return [((series, stamp.at.year), 0) for series in books.after_loss(known_series)]


def _install_keys(to: Path, papers: Papers) -> None:
    """Keep the passwords of today where there are any; otherwise those of the backup open the file again."""
    try:
        ring = keyring.read(to)
    except Trouble:
        ring = None
    if ring is not None and ring.practice == papers.practice:
        return
    if ring is not None and to.exists():
        raise Trouble("other_practice")
    keyring.set_aside(to)
    keyring.write(to, papers.ring)


def _swap(made: Path, to: Path, data_key: bytes) -> Path | None:
    """Keep the old file under another name, then let the new one take its place in one step."""
    if not to.exists():
        disk.put_in_place(made, to)
        return None
    _alone(to, data_key)
    old = _unused(to)
    for ending in ("-wal", ""):
        if (part := disk.beside(to, ending)).exists():
            _keep(part, disk.beside(old, ending))
    disk.sync_folder(to.parent)
    for ending in ("-wal", "-shm"):
        disk.beside(to, ending).unlink(
            missing_ok=True
        )  # the old file's log must not be read into the new one
    disk.put_in_place(made, to)
    return old


def _alone(to: Path, data_key: bytes) -> None:
    """Fold the log into the old file, which works only while nobody else has it open."""
    try:
        opened = connection.connect(to, data_key)
    except Trouble as trouble:
        if trouble.code == "damaged_file":
            return
        raise
    deadline = time.monotonic() + connection.PATIENCE
    try:
        while True:
            try:
                opened.execute("PRAGMA journal_mode=DELETE").fetchone()
            except dbapi2.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(A_MOMENT)
            else:
                return
    finally:
        opened.close()


def _unused(to: Path) -> Path:
    n = 1
    while (old := disk.beside(to, f".old-{n}")).exists():
        n += 1
    return old


def _keep(part: Path, old: Path) -> None:
    with suppress(OSError):
        old.hardlink_to(part)
        return
    shutil.copyfile(part, old)
    disk.sync_file(old)
