"""Forms that somebody was filling in when the window was locked or closed."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, refers_to
from clinic.values import Topic


class UnfinishedForm(Base):
    """What one person typed into a form and did not send off yet; each keeps one at most, and reads no other's."""

    __tablename__ = "unfinished_forms"
    topic = Topic.PRACTICE
    quiet: ClassVar[bool] = True

    staff: Mapped[Key] = mapped_column(refers_to("staff"))
    client: Mapped[str | None] = mapped_column(refers_to("clients"), index=True)
    """Whom it is about, so that it goes where their file goes."""
    saved_at: Mapped[Moment]
    content: Mapped[Blob]
    """As bytes, of which the trail keeps a digest and no word."""
