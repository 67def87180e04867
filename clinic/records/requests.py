"""The other clinicians, and what was asked of them in writing."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Versioned, kept_as, refers_to
from clinic.values import RequestKind, SentBy, Topic


class Clinician(Versioned, Base):
    """Somebody outside the practice who signs letters, refers, or is written to."""

    __tablename__ = "clinicians"
    __table_args__ = (Index("ix_clinicians_name", "name", "id"),)
    topic = Topic.LETTERS

    id: Mapped[Key]
    name: Mapped[str]
    credential: Mapped[str | None]
    licence: Mapped[str | None]
    npi: Mapped[str | None]
    practice: Mapped[str | None]
    phone: Mapped[str | None]
    fax: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[dict[str, Any] | None]


class Request(Versioned, Base):
    """A letter of the practice to a clinician or plan, followed until its answer is in."""

    __tablename__ = "requests"
    __table_args__ = (
        CheckConstraint("sent_on IS NULL OR sent_on >= made_on", name="sent"),
        CheckConstraint("received_on IS NULL OR received_on >= made_on", name="received"),
        Index("ix_requests_client", "client"),
        Index("ix_requests_open", "received_on", "withdrawn_on"),
        Index("ix_requests_letter", "letter"),
        Index("ix_requests_answer", "answer"),
        Index("ix_requests_clinician", "clinician"),
    )
    topic = Topic.LETTERS

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    kind: Mapped[RequestKind] = mapped_column(kept_as(RequestKind))
    clinician: Mapped[str | None] = mapped_column(refers_to("clinicians"))
    letter: Mapped[str | None] = mapped_column(refers_to("letters"))
    """The letter it is about: the one to be renewed, or the one somebody is thanked for."""
    made_on: Mapped[date]
    sent_on: Mapped[date | None]
    sent_by: Mapped[SentBy | None] = mapped_column(kept_as(SentBy))
    received_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(refers_to("letters"))
    """The letter that answered it."""
    withdrawn_on: Mapped[date | None]
    said: Mapped[dict[str, Any]]
    """Everything the paper says, as it stood when it was made."""
