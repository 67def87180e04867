"""Newer releases of the diagnosis codes, loaded into the practice."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, refers_to
from clinic.values import Topic


class CodeRelease(Base):
    """One release: what it changed in the table of codes, as rows of that table."""

    __tablename__ = "code_releases"
    topic = Topic.PRACTICE

    id: Mapped[Key]
    name: Mapped[str]
    since: Mapped[date]
    """From which day on its codes are billed."""
    loaded_at: Mapped[Moment]
    loaded_by: Mapped[str] = mapped_column(refers_to("staff"))
    added: Mapped[int]
    ended: Mapped[int]
    changes: Mapped[Blob]
    """Its rows, packed."""
