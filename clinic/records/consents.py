"""What clients agreed to and signed: consents, the papers that bear signatures, and forms half filled in."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, Versioned, kept_as, refers_to
from clinic.rules.consents import ConsentKind, SignedHow, SignerRole
from clinic.values import ScreeningKind, Topic


class Consent(Versioned, Base):
    """Something agreed to on a day, in the words of a text of that version; withdrawn it stays on file."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_client", "client", "kind"),)
    topic = Topic.HEALTH

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    kind: Mapped[ConsentKind] = mapped_column(kept_as(ConsentKind))
    given_on: Mapped[date]
    ends_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    text_version: Mapped[str]
    language: Mapped[str]
    text_sha256: Mapped[str]
    """Of the exact words that were signed."""
    details: Mapped[dict[str, Any] | None]
    """What was filled into the text: to whom something is released, why, until when; the referral it needs."""
    signer: Mapped[str]
    role: Mapped[SignerRole] = mapped_column(kept_as(SignerRole))
    method: Mapped[SignedHow] = mapped_column(kept_as(SignedHow))
    signed_at: Mapped[Moment]
    witness: Mapped[str | None] = mapped_column(refers_to("staff"))


class SignedPaper(Base):
    """What was signed, as it looked: the strokes of the hand and the pages that bear them."""

    __tablename__ = "signed_papers"
    __table_args__ = (Index("ix_signed_papers_client", "client", "signed_at"),)
    topic = Topic.HEALTH

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    screening: Mapped[str | None] = mapped_column(refers_to("screenings"))
    consent: Mapped[str | None] = mapped_column(refers_to("consents"))
    signer: Mapped[str]
    role: Mapped[SignerRole] = mapped_column(kept_as(SignerRole))
    method: Mapped[SignedHow] = mapped_column(kept_as(SignedHow))
    signed_at: Mapped[Moment]
    taken_by: Mapped[str] = mapped_column(refers_to("staff"))
    """Whose place at the counter the form was filled in at."""
    text_sha256: Mapped[str]
    strokes: Mapped[Blob | None] = mapped_column(deferred=True)
    pages: Mapped[Blob | None] = mapped_column(deferred=True)
    pages_hash: Mapped[str | None]


class IntakeDraft(Base):
    """A form a client is filling in, kept page by page until it is signed."""

    __tablename__ = "intake_drafts"
    __table_args__ = (Index("ix_intake_drafts_client", "client"),)
    topic = Topic.HEALTH
    quiet: ClassVar[bool] = True

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    kind: Mapped[ScreeningKind] = mapped_column(kept_as(ScreeningKind))
    begun_by: Mapped[str] = mapped_column(refers_to("staff"))
    saved_at: Mapped[Moment]
    content: Mapped[Blob]
    """As bytes, of which the trail keeps a digest and no word."""
