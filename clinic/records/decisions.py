"""What the rules said of visits: decisions as they stood, how each visit ahead stands, clearances asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Moment, Versioned, kept_as, refers_to
from clinic.values import Role, Topic


class Decision(Base):
    """A visit judged and decided on: what was found, by which rules, who went against it and why; never edited."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_appointment", "appointment", "decided_at"),)
    topic = Topic.HEALTH

    id: Mapped[Key]
    appointment: Mapped[str] = mapped_column(refers_to("appointments"))
    moment: Mapped[str]
    decided_at: Mapped[Moment]
    decided_by: Mapped[str] = mapped_column(refers_to("staff"))
    role: Mapped[Role] = mapped_column(kept_as(Role))
    outcome: Mapped[str]
    decision: Mapped[str]
    ruleset: Mapped[str]
    policy: Mapped[dict[str, Any]]
    """The owner's changes of the rules that were in force, and what they silenced."""
    findings: Mapped[list[dict[str, Any]]]
    overrides: Mapped[list[dict[str, Any]]]
    applied: Mapped[list[str] | None]
    """Rules whose modification a therapist said was applied, when the visit began."""
    full: Mapped[str | None] = mapped_column(refers_to("screenings"))
    """The version of the health history that was read."""
    quick: Mapped[str | None] = mapped_column(refers_to("screenings"))


class Standing(Base):
    """How a visit ahead stands with the rules; worked out again whenever something they read changes."""

    __tablename__ = "standings"
    __table_args__ = (Index("ix_standings_client", "client"), Index("ix_standings_left", "left"))
    topic = Topic.HEALTH

    appointment: Mapped[str] = mapped_column(refers_to("appointments"), primary_key=True)
    client: Mapped[str] = mapped_column(refers_to("clients"))
    outcome: Mapped[str]
    left: Mapped[str]
    """What is left of the outcome once the overrides decided on this visit are taken off."""
    held: Mapped[bool]
    """Whether the time is only held because of the rules."""
    ruleset: Mapped[str]
    judged_at: Mapped[Moment]
    findings: Mapped[list[dict[str, Any]]]


class ClearanceRequest(Versioned, Base):
    """A clinician's word that is wanted before named rules let a client be treated, followed until it is in."""

    __tablename__ = "clearance_requests"
    __table_args__ = (
        Index("ix_clearance_requests_client", "client"),
        Index("ix_clearance_requests_open", "closed_on"),
        Index("ix_clearance_requests_letter", "letter"),
        Index("ix_clearance_requests_appointment", "appointment"),
    )
    topic = Topic.LETTERS

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    appointment: Mapped[str | None] = mapped_column(refers_to("appointments"))
    """The visit for which it was opened."""
    rules: Mapped[list[str]]
    opened_on: Mapped[date]
    opened_by: Mapped[str] = mapped_column(refers_to("staff"))
    clinician: Mapped[dict[str, Any] | None]
    """Who is asked: name, credential, phone, fax."""
    asked_on: Mapped[date | None]
    letter: Mapped[str | None] = mapped_column(refers_to("letters"))
    """The clearance that answered it."""
    closed_on: Mapped[date | None]
    closed_for: Mapped[str | None]
