"""Custody: verified copies, a checked restore, and every integrity check there is."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.office.desk import Desk, now
from clinic.office.sign_in import OWNER
from clinic.records import AuditRow, Staff
from clinic.rules.permissions import Permission, Reach, reach
from clinic.storage import backup, checks, trail
from clinic.storage import restore as restoring
from clinic.storage.opening import open_vault
from clinic.storage.work import Actor, Work
from clinic.values import Refusal, Role, StaffId, Trouble

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clinic.storage.checks import Finding
    from clinic.values import Progress

SECOND_PLACE = "second_backup_folder"
"""The preference that names the other folder for backups."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A verified copy, and where it lies."""

    path: Path
    sequence: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What took the place of what."""

    practice: Path
    old: Path | None
    """Where the file lies that was in place before."""
    lost_steps: int
    lost_papers: int


def leave_to_copy(work: Work) -> None:
    """Let somebody make a copy; what they copy stays encrypted."""
    work.require(Permission.BACKUP)


def back_up(desk: Desk, folder: Path | None = None, *, progress: Progress | None = None) -> Copied:
    """Make a verified copy of the practice, in its own folder or in another place."""
    desk.reading(leave_to_copy)
    copy = backup.back_up(desk.vault, folder, at=desk.clock(), progress=progress)
    digest = hashlib.sha256(copy.path.read_bytes()).hexdigest()
    desk.writing(partial(_note_copy, sequence=copy.sequence, digest=digest))
    return Copied(copy.path, copy.sequence, digest)


def _note_copy(work: Work, *, sequence: int, digest: str) -> None:
    work.note("backed_up", "practice/practice", {"sequence": sequence, "sha256": digest})


def last_times(desk: Desk) -> tuple[datetime | None, datetime | None]:
    """Tell by the practice's clock when the newest verified copy was made, and when one was restored to try it."""
    newest = backup.last(desk.vault)
    tried_at, zone = desk.reading(lambda work: (last_tried(work), work.zone))
    return newest.taken_at.astimezone(zone) if newest else None, tried_at


def back_up_if_due(desk: Desk) -> bool:
    """Make a copy if something changed and an hour has passed since the last."""
    if not backup.due(desk.vault, desk.clock()):
        return False
    back_up(desk)
    second, _tried = desk.reading(_second_and_tried)
    if second is not None and second.is_dir():  # a stick that is not plugged in now gets the next one
        back_up(desk, second)
    return True


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy as a list shows it, its time by the practice's clock."""

    path: Path
    sequence: int
    taken_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Copies:
    """Where the verified copies lie, the newest first, and when one was last restored to try it."""

    folder: Path
    own: tuple[Backup, ...]
    second: Path | None
    second_last: Backup | None
    tried_at: datetime | None


def copies(desk: Desk) -> Copies:
    """List the verified copies, those of the second place with them where it can be reached."""
    second, tried_at = desk.reading(_second_and_tried)
    zone = desk.reading(lambda work: work.zone)
    own = backup.own_folder(desk.vault.path)
    there = _backups(desk, second, zone) if second is not None and second.is_dir() else ()
    return Copies(own, _backups(desk, own, zone), second, there[0] if there else None, tried_at)


def _backups(desk: Desk, folder: Path, zone: ZoneInfo) -> tuple[Backup, ...]:
    found = backup.copies(folder, desk.vault.fingerprint)
    return tuple(
        Backup(copy.path, copy.sequence, copy.taken_at.astimezone(zone), copy.path.stat().st_size)
        for copy in reversed(found)
    )


def _second_and_tried(work: Work) -> tuple[Path | None, datetime | None]:
    work.require(Permission.PRACTICE_SEE)
    named = (work.practice.preferences or {}).get(SECOND_PLACE)
    return Path(named) if named else None, last_tried(work)


def choose_second(work: Work, folder: Path | None) -> None:
    """Say where else each copy goes, such as a stick; None for nowhere."""
    work.require(Permission.BACKUP)
    practice = work.practice
    named = None if folder is None else str(folder)
    practice.preferences = {**(practice.preferences or {}), SECOND_PLACE: named}


def last_tried(work: Work) -> datetime | None:
    """Tell by the practice's clock when a backup was last restored to try it."""
    work.require(Permission.PRACTICE_SEE)
    at = work.session.scalar(
        select(func.max(AuditRow.at)).where(
            AuditRow.object == "practice/practice", AuditRow.action == "restore_tried"
        )
    )
    return datetime.fromisoformat(at).astimezone(work.zone) if at else None


def try_restore(desk: Desk, file: Path, *, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Restore a backup to one side, check all of it as if it were the practice, and throw it away again."""
    desk.reading(leave_to_copy)
    own = backup.own_folder(desk.vault.path)
    own.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=own, prefix="trying-") as aside:
        to = Path(aside) / "practice.clinic"
        stamp = trail.Stamp(desk.clock(), "UTC", desk.actor.staff, desk.actor.role.value)
        restoring.restore(file, to, desk.vault.data_key, stamp, reason="tried")
        if progress is not None:
            progress(1, 2)
        vault = open_vault(to, desk.vault.data_key)
        try:
            found = checks.of_practice(vault)
        finally:
            vault.close()
    if all(finding.ok for finding in found):
        desk.writing(lambda work: work.note("restore_tried", "practice/practice"))
    return found


def leave_to_check(work: Work) -> None:
    """Let somebody run the checks; none of them shows health data."""
    work.require(Permission.VERIFY)


def verify(desk: Desk) -> tuple[Finding, ...]:
    """Run every check on the open practice."""
    desk.reading(leave_to_check)
    return checks.of_practice(desk.vault)


@dataclass(frozen=True, slots=True)
class Restorable:
    """A backup that can be restored: when it was made, how large it is, whose passwords open it."""

    path: Path
    taken_at: datetime
    size: int
    people: tuple[str, ...]


def restorable(practice: Path) -> tuple[Restorable, ...]:
    """List the backups beside a practice, even one that can't be opened any more; the newest first."""
    found = []
    for copy in reversed(backup.copies(backup.own_folder(practice))):
        with suppress(Trouble):  # one that can't be read is no choice
            found.append(look_into(copy.path))
    return tuple(found)


def look_into(file: Path) -> Restorable:
    """Tell what a backup says of itself; no password is needed for that."""
    papers = backup.inspect(file)
    people = tuple(slot.name for slot in papers.ring.slots if not slot.is_recovery)
    return Restorable(file, papers.taken_at, papers.size, people)


def foresee(
    file: Path, to: Path, *, person: str | None = None, password: str = "", recovery_key: str = ""
) -> Restored:
    """Tell what would be lost if a backup took the place of a practice; nothing is changed."""
    data_key, _staff = _opened(file, person, password, recovery_key)
    lost = restoring.foresee(file, to, data_key)
    return Restored(to, to if to.exists() else None, lost.steps if lost else 0, lost.papers if lost else 0)


def restore(
    file: Path,
    to: Path,
    *,
    person: str | None = None,
    password: str = "",
    recovery_key: str = "",
    reason: str,
    progress: Progress | None = None,
) -> Restored:
    """Put a verified copy in the place of a practice; only an owner may, and the old file is kept.

    The recovery key that was printed before the backup was made opens it without any password.
    """
    data_key, staff = _opened(file, person, password, recovery_key)
    if progress is not None:
        progress(0, 2)
    role = _role(to, data_key, staff) if to.exists() else Role.OWNER
    if reach(role, Permission.RESTORE) is Reach.NONE:
        raise Refusal("not_allowed", permission=Permission.RESTORE.value)
    if not reason.strip():
        raise Refusal("reason_missing", at="reason")
    stamp = trail.Stamp(now(), "UTC", staff, role.value)
    done = restoring.restore(file, to, data_key, stamp, reason=reason)
    if progress is not None:
        progress(2, 2)
    lost = done.loss
    return Restored(to, done.old, lost.steps if lost else 0, lost.papers if lost else 0)


def _opened(file: Path, person: str | None, password: str, recovery_key: str) -> tuple[bytes, StaffId]:
    """Open a backup's key, and say who did: whoever holds the printed key stands in for the owner."""
    if recovery_key:
        return backup.unlock_recovery(file, recovery_key), OWNER
    unlocked = backup.unlock(file, person, password, patient=True)
    return unlocked.data_key, unlocked.person.staff


def _role(practice: Path, data_key: bytes, staff: StaffId) -> Role:
    """Ask the practice in place what this person may; one that can't be opened can't say no."""
    try:
        vault = open_vault(practice, data_key)
    except Trouble as trouble:
        if trouble.code in {"damaged_file", "wrong_password"}:
            return Role.OWNER
        raise
    try:
        with Work(vault, Actor(staff, Role.BOOKKEEPER), now(), reading=True) as work:
            person = work.session.get(Staff, staff)
            return person.role if person else Role.BOOKKEEPER
    finally:
        vault.close()
