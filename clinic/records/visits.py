"""The calendar's entries: appointments, which become visits once they happen."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Versioned, Wall, kept_as, refers_to
from clinic.values import State, Topic


class Appointment(Versioned, Base):
    """A client, a therapist and a treatment at a wall time; the database refuses what overlaps."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 720", name="minutes"),
        # Bounds how far back an overlap can begin, which keeps its check the same price in any size of diary.
        CheckConstraint("held_to > held_from AND held_to - held_from <= 1440", name="held"),
        Index("ix_appointments_staff_held", "staff", "held_from"),
        Index("ix_appointments_room_held", "room", "held_from"),
        Index("ix_appointments_client_at", "client", "at"),
        Index("ix_appointments_at", "at"),
    )
    topic = Topic.CALENDAR

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    staff: Mapped[str] = mapped_column(refers_to("staff"))
    room: Mapped[str | None] = mapped_column(refers_to("rooms"))
    treatment: Mapped[str] = mapped_column(refers_to("treatments"))
    at: Mapped[Wall]
    minutes: Mapped[int]
    state: Mapped[State] = mapped_column(kept_as(State))
    letter: Mapped[str | None] = mapped_column(refers_to("letters"))
    diagnosis: Mapped[str | None]
    minutes_given: Mapped[int | None]
    reason: Mapped[str | None]
    fee_waived: Mapped[str | None]
    """Why nothing is asked for a visit that was missed or given up late; empty where nobody waived it."""
    held_from: Mapped[int]
    """First minute taken from therapist and room, buffer included, in UTC minutes since 1970."""
    held_to: Mapped[int]
    """First minute free again."""
