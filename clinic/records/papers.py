"""The papers handed out: their numbers, their frozen sheets, their bytes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Blob, Key, Moment, kept_as, refers_to
from clinic.values import Topic


class PaperKind(StrEnum):
    """What a numbered paper proves."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    """The receipt of its own that a later payment gets; it names the first one."""
    CREDIT_NOTE = "credit_note"


class Paper(Base):
    """A numbered paper: the sheet is frozen with its hash at once, the bytes at the first printing."""

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("series", "year", "sequence"),
        CheckConstraint("copies >= 0", name="copies"),
        Index("ix_papers_invoice", "invoice"),
        Index("ix_papers_payment", "payment"),
        Index("ix_papers_refund", "refund"),
    )
    topic = Topic.MONEY

    number: Mapped[Key]
    kind: Mapped[PaperKind] = mapped_column(kept_as(PaperKind))
    series: Mapped[str | None]
    """The series of our own numbering; empty where the number came from somewhere else."""
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    invoice: Mapped[str | None] = mapped_column(refers_to("invoices"))
    payment: Mapped[str | None] = mapped_column(refers_to("payments"))
    refund: Mapped[str | None] = mapped_column(refers_to("refunds"))
    issued_at: Mapped[Moment]
    sheet: Mapped[Blob]
    """Everything printed, as compressed canonical JSON."""
    sheet_hash: Mapped[str]
    pages: Mapped[Blob | None] = mapped_column(deferred=True)
    pages_hash: Mapped[str | None]
    printed_at: Mapped[Moment | None]
    copies: Mapped[int] = mapped_column(default=0)


class Counter(Base):
    """The last number taken in a series and year; the next is taken in the issuing transaction itself."""

    __tablename__ = "counters"
    topic = Topic.MONEY

    series: Mapped[Key]
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Operation(Base):
    """A money action that was carried out; asking for it again answers instead of charging again."""

    __tablename__ = "operations"
    topic = Topic.MONEY

    id: Mapped[Key]
    task: Mapped[str]
    outcome: Mapped[str]
    done_at: Mapped[Moment]
