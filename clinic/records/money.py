"""The money: what was charged, what was paid for it, and what was paid back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Cents, Key, Versioned, kept_as, refers_to
from clinic.values import LineKind, Method, Topic


class Invoice(Versioned, Base):
    """A set of lines; its number is that of the receipt it was issued with."""

    __tablename__ = "invoices"
    __table_args__ = (
        Index("ix_invoices_client", "client", "issued_on"),
        Index("ix_invoices_issued", "issued_on"),
    )
    topic = Topic.MONEY

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    issued_on: Mapped[date]
    number: Mapped[str] = mapped_column(unique=True)
    void_on: Mapped[date | None]
    void_reason: Mapped[str | None]


class Line(Base):
    """One charge; never changed after its invoice was numbered."""

    __tablename__ = "lines"
    __table_args__ = (
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint(
            "discount_cents IS NULL OR discount_cents BETWEEN 0 AND price_cents", name="discount"
        ),
        CheckConstraint("tax_cents IS NULL OR tax_cents >= 0", name="tax"),
        UniqueConstraint("invoice", "position"),
        Index("ix_lines_appointment", "appointment", "kind", "invoice"),
        Index("ix_lines_bundle", "bundle"),
    )
    topic = Topic.MONEY

    id: Mapped[Key]
    invoice: Mapped[str] = mapped_column(refers_to("invoices"))
    position: Mapped[int]
    kind: Mapped[LineKind] = mapped_column(kept_as(LineKind))
    appointment: Mapped[str | None] = mapped_column(refers_to("appointments"))
    bundle: Mapped[str | None] = mapped_column(
        # A bundle is sold by a line and used by others: the circle is closed here.
        ForeignKey("bundles.id", ondelete="RESTRICT", use_alter=True, name="fk_lines_bundle_bundles"),
    )
    text: Mapped[str]
    price_cents: Mapped[Cents]
    discount_cents: Mapped[Cents | None]
    tax_cents: Mapped[Cents | None]
    discount_reason: Mapped[str | None]


class Owed(Base):
    """A line that is not paid in full; the file itself keeps this list, so nobody goes through all lines."""

    __tablename__ = "owed"
    topic = Topic.MONEY

    line: Mapped[str] = mapped_column(refers_to("lines"), primary_key=True)


class Bundle(Base):
    """Visits paid for in advance."""

    __tablename__ = "bundles"
    __table_args__ = (
        CheckConstraint("visits > 0", name="visits"),
        CheckConstraint("price_cents >= 0", name="price"),
        Index("ix_bundles_client", "client"),
        Index("ix_bundles_line", "line"),
    )
    topic = Topic.MONEY

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    line: Mapped[str] = mapped_column(refers_to("lines"))
    treatment: Mapped[str] = mapped_column(refers_to("treatments"))
    visits: Mapped[int]
    price_cents: Mapped[Cents]
    shared_with: Mapped[list[dict[str, Any]] | None]
    """Who else may use its visits, as ``{"client": id}``: a household shares."""


class Gift(Base):
    """A gift certificate: money held until somebody redeems it."""

    __tablename__ = "gifts"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount"), Index("ix_gifts_line", "line"))
    topic = Topic.MONEY

    id: Mapped[Key]
    line: Mapped[str] = mapped_column(refers_to("lines"))
    code: Mapped[str] = mapped_column(unique=True)
    amount_cents: Mapped[Cents]
    paid_out: Mapped[list[dict[str, Any]] | None]
    """The small rests that its holder was given in cash, the day and the cents of each."""


class Payment(Base):
    """Money that came in, by one method on one day."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_payments_client", "client", "paid_on"),
        Index("ix_payments_day", "paid_on"),
        Index("ix_payments_gift", "gift"),
    )
    topic = Topic.MONEY

    id: Mapped[Key]
    client: Mapped[str] = mapped_column(refers_to("clients"))
    paid_on: Mapped[date]
    method: Mapped[Method] = mapped_column(kept_as(Method))
    gift: Mapped[str | None] = mapped_column(refers_to("gifts"))
    amount_cents: Mapped[Cents]
    number: Mapped[str | None] = mapped_column(unique=True)
    """The number of the receipt of its own that a later payment gets."""
    reference: Mapped[str | None]
    """The check's number or the card's last four digits, as the client knows it."""


class Allocation(Base):
    """The part of a payment that settles one line."""

    __tablename__ = "allocations"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_allocations_line", "line"),
    )
    topic = Topic.MONEY

    payment: Mapped[str] = mapped_column(refers_to("payments"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(refers_to("lines"))
    amount_cents: Mapped[Cents]


class Refund(Base):
    """Money paid back, proven by a credit note."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_refunds_payment", "payment"),
        Index("ix_refunds_day", "refunded_on"),
    )
    topic = Topic.MONEY

    id: Mapped[Key]
    payment: Mapped[str] = mapped_column(refers_to("payments"))
    refunded_on: Mapped[date]
    amount_cents: Mapped[Cents]
    number: Mapped[str] = mapped_column(unique=True)


class RefundAllocation(Base):
    """The part of a refund that a line loses."""

    __tablename__ = "refund_allocations"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_refund_allocations_line", "line"),
    )
    topic = Topic.MONEY

    refund: Mapped[str] = mapped_column(refers_to("refunds"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(refers_to("lines"))
    amount_cents: Mapped[Cents]
