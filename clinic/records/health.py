"""What is known of a client's health: screenings answered and notes written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Moment, Versioned, Wall, kept_as, refers_to
from clinic.values import ScreeningKind, Topic


class Screening(Versioned, Base):
    """One set of answers; a later one stands beside it and never replaces it."""

    __tablename__ = "screenings"
    __table_args__ = (Index("ix_screenings_client", "client", "answered_at"),)
    topic = Topic.HEALTH

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    kind: Mapped[ScreeningKind] = mapped_column(kept_as(ScreeningKind))
    answered_at: Mapped[Wall]
    answers: Mapped[dict[str, Any]]
    signed_by: Mapped[str | None]


class Note(Versioned, Base):
    """What the therapist wrote about a visit; once signed, only addenda are added."""

    __tablename__ = "notes"
    # Notes still open are few and looked for all day; those signed are many.
    __table_args__ = (Index("ix_notes_open", "appointment", sqlite_where=text("signed_at IS NULL")),)
    topic = Topic.NOTES

    id: Mapped[Key]
    appointment: Mapped[str] = mapped_column(refers_to("appointments"), index=True)
    written_by: Mapped[str] = mapped_column(refers_to("staff"))
    signed_at: Mapped[Moment | None]
    soap: Mapped[dict[str, Any]]
    areas: Mapped[list[str] | None]
    techniques: Mapped[list[str] | None]
    pressure: Mapped[str | None]
    measures: Mapped[list[dict[str, Any]] | None]
    addenda: Mapped[list[dict[str, Any]] | None]
