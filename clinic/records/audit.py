"""Who did what, when: rows that are only ever added, each sealed onto the one before; and how one is emptied."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key
from clinic.values import Topic


class AuditRow(Base):
    """One thing done or read, with a seal over itself and the row before."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_object", "object"),)
    topic = Topic.PRACTICE

    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str]
    zone: Mapped[str]
    person: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    payload: Mapped[str]
    """What was done, as canonical JSON; nothing once the file it was about is erased."""
    seal: Mapped[Blob]
    digest: Mapped[str | None]
    """What the seal covers in the payload's place; rows of before there were any cover the payload itself."""
    salt: Mapped[Blob | None]
    """Without it nobody can guess the payload from its digest; it goes when the payload goes."""


class Erasing(Base):
    """A client whose file is being erased: the door in the guards, which no transaction can leave open."""

    __tablename__ = "erasing"
    __table_args__ = (CheckConstraint("door = 'open'", name="door"),)
    topic = Topic.PRACTICE

    client: Mapped[Key]
    day: Mapped[date]
    door: Mapped[str] = mapped_column(ForeignKey("practice.id", deferrable=True, initially="DEFERRED"))
    """Points at a practice that can't be, so that a row of this table is never committed."""
