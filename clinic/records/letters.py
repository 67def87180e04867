"""The letters on file: prescriptions, referrals, authorisations, letters of medical necessity, clearances."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, Versioned, kept_as, refers_to
from clinic.values import LetterKind, LetterSource, Topic


class Letter(Versioned, Base):
    """A paper somebody with a say wrote for a client."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_client", "client"),
        Index("ix_letters_ends", "ends_on"),
        Index("ix_letters_number", "number", "id"),
    )
    topic = Topic.LETTERS

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    kind: Mapped[LetterKind] = mapped_column(kept_as(LetterKind))
    number: Mapped[str | None]
    units: Mapped[int | None]
    signed_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    lifetime: Mapped[bool | None]
    patient_name: Mapped[str | None]
    signer: Mapped[dict[str, Any] | None]
    signed: Mapped[bool]
    diagnoses: Mapped[list[dict[str, Any]] | None]
    treatment: Mapped[str | None]
    techniques: Mapped[list[str] | None]
    minutes: Mapped[int | None]
    max_visits: Mapped[int | None]
    used_before: Mapped[int | None]
    frequency: Mapped[dict[str, Any] | None]
    necessity_statement: Mapped[bool | None]
    source: Mapped[LetterSource | None] = mapped_column(kept_as(LetterSource))
    verified: Mapped[dict[str, Any] | None]
    exam_on: Mapped[date | None]
    admin_approved_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    revoked_for: Mapped[str | None]
    """Why it was revoked, in words that are never changed afterwards."""
    superseded_by: Mapped[str | None] = mapped_column(refers_to("letters"))
    superseded_on: Mapped[date | None]
    """From this day on the later letter speaks in its place."""
    decision: Mapped[dict[str, Any] | None]
    """What the plan made of a referral or an authorisation: when it was asked, and how it decided."""
    rules: Mapped[list[str] | None]
    techniques_allowed: Mapped[list[str] | None]
    pressure_cap: Mapped[str | None]
    areas_excluded: Mapped[list[str] | None]


class Attachment(Base):
    """A scan of a letter, kept inside the encrypted file."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_letter", "letter"),)
    topic = Topic.LETTERS

    id: Mapped[Key]
    letter: Mapped[str] = mapped_column(refers_to("letters"))
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    added_at: Mapped[Moment]
    content: Mapped[Blob] = mapped_column(deferred=True)
