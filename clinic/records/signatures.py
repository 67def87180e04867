"""Signatures of those who treat, as they drew them once."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, refers_to
from clinic.values import Topic


class Hand(Base):
    """How one person signs; it goes on the papers of their own visits that they issue themselves."""

    __tablename__ = "hands"
    topic = Topic.STAFF

    staff: Mapped[Key] = mapped_column(refers_to("staff"))
    drawn_at: Mapped[Moment]
    strokes: Mapped[Blob]
    """As bytes, of which the trail keeps a digest; none in them where the name is typed."""
