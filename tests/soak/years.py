"""A random year at the till of a small practice, and what must hold of it to the cent whatever was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office import bundles, charges, gifts, insurers, reversals, till, year_end
from clinic.office.charges import BundleOffer, Charge
from clinic.office.reports import reading
from clinic.office.reports.shape import About, Asked, By, Report
from clinic.office.till import Tender
from clinic.records import Gift, Invoice, Line, Payment, Refund
from clinic.rules import billing
from clinic.rules.annual import Totals
from clinic.rules.billing import NOT_THE_CLIENTS
from clinic.rules.journal import MONEY, Account
from clinic.values import (
    NOTHING,
    Basis,
    BundleId,
    ClientId,
    InvoiceId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Refusal,
    TreatmentId,
)
from clinic.wording import reports as words
from clinic.workroom import ledgers, purses, rests

if TYPE_CHECKING:
    from random import Random

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

FAMILY = (ClientId("c-own"), ClientId("c-other"))
BEGAN = datetime(2025, 3, 3, 18, tzinfo=UTC)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
OWN_MONEY = (Method.CARD, Method.CASH, Method.CHECK, Method.HSA_CARD, Method.FSA_CARD, Method.OTHER)
IN_HAND = [name for key, name in words.accounts().items() if key in set(MONEY.values()) - {Account.GIFTS}]
ALLOWED = {
    "already_used",
    "already_void",
    "bundle_spent",
    "gift_spent",
    "paid_too_much",
    "refund_too_much",
    "amount_wrong",
}
"""What the till may say no to in a random year; any other refusal is a fault."""


@dataclass(slots=True)
class Year:
    """Somebody who does at random what is done at a till, and writes down beside it what each gift should hold."""

    desk: Desk
    dice: Random
    tag: str
    at: datetime = BEGAN
    done: int = 0
    gifts: dict[str, int] = field(default_factory=dict)
    _step: int = 0

    def play(self, steps: int) -> None:
        """Do so many things."""
        self.begin()
        takes = (self.sell, self.sell, self.sell, self.pay, self.deposit, self.insurer)
        acts = (*takes, self.refund, self.void, self.rest)
        for _ in range(steps):
            self._step += 1
            self.at += timedelta(days=self.dice.randint(0, 60))
            self.desk.clock = lambda: self.at
            self.desk.confirm()
            try:
                self.dice.choice(acts)()
            except Refusal as refusal:
                if refusal.code not in ALLOWED:
                    raise
            else:
                self.done += 1

        self.rest()

    def begin(self) -> None:
        """Sell a small gift, and visits of which only a part is paid: what goes wrong most goes wrong there."""
        if self._step:
            return
        self.desk.clock = lambda: self.at
        code = f"{self.tag}-FIRST"
        self.gifts[code] = self.dice.randint(1, 999)
        lines = (
            Charge(LineKind.GIFT_SALE, "Gift", Money(self.gifts[code]), gift_code=code),
            Charge(LineKind.BUNDLE_SALE, "Visits", Money(10_003), sells=BundleOffer(TreatmentId("t-60"), 4)),
        )
        paid = (Tender(Method.CARD, Money(self.dice.randint(5_000, 9_000))),)
        task = partial(till.check_out, operation=f"{self.tag}-b", client=FAMILY[0], charges=lines)
        self.desk.writing(partial(task, tenders=paid))

    @property
    def key(self) -> str:
        """Name this operation."""
        return f"{self.tag}-{self._step}"

    def sell(self) -> None:
        """Charge a few lines and take some of the money for them."""
        dice, client = self.dice, self.dice.choice(FAMILY)
        lines = [self._line(client) for _ in range(dice.randint(1, 3))]
        whole = sum(line.total.cents for line in lines)
        tenders = self._tenders(whole) if whole and dice.random() < 0.85 else []
        self.desk.writing(
            partial(till.check_out, operation=self.key, client=client, charges=lines, tenders=tenders)
        )
        for line in lines:
            if line.kind is LineKind.GIFT_SALE:
                self.gifts[line.gift_code] = line.price.cents
        for tender in tenders:
            if tender.method is Method.GIFT:
                self.gifts[tender.gift_code] -= tender.amount.cents

    def _line(self, client: ClientId) -> Charge:
        dice = self.dice
        price = Money(dice.randint(1, 20_000))
        kind = dice.choice([*LineKind, LineKind.TREATMENT, LineKind.BUNDLE_USE, LineKind.BUNDLE_USE])
        if kind is LineKind.BUNDLE_USE:
            bundle = self._bundle(client)
            if bundle is not None:
                return Charge(kind, "Visit", NOTHING, bundle=bundle)
            kind = LineKind.TREATMENT
        if kind is LineKind.BUNDLE_SALE:
            return Charge(kind, "Visits", price, sells=BundleOffer(TreatmentId("t-60"), dice.randint(1, 7)))
        if kind is LineKind.GIFT_SALE:
            price = Money(dice.randint(1, 3_000))  # small ones leave small rests
            return Charge(kind, "Gift", price, gift_code=f"{self.key}-{dice.random():.9f}".upper())
        if kind is LineKind.PRODUCT:
            return Charge(kind, "Oil", price, tax=charges.tax_on(price, dice.choice((0, 10_750))))
        if kind is LineKind.TREATMENT and dice.random() < 0.3:
            return Charge(kind, "Massage", price, discount=Money(price.cents // 3), discount_reason="kind")
        return Charge(kind, "Line", price)

    def _bundle(self, client: ClientId) -> BundleId | None:
        other = FAMILY[client == FAMILY[0]]
        for bundle in self.desk.reading(partial(charges.open_bundles, client=other)):
            if not bundle.holder and self.dice.random() < 0.3:
                self.desk.writing(partial(bundles.share, bundle=bundle.id, client=client))
        open_ = self.desk.reading(partial(charges.open_bundles, client=client))
        return self.dice.choice(open_).id if open_ else None

    def _tenders(self, whole: int) -> list[Tender]:
        dice = self.dice
        left, tenders = dice.choice((whole, whole, dice.randint(1, whole))), []
        for code, worth in self.gifts.items():
            part = min(worth, left)
            if part > 0 and dice.random() < 0.3:
                tenders.append(Tender(Method.GIFT, Money(part), gift_code=code))
                left -= part
        while left > 0:
            part = left if dice.random() < 0.6 else dice.randint(1, left)
            tenders.append(Tender(dice.choice((*OWN_MONEY, Method.INSURER)), Money(part)))
            left -= part
        return tenders

    def pay(self) -> None:
        """Take some of what is still open."""
        client = self.dice.choice(FAMILY)
        owed = self.desk.reading(lambda work: _owed(work, client))
        if owed:
            amount = Money(self.dice.randint(1, owed))
            tender = Tender(self.dice.choice(OWN_MONEY), amount)
            self.desk.writing(
                partial(till.take_payment, operation=self.key, client=client, tenders=(tender,))
            )

    def deposit(self) -> None:
        """Leave money for nothing yet."""
        tender = Tender(self.dice.choice(OWN_MONEY), Money(self.dice.randint(1, 9_000)))
        client = self.dice.choice(FAMILY)
        self.desk.writing(partial(till.take_deposit, operation=self.key, client=client, tenders=(tender,)))

    def insurer(self) -> None:
        """Let an insurer pay for care, whatever the client has paid on it."""
        ids = self.desk.reading(
            lambda work: work.session.scalars(select(Invoice.id).where(Invoice.void_on.is_(None))).all()
        )
        if ids:
            amount = Money(self.dice.randint(1, 9_000))
            invoice = InvoiceId(self.dice.choice(ids))
            self.desk.writing(partial(insurers.take, operation=self.key, invoice=invoice, amount=amount))

    def refund(self) -> None:
        """Pay a part of some payment back."""
        paid = self.desk.reading(
            lambda work: work.run(select(Payment.id, Payment.amount_cents, Payment.gift)).all()
        )
        if not paid:
            return
        row = self.dice.choice(paid)
        amount = Money(self.dice.randint(1, row.amount_cents))
        self.desk.writing(
            partial(
                reversals.refund, operation=self.key, payment=PaymentId(row.id), amount=amount, reason="x"
            )
        )
        if row.gift:
            code = self.desk.reading(lambda work: work.get(Gift, row.gift).code)
            self.gifts[code] += amount.cents

    def void(self) -> None:
        """Take some receipt back."""
        ids = self.desk.reading(lambda work: work.session.scalars(select(Invoice.id)).all())
        if ids:
            invoice = InvoiceId(self.dice.choice(ids))
            sold = self.desk.reading(lambda work: _gifts_of(work, invoice))
            self.desk.writing(partial(reversals.void, invoice=invoice, reason="x"))
            for code in sold:
                self.gifts[code] = 0

    def rest(self) -> None:
        """Pay the small rest of some gift in cash."""
        for code, left in self.gifts.items():
            if 0 < left < 1_000:
                self.desk.writing(partial(gifts.pay_out, operation=f"{self.key}-{code}", code=code))
                self.gifts[code] = 0
                return


def _owed(work: Work, client: ClientId) -> int:
    owed = till._owed(ledgers.ledger_of(work, client))
    return sum(amount.cents for amount in owed.values())


def _gifts_of(work: Work, invoice: str) -> list[str]:
    lines = select(Line.id).where(Line.invoice == invoice)
    return list(work.session.scalars(select(Gift.code).where(Gift.line.in_(lines))))


def reported(desk: Desk, about: About, **more: Any) -> Report:
    """Read a report over all years played."""
    return desk.reading(partial(reading.read, asked=Asked(about, FIRST, LAST, **more)))


def money(cell: object) -> Money:
    """Take a cell that is money."""
    assert isinstance(cell, Money)
    return cell


def added(report: Report) -> Money:
    """Add up the entries of a report by themselves."""
    return Money(sum(money(entry.cells[-1]).cents for entry in report.entries))


def reconcile(year: Year) -> None:
    """Hold every way of adding the year up against every other."""
    desk = year.desk
    in_hand, by_clients, back = desk.reading(_raw)
    whole = money(reported(desk, About.INCOME).totals[-1])
    assert whole == in_hand, "the report and the money that came in"
    for basis in Basis:
        totals = {money(reported(desk, About.INCOME, by=by, basis=basis).totals[-1]) for by in By}
        assert len(totals) == 1, "income, whatever it is gathered by"
    for about in (About.INCOME, About.TIPS, About.HELD, About.OWED):
        report = reported(desk, about)
        assert added(report) == money(report.totals[-1]), f"{about}: its entries"
    methods = reported(desk, About.INCOME, by=By.METHOD)
    assert {
        row.cells[0]: money(row.cells[-1]).cents
        for row in methods.rows
        if row.cells[0] and money(row.cells[-1])
    } == desk.reading(_by_method), "the report and the drawer, by method"
    schedule = reported(desk, About.SCHEDULE_C)
    tax = next(money(row.cells[2]) for row in schedule.rows if row.cells[0] == "tax_collected")
    assert money(schedule.totals[2]) + tax == whole, "Schedule C with the tax, and the income"
    books = reported(desk, About.JOURNAL)
    assert books.totals[2] == books.totals[3], "the journal's two sides"
    drawer = [row for row in books.rows if row.cells[0] in IN_HAND]
    took = sum(money(row.cells[2]).cents - money(row.cells[3]).cents for row in drawer)
    assert took == in_hand.cents, "the journal and the money that came in"
    grids = [desk.reading(partial(year_end.grid, year=y)) for y in range(FIRST.year, LAST.year + 1)]
    for grid in grids:
        assert sum((row.totals for row in grid.rows), start=Totals()) == grid.totals, "the grid and its rows"
        _in_parts(grid.totals)
    held = {row.cells[0]: money(row.cells[2]) for row in reported(desk, About.HELD).rows}
    assert held["gifts"].cents == sum(year.gifts.values()), "gifts, and what was written down beside them"
    counted = sum(grid.totals.client_paid.cents for grid in grids)
    bundles_left, gone, back_on_lines = desk.reading(_beside)
    assert held["bundles"].cents == bundles_left, "prepaid visits, and what their money has left"
    ahead = bundles_left + held["credit"].cents
    assert counted + ahead - gone - back_on_lines == (by_clients - back).cents, (
        "the years' ends, what is held, what went back later, and the money"
    )


def _beside(work: Work) -> tuple[int, int, int]:
    """Add up what bundles' money has left, what of it went back though used, and what went back later on lines.

    A refund in a later year takes nothing off the rows of its payment's year: they stand, and it stands apart.
    """
    practice, sales = ledgers.practice_of(work), purses.sales_of(work)
    left: Counter[tuple[str, str]] = Counter()
    for purse in practice.purses.values():
        for piece in sales.pieces.get(purse.bundle.sale, ()):
            if piece.by_client:
                left[purse.bundle.sale, piece.payment] += piece.amount.cents
        for used in purse.funding.pieces.values():
            for piece in used:
                if piece.by_client:
                    left[purse.bundle.sale, piece.payment] -= piece.amount.cents
    assert min(left.values(), default=0) >= 0, "visits are paid with no more than was paid for their bundle"
    sold = {purse.bundle.sale for purse in practice.purses.values()}
    late = [
        refund
        for _client, ledger in ledgers.ledgers(work)
        for refund in billing.settle(ledger.lines, ledger.payments, ledger.refunds).late_refunds
        if refund.to_client and refund.line is not None
    ]
    for refund in late:
        if refund.line in sold:
            left[str(refund.line), refund.payment] -= refund.amount.cents
    others = sum(refund.amount.cents for refund in late if refund.line not in sold)
    return (+left).total(), (-left).total(), others


def _in_parts(totals: Totals) -> None:
    parts = totals.marked_personal + totals.marked_hsa_fsa + totals.not_marked
    assert parts == totals.client_paid, "what is marked, by card and by own money, and what is not"


def _raw(work: Work) -> tuple[Money, Money, Money]:
    """Add up what came in, what of it clients paid, and what went back to them, straight from the file."""
    sums = {
        row.method: row.cents
        for row in work.run(
            select(Payment.method, func.sum(Payment.amount_cents).label("cents")).group_by(Payment.method)
        )
    }
    backs = {
        row.method: row.cents
        for row in work.run(
            select(Payment.method, func.sum(Refund.amount_cents).label("cents"))
            .join(Payment, Payment.id == Refund.payment)
            .group_by(Payment.method)
        )
    }
    cash = sum(rest.amount.cents for rest in rests.paid_in_cash(work))
    came = sum(cents for how, cents in sums.items() if how is not Method.GIFT)
    went = sum(cents for how, cents in backs.items() if how is not Method.GIFT)
    own = sum(cents for how, cents in sums.items() if how not in NOT_THE_CLIENTS)
    own_back = sum(cents for how, cents in backs.items() if how not in NOT_THE_CLIENTS)
    return Money(came - went - cash), Money(own), Money(own_back)


def _by_method(work: Work) -> dict[Method, int]:
    paid = work.run(
        select(Payment.method, func.sum(Payment.amount_cents).label("cents")).group_by(Payment.method)
    )
    counts = {row.method: row.cents for row in paid if row.method is not Method.GIFT}
    back = work.run(
        select(Payment.method, func.sum(Refund.amount_cents).label("cents"))
        .join(Payment, Payment.id == Refund.payment)
        .group_by(Payment.method)
    )
    for row in back:
        if row.method is not Method.GIFT:
            counts[row.method] -= row.cents
    cash = sum(rest.amount.cents for rest in rests.paid_in_cash(work))
    if cash:
        counts[Method.CASH] = counts.get(Method.CASH, 0) - cash
    return {how: cents for how, cents in counts.items() if cents}
