"""Looking: that somebody read what concerns a client's health stands in the trail, once while they go on reading."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import AuditRow

if TYPE_CHECKING:
    from clinic.storage.work import Work

LOOKED_FOR = timedelta(minutes=10)
"""How long one entry in the trail stands for somebody who goes on looking at the same client's flags."""


def note(work: Work, client: str) -> None:
    """Keep that somebody read a client's flags, once while they go on reading."""
    since = (work.now - LOOKED_FOR).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    asked = (
        select(AuditRow.at)
        .where(
            AuditRow.object == f"clients/{client}",
            AuditRow.action == "read_flags",
            AuditRow.person == work.actor.staff,
        )
        .order_by(AuditRow.sequence.desc())
        .limit(1)
    )
    last = work.session.scalar(asked)
    if last is None or last < since:
        work.note("read_flags", f"clients/{client}")
