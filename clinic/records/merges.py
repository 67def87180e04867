"""Clients that were on file twice, made one, with the way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Instant, Key, Moment, Versioned, refers_to
from clinic.values import Topic


class Merge(Versioned, Base):
    """Two files of one person: what was moved from the one to the other, and what both said before."""

    __tablename__ = "merges"
    __table_args__ = (
        CheckConstraint("kept <> gone", name="two"),
        Index("ix_merges_kept", "kept"),
        Index("ix_merges_gone", "gone"),
        Index("ix_merges_done_by", "done_by"),
    )
    topic = Topic.CLIENTS

    id: Mapped[Key]
    kept: Mapped[str] = mapped_column(refers_to("clients"))
    gone: Mapped[str] = mapped_column(refers_to("clients"))
    done_at: Mapped[Moment]
    done_by: Mapped[str] = mapped_column(refers_to("staff"))
    moved: Mapped[dict[str, Any]]
    """The keys of what was moved, by table and column."""
    before: Mapped[dict[str, Any]]
    """What the kept client's details were."""
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
