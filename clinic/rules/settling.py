"""Settling: which lines money pays for where nobody said so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from clinic.rules.billing import (
    HEALTH_CARDS,
    Allocation,
    Line,
    Payment,
    Refund,
    allocate_refund,
    by_day,
    in_turn,
    is_open,
    still_open,
)
from clinic.values import NOTHING, LineId, LineKind, Method, Money, PaymentId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


def allocate(
    lines: Iterable[Line], payments: Iterable[Payment], refunds: Iterable[Refund] = ()
) -> dict[PaymentId, tuple[Allocation, ...]]:
    """Settle one client's lines with the payments of which nobody said what they were for.

    A payment first settles what had been asked for by its day; only what is then left goes to later invoices,
    so that a tip in December is not taken for a treatment in January. What is left over is credit. Money that
    had gone back by then settles nothing any more: its line is open to the payment that came in its place.
    """
    payments = sorted(payments, key=by_day)
    wanted = sorted((line for line in lines if is_open(line)), key=in_turn)
    returns = _Returns(wanted, refunds)
    held: dict[LineId, list[Payment]] = {line.id: [] for line in wanted}
    parts = {payment.id: _by_line(payment.allocations or ()) for payment in payments}
    for payment in payments:
        for key in parts[payment.id]:
            if key in held:
                held[key].append(payment)
    left = {payment.id: payment.amount for payment in payments if payment.allocations is None}
    for ahead in (False, True):
        for payment in payments:
            if payment.id not in left:
                continue
            own = parts[payment.id]
            for line in wanted:
                if left[payment.id] <= NOTHING:
                    break
                if (line.issued_on > payment.paid_on) is not ahead or not _may_pay(payment, line):
                    continue
                spoken_for = returns.spoken_for(line.id, payment, held[line.id], parts)
                share = min(left[payment.id], line.total - spoken_for)
                if share > NOTHING:
                    held[line.id].append(payment)
                    left[payment.id] -= share
                    own[line.id] = own.get(line.id, NOTHING) + share
    return {key: _told(parts[key]) for key in left}


def _by_line(allocations: Iterable[Allocation]) -> dict[LineId, Money]:
    amounts: dict[LineId, Money] = {}
    for part in allocations:
        amounts[part.line] = amounts.get(part.line, NOTHING) + part.amount
    return amounts


def _told(amounts: Mapping[LineId, Money]) -> tuple[Allocation, ...]:
    return tuple(Allocation(line, amount) for line, amount in amounts.items())


class _Returns:
    """What had gone back of each payment by a day."""

    def __init__(self, lines: list[Line], refunds: Iterable[Refund]) -> None:
        self._lines = lines
        self._of: dict[PaymentId, list[Refund]] = defaultdict(list)
        for refund in sorted(refunds, key=lambda r: (r.refunded_on, r.id)):
            self._of[refund.payment].append(refund)

    def spoken_for(
        self,
        line: LineId,
        payment: Payment,
        held: Iterable[Payment],
        parts: Mapping[PaymentId, Mapping[LineId, Money]],
    ) -> Money:
        """Add up what others pay of a line, as this payment finds it on its day."""
        total = NOTHING
        for other in held:
            if self._came_instead(other, payment):
                continue
            amount = parts[other.id][line]
            if other.id in self._of:
                amount -= self._gone(other, parts[other.id], payment.paid_on).get(line, NOTHING)
            total += max(NOTHING, amount)
        return total

    def _came_instead(self, other: Payment, payment: Payment) -> bool:
        """Whether the other money came once all of this had gone back, or late for this line from an insurer."""
        back = self._of.get(payment.id)
        if back and Money(sum(refund.amount.cents for refund in back)) == payment.amount:
            return other.paid_on >= back[-1].refunded_on
        late = other.paid_on.year > payment.paid_on.year and other.allocations is not None
        return late and other.method is Method.INSURER and payment.by_client

    def _gone(self, payment: Payment, amounts: Mapping[LineId, Money], by: date) -> dict[LineId, Money]:
        payment = replace(payment, allocations=_told(amounts))
        gone: dict[LineId, Money] = {}
        earlier: list[Refund] = []
        for refund in self._of[payment.id]:
            if refund.refunded_on > by:
                break
            parts = refund.allocations
            if parts is None:
                parts = allocate_refund(refund, payment, self._lines, earlier)
            earlier.append(replace(refund, allocations=parts))
            for part in parts:
                gone[part.line] = gone.get(part.line, NOTHING) + part.amount
        return gone


def in_hand(lines: Iterable[Line], payments: Iterable[Payment]) -> dict[PaymentId, tuple[Allocation, ...]]:
    """Settle lines with what is handed over at once, in the order given but for one thing.

    An insurer pays for care alone, and a health account should: both go first, so that the tip and the oil are
    left to the money that may pay for them.
    """
    first = {Method.INSURER: 0} | dict.fromkeys(HEALTH_CARDS, 1)
    left = tuple(lines)
    given = {}
    for payment in sorted(payments, key=lambda p: first.get(p.method, 2)):
        given[payment.id] = allocate(left, [payment])[payment.id]
        left = still_open(left, given[payment.id])
    return given


def _may_pay(payment: Payment, line: Line) -> bool:
    """Tell whether a payment nobody explained may settle a line: an insurer pays for care only."""
    return payment.method is not Method.INSURER or line.kind is LineKind.TREATMENT
