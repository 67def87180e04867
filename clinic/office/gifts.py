"""Gift certificates: what is left on one, where it went, and the small rest that its holder may have in cash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.office.door import clean
from clinic.records import Gift, Invoice, Line, Payment, Refund
from clinic.rules import gifts
from clinic.rules.permissions import Permission, Reach
from clinic.values import GiftId, Money, Refusal
from clinic.workroom import rests

if TYPE_CHECKING:
    from datetime import date

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Certificate:
    """A gift certificate as somebody brings it."""

    id: GiftId
    code: str
    sold_on: date
    receipt: str
    worth: Money
    left: Money
    used_on: tuple[tuple[date, Money], ...]
    """The days on which something was paid with it; what came back is negative."""
    paid_out: tuple[tuple[date, Money], ...]
    """The rests of it that were paid in cash: what a refund gave back to it can leave another one."""
    in_cash: bool
    """Whether its holder can ask for the rest in cash today."""


def find(work: Work, code: str) -> Gift:
    """Find a certificate by what stands on it."""
    work.require(Permission.MONEY_SEE)
    gift = work.session.scalar(select(Gift).where(Gift.code == (clean(code, at="gift_code") or "")))
    if gift is None:
        raise Refusal("gift_unknown", at="gift_code")
    return gift


def left_on(work: Work, gift: Gift) -> Money:
    """Work out what is left on a certificate."""
    work.require(Permission.MONEY_SEE)
    spent = work.session.scalar(select(func.sum(Payment.amount_cents)).where(Payment.gift == gift.id)) or 0
    back = (
        work.session.scalar(
            select(func.sum(Refund.amount_cents))
            .join(Payment, Payment.id == Refund.payment)
            .where(Payment.gift == gift.id),
        )
        or 0
    )
    worth = Money(gift.amount_cents)
    rests_ = [amount for _on, amount in rests.of(gift.paid_out)]
    return gifts.balance(worth, [Money(spent), *rests_], [Money(back)])


def look_up(work: Work, *, code: str) -> Certificate:
    """Tell all about a certificate; whoever brings it may know, whoever bought it."""
    work.require(Permission.MONEY_SEE)
    gift = find(work, code)
    line = work.get(Line, gift.line)
    sale = work.get(Invoice, line.invoice)
    used = work.run(select(Payment.paid_on, Payment.amount_cents).where(Payment.gift == gift.id)).all()
    back = work.run(
        select(Refund.refunded_on, Refund.amount_cents)
        .join(Payment, Payment.id == Refund.payment)
        .where(Payment.gift == gift.id)
    ).all()
    left = left_on(work, gift)
    may_take = work.reach(Permission.MONEY_TAKE) is not Reach.NONE
    return Certificate(
        GiftId(gift.id),
        gift.code,
        sale.issued_on,
        sale.number,
        Money(gift.amount_cents),
        left,
        tuple(
            sorted(
                [
                    *((row.paid_on, Money(row.amount_cents)) for row in used),
                    *((row.refunded_on, -Money(row.amount_cents)) for row in back),
                ]
            )
        ),
        tuple(rests.of(gift.paid_out)),
        may_take and gifts.must_pay_out(left, work.today),
    )


def pay_out(work: Work, *, operation: str, code: str) -> Money:
    """Pay the small rest of a certificate in cash, as the law wants it; asked twice, it is paid once."""
    work.require(Permission.MONEY_TAKE)
    if (done := work.repeated(operation, "pay_out")) is not None:
        return Money(json.loads(done)["cents"])
    gift = find(work, code)
    left = left_on(work, gift)
    if not gifts.must_pay_out(left, work.today):
        raise Refusal("gift_not_in_cash", at="gift_code", left=left)
    gift.paid_out = [*(gift.paid_out or ()), {"on": work.today.isoformat(), "cents": left.cents}]
    work.note("gift_paid_out", f"gifts/{gift.id}", {"cents": left.cents})
    work.carried_out(operation, "pay_out", json.dumps({"cents": left.cents}))
    return left
