"""The calendar's entries: appointments, which become visits once they happen, blocks, and who waits for a time."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Moment, Versioned, Wall, kept_as, refers_to
from clinic.values import BlockKind, State, Topic, Urgency


class Appointment(Versioned, Base):
    """A client, a therapist and a treatment at a wall time; the database refuses what overlaps."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 720", name="minutes"),
        # Bounds how far back an overlap can begin, which keeps its check the same price in any size of diary.
        CheckConstraint("held_to > held_from AND held_to - held_from <= 1440", name="held"),
        Index("ix_appointments_staff_held", "staff", "held_from"),
        Index("ix_appointments_room_held", "room", "held_from"),
        Index("ix_appointments_client_at", "client", "at", "state"),
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
    series: Mapped[str | None]
    """What visits that were booked together share."""
    sites: Mapped[list[str] | None]
    """Areas of the body that the visit is wished for; nothing means that nobody named any."""
    products: Mapped[list[str] | None]
    """Oils and lotions that are to be used."""
    held_from: Mapped[int]
    """First minute taken from therapist and room, buffer included, in UTC minutes since 1970."""
    held_to: Mapped[int]
    """First minute free again."""


class Block(Versioned, Base):
    """A time at which a therapist, a room or the whole house takes no visits, once or again and again."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("staff IS NULL OR room IS NULL", name="whose"),
        CheckConstraint("ends IS NULL OR ends > begins", name="ends"),
        Index("ix_blocks_ends", "ends"),
    )
    topic = Topic.CALENDAR

    id: Mapped[Key]
    staff: Mapped[str | None] = mapped_column(refers_to("staff"))
    room: Mapped[str | None] = mapped_column(refers_to("rooms"))
    begins: Mapped[Wall]
    ends: Mapped[datetime | None]
    """Nothing means until further notice."""
    rule: Mapped[str | None]
    """How it comes back, as an iCalendar rule; nothing means once."""
    left_out: Mapped[list[str] | None]
    """Days on which it does not come back."""
    kind: Mapped[BlockKind] = mapped_column(kept_as(BlockKind))
    reason: Mapped[str | None]


class Wait(Versioned, Base):
    """Somebody who would come at once if a time became free."""

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 720", name="minutes"),
        Index("ix_waiting_client", "client"),
    )
    topic = Topic.CALENDAR

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    treatment: Mapped[str] = mapped_column(refers_to("treatments"))
    minutes: Mapped[int | None]
    staff: Mapped[str | None] = mapped_column(refers_to("staff"))
    days: Mapped[list[str] | None]
    """Weekdays that suit; nothing means any."""
    earliest: Mapped[str | None]
    """The time of day from which they can begin, as ``HH:MM``."""
    latest: Mapped[str | None]
    """The time of day by which they must leave."""
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    urgency: Mapped[Urgency] = mapped_column(kept_as(Urgency))
    remark: Mapped[str | None]
    since: Mapped[Moment]
    appointment: Mapped[str | None] = mapped_column(refers_to("appointments"))
    """The visit it led to."""
    closed_on: Mapped[date | None]
    """The day on which they no longer waited."""
