"""Who did what, when: rows that are only ever added, each sealed onto the one before."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob
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
    seal: Mapped[Blob]
