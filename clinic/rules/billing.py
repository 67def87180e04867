"""Money on lines: what a line asks for, which payment settles it, and what was paid back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clinic.values import (
    NOTHING,
    AppointmentId,
    BundleId,
    InvoiceId,
    LineId,
    LineKind,
    Method,
    Money,
    PaymentId,
    RefundId,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

HEALTH_CARDS = frozenset({Method.HSA_CARD, Method.FSA_CARD, Method.HRA_CARD})
"""Money of a tax-favoured account; it has its own column everywhere."""
NOT_THE_CLIENTS = frozenset({Method.INSURER, Method.GIFT})
"""Money that settles a line and was not paid for it by the client: a gift was paid where it was bought."""
CARE = frozenset({LineKind.TREATMENT, LineKind.BUNDLE_USE})
"""What hands did: a treatment, or one of a bundle that was paid ahead."""
OF_A_VISIT = CARE | {LineKind.FEE}
"""What says that a visit was charged: its care, or the fee because it was missed."""

# domain D2 and the contract: care first, what is carried home and fees next, tips last.
TURN = {
    LineKind.TREATMENT: 0,
    LineKind.BUNDLE_SALE: 0,
    LineKind.PRODUCT: 1,
    LineKind.GIFT_SALE: 1,
    LineKind.FEE: 1,
    LineKind.TIP: 2,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One charge of an invoice that stands or was voided."""

    id: LineId
    invoice: InvoiceId
    issued_on: date
    position: int
    kind: LineKind
    text: str
    price: Money
    discount: Money = NOTHING
    tax: Money = NOTHING
    appointment: AppointmentId | None = None
    bundle: BundleId | None = None
    receipt: str = ""
    void: bool = False

    @property
    def net(self) -> Money:
        """The charge less its discount, before tax."""
        return self.price - self.discount

    @property
    def total(self) -> Money:
        """What the line asks for."""
        return self.price - self.discount + self.tax


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment, or of a refund, that belongs to one line."""

    line: LineId
    amount: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in."""

    id: PaymentId
    paid_on: date
    method: Method
    amount: Money
    allocations: tuple[Allocation, ...] | None = None
    """None where nobody said what it was for."""

    @property
    def by_client(self) -> bool:
        """Whether the client paid it here and now."""
        return self.method not in NOT_THE_CLIENTS


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that was paid back."""

    id: RefundId
    payment: PaymentId
    refunded_on: date
    amount: Money
    allocations: tuple[Allocation, ...] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some money on one line: the payment it is from, and the day on which it counts."""

    payment: PaymentId
    method: Method
    paid_on: date
    counts_on: date
    amount: Money

    @property
    def by_client(self) -> bool:
        """Whether the client paid it here and now."""
        return self.method not in NOT_THE_CLIENTS


def in_turn(line: Line) -> tuple[int, date, str, int]:
    """Order lines as money settles them."""
    return (TURN.get(line.kind, 0), line.issued_on, line.invoice, line.position)


def as_issued(line: Line) -> tuple[date, str, int]:
    """Order lines as they were charged."""
    return (line.issued_on, line.invoice, line.position)


def by_day(payment: Payment) -> tuple[date, str]:
    """Order payments as they came in."""
    return (payment.paid_on, payment.id)


def is_open(line: Line) -> bool:
    """Tell whether money can be asked for a line at all; a visit from a bundle is paid by its bundle."""
    return not line.void and line.kind is not LineKind.BUNDLE_USE


def still_open(lines: Iterable[Line], parts: Iterable[Allocation]) -> tuple[Line, ...]:
    """Take what was paid off lines, so that they ask for no more than is open."""
    paid: dict[LineId, Money] = defaultdict(lambda: NOTHING)
    for part in parts:
        paid[part.line] += part.amount
    return tuple(
        replace(line, price=line.total - paid[line.id], discount=NOTHING, tax=NOTHING) for line in lines
    )


def left_for_insurer(
    lines: Iterable[Line], payments: Iterable[Payment], refunds: Iterable[Refund]
) -> dict[LineId, Money]:
    """Work out what an insurer may still pay on each treatment, whatever the client has paid on it.

    An insurer that pays late pays for what the client has settled by then; the client gets it back.
    """
    by_insurer = {payment.id: payment for payment in payments if payment.method is Method.INSURER}
    paid: dict[LineId, Money] = defaultdict(lambda: NOTHING)
    for payment in by_insurer.values():
        for part in payment.allocations or ():
            paid[part.line] += part.amount
    for refund in refunds:
        for part in refund.allocations or () if refund.payment in by_insurer else ():
            paid[part.line] -= part.amount
    left = {
        line.id: line.total - paid[line.id]
        for line in lines
        if is_open(line) and line.kind is LineKind.TREATMENT
    }
    return {line: amount for line, amount in left.items() if amount > NOTHING}


def overpaid(lines: Iterable[Line], payments: Iterable[Payment], refunds: Iterable[Refund]) -> Money:
    """Work out what came in on lines beyond what they ask for, and did not go back yet."""
    stands: dict[LineId, Money] = defaultdict(lambda: NOTHING)
    for payment in payments:
        for part in payment.allocations or ():
            stands[part.line] += part.amount
    for refund in refunds:
        for part in refund.allocations or ():
            stands[part.line] -= part.amount
    return Money(sum(max(0, (stands[line.id] - line.total).cents) for line in lines if is_open(line)))


def allocate_refund(
    refund: Refund, payment: Payment, lines: Iterable[Line], earlier: Iterable[Refund] = ()
) -> tuple[Allocation, ...]:
    """Take a refund back from what its payment settled: credit first, then the lines that money reaches last."""
    settled: dict[LineId, Money] = {}
    for part in payment.allocations or ():
        settled[part.line] = settled.get(part.line, NOTHING) + part.amount
    credit = payment.amount - Money(sum(amount.cents for amount in settled.values()))
    for before in earlier:
        # What went back on a line that was voided since came, as it turned out, out of credit.
        taken = [part for part in before.allocations or () if part.line in settled]
        for part in taken:
            settled[part.line] -= part.amount
        credit -= before.amount - Money(sum(part.amount.cents for part in taken))
    back = refund.amount - max(NOTHING, min(refund.amount, credit))
    parts = []
    for line in sorted(lines, key=in_turn, reverse=True):
        part_back = min(back, settled.get(line.id, NOTHING))
        if part_back > NOTHING:
            parts.append(Allocation(line.id, part_back))
            back -= part_back
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class LateRefund:
    """Money of an earlier year's payment that was paid back: it changes no row of that year."""

    payment: PaymentId
    method: Method
    refunded_on: date
    amount: Money
    line: LineId | None
    """None where it was credit."""

    @property
    def to_client(self) -> bool:
        """Whether it went back to the client, and not to an insurer or onto a gift certificate."""
        return self.method not in NOT_THE_CLIENTS


@dataclass(frozen=True, slots=True)
class Credit:
    """The part of a payment that is not, or no longer, spoken for."""

    payment: PaymentId
    method: Method
    on: date
    amount: Money
    """Negative where credit was paid back."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where one client's money went."""

    pieces: Mapping[LineId, tuple[Piece, ...]]
    """What stands on each line, refunds within the payment's own year taken off."""
    late_refunds: tuple[LateRefund, ...]
    credits: tuple[Credit, ...]


def settle(lines: Iterable[Line], payments: Iterable[Payment], refunds: Iterable[Refund]) -> Settled:
    """Follow every cent of one client's money to its line; what stood on a voided line is credit again."""
    standing = {line.id for line in lines if is_open(line)}
    back = defaultdict(list)
    for refund in sorted(refunds, key=lambda r: (r.refunded_on, r.id)):
        back[refund.payment].append(refund)
    pieces: dict[LineId, list[Piece]] = defaultdict(list)
    late: list[LateRefund] = []
    credits_: list[Credit] = []
    for payment in sorted(payments, key=by_day):
        on_lines: dict[LineId, Money] = {}
        for part in payment.allocations or ():
            if part.line in standing:
                on_lines[part.line] = on_lines.get(part.line, NOTHING) + part.amount
        spoken_for = Money(sum(amount.cents for amount in on_lines.values()))
        if payment.amount != spoken_for:
            credits_.append(Credit(payment.id, payment.method, payment.paid_on, payment.amount - spoken_for))
        for refund in back[payment.id]:
            taken = [part for part in refund.allocations or () if part.line in on_lines]
            rest = refund.amount - Money(sum(part.amount.cents for part in taken))
            if rest:
                credits_.append(Credit(payment.id, payment.method, refund.refunded_on, -rest))
            if refund.refunded_on.year > payment.paid_on.year:
                late += [_late(payment, refund, part.amount, part.line) for part in taken]
                late.append(_late(payment, refund, rest, None))
            else:
                for part in taken:
                    on_lines[part.line] -= part.amount
        for line, amount in on_lines.items():
            # A payment that was paid back whole stays as a piece of nothing: something was paid on the line.
            pieces[line].append(Piece(payment.id, payment.method, payment.paid_on, payment.paid_on, amount))
    return Settled(
        {line: tuple(parts) for line, parts in pieces.items()},
        tuple(refund for refund in late if refund.amount),
        tuple(credits_),
    )


def _late(payment: Payment, refund: Refund, amount: Money, line: LineId | None) -> LateRefund:
    return LateRefund(payment.id, payment.method, refund.refunded_on, amount, line)
