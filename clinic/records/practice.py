"""The practice itself, its rooms and what it offers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Cents, Key, Versioned, kept_as
from clinic.values import Purpose, Technique, Topic


class Practice(Versioned, Base):
    """The one practice of this file: letterhead, zone, settings."""

    __tablename__ = "practice"
    __table_args__ = (CheckConstraint("id = 'practice'", name="only_one"),)
    topic = Topic.PRACTICE

    id: Mapped[Key] = mapped_column(default="practice")
    name: Mapped[str]
    address: Mapped[dict[str, Any] | None]
    hours: Mapped[dict[str, Any] | None]
    special_days: Mapped[list[dict[str, Any]] | None]
    """Single days on which the whole house has hours of its own."""
    phone: Mapped[str | None]
    email: Mapped[str | None]
    time_zone: Mapped[str]
    tax_id: Mapped[str | None]
    npi: Mapped[str | None]
    settings: Mapped[dict[str, Any] | None]
    registrations: Mapped[list[dict[str, Any]] | None]
    """Where the practice is registered, and what the city's register asks for."""
    preferences: Mapped[dict[str, Any] | None]
    """What concerns this laptop's program and not the practice: paper size, lock minutes."""
    verification_key: Mapped[Blob]
    """The secret behind the codes printed on receipts; it never leaves the file."""


class Room(Versioned, Base):
    """A room with a table in it."""

    __tablename__ = "rooms"
    topic = Topic.CATALOGUE

    id: Mapped[Key]
    name: Mapped[str]


class Treatment(Versioned, Base):
    """Something offered at a price."""

    __tablename__ = "treatments"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 720", name="minutes"),
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("coalesce(buffer_before, 0) BETWEEN 0 AND 240", name="before"),
        CheckConstraint("coalesce(buffer_after, 0) BETWEEN 0 AND 240", name="after"),
    )
    topic = Topic.CATALOGUE

    id: Mapped[Key]
    name: Mapped[str]
    technique: Mapped[Technique] = mapped_column(kept_as(Technique))
    purpose: Mapped[Purpose] = mapped_column(kept_as(Purpose))
    minutes: Mapped[int]
    price_cents: Mapped[Cents]
    buffer_before: Mapped[int | None]
    buffer_after: Mapped[int | None]
    cpt: Mapped[str | None]
    active: Mapped[bool | None]
