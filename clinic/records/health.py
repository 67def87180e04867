"""What is known of a client's health: screenings answered, notes written, and the plan of a series."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, Versioned, Wall, kept_as, refers_to
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
    supersedes: Mapped[str | None] = mapped_column(refers_to("screenings"))
    """The version this one grew from."""
    unchanged: Mapped[list[str] | None]
    """Pages of which the client said that nothing had changed."""


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
    marks: Mapped[list[dict[str, Any]] | None]
    """What was drawn on the body map."""
    treated: Mapped[list[dict[str, Any]] | None]
    """Area by area: the technique, its pressure and the minutes."""
    products: Mapped[list[dict[str, Any]] | None]
    position: Mapped[str | None]
    reaction: Mapped[str | None]
    home_advice: Mapped[str | None]
    next_visit: Mapped[str | None]
    search_text: Mapped[str | None]
    """All its words, folded, for the index of the search."""


class NoteDraft(Base):
    """What somebody is writing about a visit, kept every few seconds until it becomes the note."""

    __tablename__ = "note_drafts"
    __table_args__ = (UniqueConstraint("appointment", "written_by"),)
    topic = Topic.NOTES
    quiet: ClassVar[bool] = True

    id: Mapped[Key]
    appointment: Mapped[str] = mapped_column(refers_to("appointments"))
    written_by: Mapped[str] = mapped_column(refers_to("staff"))
    saved_at: Mapped[Moment]
    content: Mapped[Blob]
    """As bytes, of which the trail keeps a digest and no word."""


class Phrase(Base):
    """A sentence a therapist writes often, in the part of the note where it belongs."""

    __tablename__ = "phrases"
    topic = Topic.NOTES

    id: Mapped[Key]
    staff: Mapped[str] = mapped_column(refers_to("staff"), index=True)
    part: Mapped[str]
    text: Mapped[str]


class Plan(Versioned, Base):
    """A series of visits with what it is for; the condition stands as the letter gives it."""

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("visits BETWEEN 1 AND 200", name="visits"),
        CheckConstraint("times BETWEEN 1 AND 7 AND weeks BETWEEN 1 AND 26", name="rhythm"),
        CheckConstraint("minutes BETWEEN 5 AND 240", name="minutes"),
    )
    topic = Topic.NOTES

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"), index=True)
    written_by: Mapped[str] = mapped_column(refers_to("staff"))
    letter: Mapped[str | None] = mapped_column(refers_to("letters"))
    treatment: Mapped[str | None] = mapped_column(refers_to("treatments"))
    condition: Mapped[str | None]
    goals: Mapped[list[dict[str, Any]]]
    begins_on: Mapped[date]
    visits: Mapped[int]
    times: Mapped[int]
    """So many visits in so many weeks."""
    weeks: Mapped[int]
    minutes: Mapped[int]
    review_every: Mapped[int | None]
    """After how many visits the measures are taken again."""
    pt_days: Mapped[list[str] | None]
    """Days of the week on which the client has physical therapy."""
    pt_side: Mapped[str | None]
    """Whether the massage is to come before or after it."""
    ended_on: Mapped[date | None]
