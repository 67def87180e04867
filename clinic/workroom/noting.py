"""Noting: records of notes turned into what they say and back, with the words the search knows them by."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.records import AuditRow
from clinic.records.people import folded
from clinic.rules import notes as rules
from clinic.values import Refusal
from clinic.wording import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from clinic.records import Note
    from clinic.rules.notes import Content
    from clinic.storage.work import Work

GLANCE = timedelta(minutes=30)
"""How long a reason once given opens a client's notes by others."""
OPENED = "notes_opened"
KEPT = (
    "soap",
    "areas",
    "techniques",
    "pressure",
    "measures",
    "marks",
    "treated",
    "products",
    "position",
    "reaction",
    "home_advice",
    "next_visit",
)
"""The columns of a note that hold what it says; the minutes are the visit's."""


def content_of(note: Note, minutes: int | None) -> Content:
    """Read what a note says."""
    return rules.content_of({name: getattr(note, name) for name in KEPT} | {"minutes": minutes})


def write_down(note: Note, content: Content) -> None:
    """Let a note say this."""
    plain = rules.as_kept(content)
    for name in KEPT:
        value = plain.get(name)
        if getattr(note, name) != value:
            setattr(note, name, value)
    note.search_text = search_text(plain, note.addenda or ())


def search_text(note: Mapping[str, Any], addenda: Iterable[Mapping[str, Any]] = ()) -> str:
    """Put together all the words of a note, its marks and areas by name."""
    places = [each["area"] for each in (*(note.get("marks") or ()), *(note.get("treated") or ()))]
    said = [
        *(note.get("soap") or {}).values(),
        *(body.area(place) for place in dict.fromkeys((*places, *(note.get("areas") or ())))),
        *(body.mark(kind) for kind in dict.fromkeys(each["kind"] for each in note.get("marks") or ())),
        *(each["name"] for each in note.get("products") or ()),
        *(note.get(name) or "" for name in ("reaction", "home_advice", "next_visit")),
        *(each["text"] for each in addenda),
    ]
    return folded("\n".join(part for part in said if part))


def packed(content: Content) -> bytes:
    """Pack a draft as bytes."""
    return json.dumps(rules.as_kept(content), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Content:
    """Unpack a draft."""
    return rules.content_of(json.loads(data))


def wall(work: Work, at: datetime) -> datetime:
    """Tell an instant by the practice's wall."""
    return at.astimezone(work.zone).replace(tzinfo=None)


def read(work: Work, client: str, writer: str, what: str, reason: str) -> None:
    """Note that a note is read; another's only with a reason, which holds for a while."""
    if writer == work.actor.staff:
        work.note("read", what)
        return
    if reason.strip():
        work.note(OPENED, f"clients/{client}", {"reason": reason.strip(), "what": what})
    elif not opened_lately(work, client):
        raise Refusal("reason_for_notes", at="reason", client=client)
    else:
        work.note("read", what)


def opened_lately(work: Work, client: str) -> bool:
    """Whether this person gave a reason for this client's notes a short while ago."""
    since = (work.now - GLANCE).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    asked = select(AuditRow.sequence).where(
        AuditRow.object == f"clients/{client}",
        AuditRow.action == OPENED,
        AuditRow.person == work.actor.staff,
        AuditRow.at >= since,
    )
    return work.run(asked.limit(1)).first() is not None
