"""What was just added, taken away again: only as long as nothing in the practice names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.records import Clinician, Room, Staff
from clinic.rules.permissions import Permission
from clinic.storage import keys
from clinic.values import Refusal

if TYPE_CHECKING:
    from clinic.records.base import Base
    from clinic.storage.work import Work
    from clinic.values import ClinicianId, RoomId, StaffId


def room(work: Work, room: RoomId) -> None:
    """Undo that a room was added; one with visits stays."""
    work.require(Permission.PRACTICE_CHANGE)
    _take_away(work, work.get(Room, room))


def colleague(work: Work, staff: StaffId, *, reason: str) -> None:
    """Undo that somebody was taken on; whoever has a way in, or visits, stays."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    record = work.get(Staff, staff)
    if any(person.staff == staff for person in keys.people(work.vault.path)):
        raise Refusal("still_named", kind=Staff.__tablename__, id=staff)
    _take_away(work, record)
    work.note("reason", f"staff/{staff}", {"reason": reason})


def clinician(work: Work, clinician: ClinicianId) -> None:
    """Undo that a clinician was taken into the directory; one who signed or was written to stays."""
    work.require(Permission.LETTER_SEE)
    _take_away(work, work.get(Clinician, clinician))


def _take_away(work: Work, record: Base) -> None:
    kind, key = record.__tablename__, record.id  # type: ignore[attr-defined]
    work.run(text("PRAGMA defer_foreign_keys = OFF"))  # the file is to object now, not when all is done
    work.session.delete(record)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Refusal("still_named", kind=kind, id=key) from error
