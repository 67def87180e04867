"""Backups: one encrypted file each, and not called done before it was checked, kept safe and read back."""

from __future__ import annotations

import hmac
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clinic.storage import checks, connection, disk, envelope, keyring, keys, marks
from clinic.storage.envelope import Papers
from clinic.storage.retention import Copy, kept
from clinic.storage.troubles import plainly
from clinic.storage.vault import Vault
from clinic.storage.version import version_of
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.storage.checks import Head
    from clinic.storage.keys import Unlocked
    from clinic.values import Progress

ENDING = ".backup"
NAME = re.compile(r".*-(?P<practice>[0-9a-f]{8})-(?P<sequence>\d{6,})-(?P<at>\d{8}T\d{6}Z)\.backup")
STAMP = "%Y%m%dT%H%M%SZ"
PAGES_AT_ONCE = 500
EVERY = timedelta(hours=1)
STILL = ("PRAGMA journal_mode=DELETE", "PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY")
"""How a copy is looked at: no log is left beside it."""
QUICK = ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF")
"""How a copy is written: it is nothing before it is whole, and then it is brought to the disk at once."""


def own_folder(practice: Path) -> Path:
    """Name the folder in which a practice keeps its backups unless told otherwise."""
    return disk.beside(practice, ".backups")


@plainly()
def back_up(
    vault: Vault, folder: Path | None = None, *, at: datetime | None = None, progress: Progress | None = None
) -> Copy:
    """Make a verified copy of the practice as it is at this moment, while others go on working.

    In the practice's own folder older backups are thinned out; in any other folder nothing is removed.
    """
    own = own_folder(vault.path)
    into = own if folder is None else folder
    taken_at = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    into.mkdir(parents=True, exist_ok=True)
    disk.sweep(into)
    ring = keyring.read(vault.path)
    known = (*copies(own, vault.fingerprint), *copies(into, vault.fingerprint))
    sequence = max((copy.sequence for copy in known), default=0) + 1
    name = f"{vault.path.stem}-{vault.fingerprint}-{sequence:06}-{taken_at:{STAMP}}{ENDING}"
    making = disk.aside(into / name)
    try:
        _copy(vault, making, progress)
        head, numbers, version = _checked(vault, making, _vouched(vault, known))
        papers = Papers(
            practice=vault.fingerprint,
            sequence=sequence,
            taken_at=taken_at,
            size=making.stat().st_size,
            sha256=envelope.digest(making).hex(),
            head=head,
            numbers=numbers,
            version=version,
            ring=ring,
        )
        whole = envelope.attach(making, papers, vault.data_key)
        disk.put_in_place(making, into / name)
        _read_back(into / name, whole)
    finally:
        disk.discard(making)
    if folder is None:
        thin(own, vault.fingerprint)
    return Copy(into / name, sequence, taken_at)


@plainly()
def copies(folder: Path, practice: str = "") -> tuple[Copy, ...]:
    """List the backups of one practice in a folder, or all, the newest last; only their names are looked at."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        name = NAME.fullmatch(path.name)
        if name and practice in {"", name["practice"]}:
            at = datetime.strptime(name["at"], STAMP).replace(tzinfo=UTC)
            found.append(Copy(path, int(name["sequence"]), at))
    return tuple(sorted(found, key=lambda copy: copy.sequence))


def thin(folder: Path, practice: str) -> None:
    """Remove the backups that are no longer needed."""
    all_copies = copies(folder, practice)
    for copy in set(all_copies) - kept(all_copies):
        with suppress(OSError):
            copy.path.unlink()


def last(vault: Vault) -> Copy | None:
    """Say which is the newest backup in the practice's own folder."""
    found = copies(own_folder(vault.path), vault.fingerprint)
    return found[-1] if found else None


@plainly()
def due(vault: Vault, now: datetime) -> bool:
    """Tell whether something changed since the last backup and an hour has passed, whatever the clock did."""
    newest = last(vault)
    if newest is None:
        return True
    if timedelta() <= now - newest.taken_at < EVERY:
        return False
    opened = vault.raw()
    try:
        return checks.head(opened).sequence > envelope.read(newest.path).head.sequence
    finally:
        opened.close()


def inspect(backup: Path) -> Papers:
    """Read what a backup says of itself; no key is needed."""
    return envelope.read(backup)


def unlock(backup: Path, name: str | None, password: str, *, patient: bool = False) -> Unlocked:
    """Open the key of a backup by the password that was a person's when it was made."""
    return keys.unlock_ring(backup, inspect(backup).ring, name, password, patient=patient)


def unlock_recovery(backup: Path, typed: str) -> bytes:
    """Open the key of a backup by the recovery key that was printed when it was made."""
    return keys.unlock_ring_recovery(inspect(backup).ring, typed)


def _copy(vault: Vault, making: Path, progress: Progress | None) -> None:
    """Copy page by page under the same key; the open transaction holds one moment of the file still."""

    def told(_status: int, left: int, total: int) -> None:
        if progress:
            progress(total - left, total)

    source = vault.raw()
    target = connection.make(making, vault.data_key, settings=QUICK)
    try:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=PAGES_AT_ONCE, progress=told)
    finally:
        target.close()
        source.close()


def _vouched(vault: Vault, known: tuple[Copy, ...]) -> Head | None:
    """Find the end of the trail that the last backup checked: what lies before it need not be walked again."""
    for copy in sorted(known, key=lambda copy: copy.sequence, reverse=True)[:1]:
        with suppress(Trouble):
            envelope.check_seal(copy.path, vault.data_key)
            return envelope.read(copy.path).head
    return None


def _checked(vault: Vault, making: Path, vouched: Head | None) -> tuple[Head, marks.Numbers, str]:
    """Check the copy as if it were to be restored, and read from it what must never be forgotten."""
    copy = Vault(making, vault.data_key, settings=STILL)
    try:
        if bad := [finding.check for finding in checks.of_file(copy, vouched=vouched) if not finding.ok]:
            raise Trouble("damaged_file", checks=bad)
        opened = copy.raw()
        try:
            return checks.head(opened), marks.numbers_in(opened), version_of(opened)
        finally:
            opened.close()
    finally:
        copy.close()


def _read_back(path: Path, whole: bytes) -> None:
    if not hmac.compare_digest(envelope.digest(path), whole):
        path.unlink()
        raise Trouble("disk_error")
