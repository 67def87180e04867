"""The flow of the days: steps that visits took, attempts at reaching clients, days that were closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Cents, Key, Moment, kept_as, refers_to
from clinic.values import Outcome, State, Topic


class Step(Base):
    """A visit moved on to a state at an instant; an undo takes the step away again."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_appointment", "appointment", "at"),)
    topic = Topic.CALENDAR

    id: Mapped[Key]
    appointment: Mapped[str] = mapped_column(refers_to("appointments"))
    state: Mapped[State] = mapped_column(kept_as(State))
    at: Mapped[Moment]
    by: Mapped[str | None] = mapped_column(refers_to("staff"))


class Attempt(Base):
    """Somebody tried to reach a client, about a visit or about coming again."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_client", "client", "at"),
        Index("ix_attempts_appointment", "appointment"),
    )
    topic = Topic.CALENDAR

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    appointment: Mapped[str | None] = mapped_column(refers_to("appointments"))
    """The visit it was about; None where it was about coming again."""
    outcome: Mapped[Outcome] = mapped_column(kept_as(Outcome))
    at: Mapped[Moment]
    by: Mapped[str | None] = mapped_column(refers_to("staff"))


class Closing(Base):
    """A day that was closed: the drawer was counted and the numbers read; closed again, the last one counts."""

    __tablename__ = "closings"
    __table_args__ = (Index("ix_closings_day", "day"),)
    topic = Topic.MONEY

    id: Mapped[Key]
    day: Mapped[date]
    closed_at: Mapped[Moment]
    closed_by: Mapped[str | None] = mapped_column(refers_to("staff"))
    drawer_cents: Mapped[Cents]
    """What lay in the drawer before the first client."""
    expected_cents: Mapped[Cents]
    counted_cents: Mapped[Cents]
    remark: Mapped[str | None]
    figures: Mapped[dict[str, Any]]
    """What the closing sheet prints besides: numbers, voids, takings, visits, backup, and the trail's end."""
