"""Looking: that somebody read what concerns a client's health stands in the trail, once while they go on reading."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from clinic.records import AuditRow

if TYPE_CHECKING:
    from clinic.storage.work import Work

LOOKED_FOR = timedelta(minutes=10)
"""How long one entry in the trail stands for somebody who goes on looking at the same client's flags."""

_LAST = (
    select(AuditRow.at)
    .where(
        AuditRow.object == bindparam("object"),
        AuditRow.action == "read_flags",
        AuditRow.person == bindparam("person"),
    )
    .order_by(AuditRow.sequence.desc())
    .limit(1)
)
"""Put together once: it is asked at every keystroke."""


def note(work: Work, client: str) -> None:
    """Keep that somebody read a client's flags, once while they go on reading."""
    since = (work.now - LOOKED_FOR).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    last = work.run(_LAST, {"object": f"clients/{client}", "person": work.actor.staff}).scalar()
    if last is None or last < since:
        work.note("read_flags", f"clients/{client}")
