"""What holds of every ledger, however tangled: no cent is lost, none counts twice, nothing changes the past."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import annual, billing, settling
from clinic.rules.annual import Ledger, Practice
from clinic.rules.billing import NOT_THE_CLIENTS, Line, Payment, Refund
from clinic.rules.bundles import Use
from clinic.rules.counting import Policy, Visit
from clinic.rules.necessity import Frequency
from clinic.values import (
    NOTHING,
    AppointmentId,
    Basis,
    InvoiceId,
    LetterId,
    LineId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Purpose,
    RefundId,
    State,
)
from tests.makers_money import DANA, a_bundle, a_letter, a_line, a_payment, a_person, a_therapist, a_visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic.rules.annual import ClientYear, YearLine

YEARS = (2025, 2026, 2027, 2028)
FIRST = date(2025, 7, 1)
BUNDLE = a_bundle(3, "200.00")
LETTERS = (
    tuple(
        a_letter(id=LetterId(f"letter-{year}"), signed_on=date(year, 7, 1), ends_on=None, max_visits=most)
        for year, most in ((2025, None), (2026, 4), (2027, None))
    ),
    (
        a_letter(signed_on=FIRST, ends_on=None, frequency=Frequency(1, "month")),
        a_letter(id=LetterId("other"), signed_on=date(2026, 3, 1), ends_on=None, max_visits=3),
    ),
    (),
)
few = settings(max_examples=80)

days = st.integers(0, 900).map(lambda after: FIRST + timedelta(days=after))
cents = st.integers(1, 20_000).map(Money)
methods = st.sampled_from([*Method, Method.CARD, Method.CASH, Method.HSA_CARD, Method.CARD])


@dataclass(frozen=True, slots=True)
class Told:
    """A made-up client's ledger, with the practice that it belongs to."""

    ledger: Ledger
    practice: Practice

    def year(self, year: int, basis: Basis = Basis.PAYMENT) -> ClientYear:
        return annual.client_year(self.ledger, self.practice, year, basis)

    def rows(self, basis: Basis = Basis.PAYMENT) -> list[YearLine]:
        return [row for year in YEARS for row in self.year(year, basis).lines]


def told(ledger: Ledger) -> Told:
    """Put a ledger beside a practice that knows where its bundle's money went."""
    visits = {visit.id: visit for visit in ledger.visits}
    uses = tuple(
        Use(line.id, visits[line.appointment].day)
        for line in ledger.lines
        if line.kind is LineKind.BUNDLE_USE
        and line.appointment
        and not line.void
        and visits[line.appointment].state in annual.TAKEN
    )
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    purses = annual.purses([replace(BUNDLE, uses=uses)], settled.pieces, settled.late_refunds)
    return Told(ledger, Practice({DANA: a_therapist()}, Policy(), purses))


@st.composite
def charges(draw: st.DrawFn) -> tuple[tuple[Visit, ...], tuple[Line, ...]]:
    """Visits with what is charged for them, a bundle and its uses among it."""
    visits, lines = (
        [],
        [a_line(BUNDLE.sale, kind=LineKind.BUNDLE_SALE, price=BUNDLE.price, issued_on=draw(days))],
    )
    for n in range(draw(st.integers(1, 6))):
        visit = a_visit(
            draw(days),
            id=AppointmentId(f"visit-{n}"),
            state=draw(st.sampled_from((State.DONE, State.DONE, State.DONE, State.NO_SHOW, State.CANCELLED))),
            purpose=draw(st.sampled_from((Purpose.MEDICAL, Purpose.MEDICAL, Purpose.RELAXATION))),
            minutes=draw(st.sampled_from((30, 60, 75, 90))),
        )
        visits.append(visit)
        used = draw(st.booleans()) and sum(line.kind is LineKind.BUNDLE_USE for line in lines) < BUNDLE.visits
        price = draw(cents)
        lines.append(
            a_line(
                f"line-{n}",
                kind=LineKind.BUNDLE_USE if used else LineKind.TREATMENT,
                bundle=BUNDLE.id if used else None,
                appointment=visit.id,
                price=price,
                discount=Money(draw(st.integers(0, price.cents))),
                issued_on=visit.day,
                invoice=InvoiceId(f"invoice-{n}"),
                void=draw(st.integers(0, 9)) == 0,
            )
        )
    for n in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from((LineKind.TIP, LineKind.FEE, LineKind.PRODUCT, LineKind.GIFT_SALE)))
        beside = draw(st.sampled_from([None, *(visit.id for visit in visits)]))
        item = a_line(f"item-{n}", kind=kind, price=draw(cents), issued_on=draw(days), appointment=beside)
        lines.append(item)
    return tuple(visits), tuple(lines)


@st.composite
def stories(draw: st.DrawFn, *, late_refunds: bool = True) -> Told:
    """A ledger whose every payment and refund found its lines by the rules."""
    visits, lines = draw(charges())
    silent = [
        a_payment(
            draw(cents) + draw(cents),
            on=draw(days),
            name=f"payment-{n}",
            method=draw(methods),
            allocations=None,
        )
        for n in range(draw(st.integers(1, 6)))
    ]
    given_to = settling.allocate(lines, silent)
    payments = [replace(payment, allocations=given_to[payment.id]) for payment in silent]
    refunds: list[Refund] = []
    for n in range(draw(st.integers(0, 3))):
        payment = draw(st.sampled_from(payments))
        earlier = [refund for refund in refunds if refund.payment == payment.id]
        on = max([payment.paid_on, *(refund.refunded_on for refund in earlier)])
        on += timedelta(days=draw(st.integers(0, 500)))
        left = payment.amount - sum((refund.amount for refund in earlier), start=NOTHING)
        if left <= NOTHING or (on.year > payment.paid_on.year and not late_refunds):
            continue
        back = Refund(RefundId(f"refund-{n}"), payment.id, on, Money(draw(st.integers(1, left.cents))))
        refunds.append(replace(back, allocations=billing.allocate_refund(back, payment, lines, earlier)))
    told_of = (tuple(payments), tuple(refunds), (BUNDLE.id,))
    return told(Ledger(a_person(), draw(st.sampled_from(LETTERS)), visits, lines, *told_of))


def total(amounts: Iterable[Money]) -> Money:
    return sum(amounts, start=NOTHING)


@few
@given(stories())
def test_every_cent_of_a_payment_is_allocated_once(story: Told) -> None:
    ledger = story.ledger
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    for payment in ledger.payments:
        on_lines = total(
            p.amount for pieces in settled.pieces.values() for p in pieces if p.payment == payment.id
        )
        credit = total(each.amount for each in settled.credits if each.payment == payment.id)
        back = total(refund.amount for refund in ledger.refunds if refund.payment == payment.id)
        late = total(
            each.amount
            for each in settled.late_refunds
            if each.payment == payment.id and each.line is not None
        )
        assert on_lines + credit == payment.amount - back + late
        assert credit >= NOTHING


@few
@given(charges(), st.lists(st.tuples(cents, days, st.sampled_from(Method)), max_size=6))
def test_no_line_gets_more_than_it_asks_and_no_payment_gives_more_than_it_has(
    charged: tuple[tuple[Visit, ...], tuple[Line, ...]], paid: list[tuple[Money, date, Method]]
) -> None:
    _, lines = charged
    payments = [Payment(PaymentId(f"{n}"), on, method, amount) for n, (amount, on, method) in enumerate(paid)]
    shares = settling.allocate(lines, payments)
    on_line: Counter[LineId] = Counter()
    for payment in payments:
        parts = shares[payment.id]
        assert total(part.amount for part in parts) <= payment.amount
        assert all(part.amount > NOTHING for part in parts)
        on_line.update({part.line: part.amount.cents for part in parts})
    for line in lines:
        assert on_line[line.id] <= (line.total.cents if billing.is_open(line) else 0)
    assert settling.allocate(lines[::-1], payments[::-1]) == shares


@few
@given(stories(), st.sampled_from(Basis))
def test_the_three_totals_add_up_to_what_was_paid(story: Told, basis: Basis) -> None:
    for year in YEARS:
        found = story.year(year, basis)
        totals = found.totals
        assert totals.marked_personal + totals.marked_hsa_fsa + totals.not_marked == totals.client_paid
        assert totals.client_paid == total(row.client_paid for row in found.lines)
        assert min(totals.marked_personal, totals.marked_hsa_fsa, totals.not_marked) >= NOTHING
        assert min(totals.prepaid_open, totals.refunds_prior_year) >= NOTHING


@few
@given(stories(), st.sampled_from(Basis))
def test_marked_money_never_exceeds_what_the_client_paid_on_that_line(story: Told, basis: Basis) -> None:
    rows = story.rows(basis)
    for row in rows:
        assert NOTHING <= row.eligible <= row.client_paid
        assert row.marked or not row.eligible
        assert row.marked is (row.judgement.documented and "E-UNPAID" not in row.judgement.codes)
    for line in story.ledger.lines:
        own = [row for row in rows if row.line == line]
        if own:
            most = own[0].charge - (line.discount if line.kind is not LineKind.BUNDLE_USE else NOTHING)
            assert total(row.eligible for row in own) <= most.share(*own[0].judgement.share)


@few
@given(stories(), st.sampled_from(Basis))
def test_a_tip_is_never_marked_nor_anything_else_that_is_no_care(story: Told, basis: Basis) -> None:
    for row in story.rows(basis):
        if row.line.kind not in (LineKind.TREATMENT, LineKind.BUNDLE_USE):
            assert not row.marked
        if row.visit is not None and (
            row.visit.state is not State.DONE or row.visit.purpose is Purpose.RELAXATION
        ):
            assert not row.marked


@few
@given(stories(), st.sampled_from(Basis))
def test_hsa_and_fsa_money_is_never_taken_for_the_clients_own(story: Told, basis: Basis) -> None:
    for row in story.rows(basis):
        cards = total(p.amount for p in row.pieces if p.method in billing.HEALTH_CARDS)
        assert row.account <= cards
        assert row.own <= row.client_paid - (cards if row.line.kind is not LineKind.BUNDLE_SALE else NOTHING)


@few
@given(stories(late_refunds=False))
def test_over_all_years_everything_paid_net_of_refunds_is_in_a_row_or_open(story: Told) -> None:
    ledger = story.ledger
    own = {payment.id for payment in ledger.payments if payment.method not in NOT_THE_CLIENTS}
    came = total(payment.amount for payment in ledger.payments if payment.id in own)
    went = total(refund.amount for refund in ledger.refunds if refund.payment in own)
    in_rows = total(story.year(year).totals.client_paid for year in YEARS)
    assert in_rows + story.year(YEARS[-1]).totals.prepaid_open == came - went


@few
@given(stories())
def test_a_late_refund_stands_once_and_takes_nothing_out_of_a_row(story: Told) -> None:
    ledger = story.ledger
    own = {payment.id: payment for payment in ledger.payments if payment.method not in NOT_THE_CLIENTS}
    late = [
        refund
        for refund in ledger.refunds
        if refund.payment in own and refund.refunded_on.year > own[refund.payment].paid_on.year
    ]
    stood = [story.year(year).totals.refunds_prior_year for year in range(2025, 2031)]
    assert total(stood) == total(refund.amount for refund in late)
    in_rows = total(story.year(year).totals.client_paid for year in YEARS)
    came = total(payment.amount for payment in own.values())
    same_year = total(r.amount for r in ledger.refunds if r.payment in own and r not in late)
    assert in_rows + story.year(YEARS[-1]).totals.prepaid_open <= came - same_year


@few
@given(stories(), st.sampled_from(YEARS))
def test_what_is_paid_or_paid_back_later_changes_no_earlier_year(story: Told, year: int) -> None:
    ledger = story.ledger
    earlier = replace(
        ledger,
        payments=tuple(payment for payment in ledger.payments if payment.paid_on.year <= year),
        refunds=tuple(refund for refund in ledger.refunds if refund.refunded_on.year <= year),
    )
    assert told(earlier).year(year) == story.year(year)


@few
@given(stories())
def test_a_visit_of_a_bundle_counts_in_the_later_of_two_years(story: Told) -> None:
    for year in YEARS:
        for row in story.year(year).lines:
            assert row.paid_on is not None
            assert row.paid_on.year == year
            if row.line.kind is LineKind.BUNDLE_USE:
                assert row.paid_on >= row.service_date


@few
@given(stories())
def test_by_service_every_line_stands_in_one_year(story: Told) -> None:
    standing = sorted(line.id for line in story.ledger.lines if not line.void)
    assert sorted(row.line.id for row in story.rows(Basis.SERVICE)) == standing


@few
@given(stories(), st.sampled_from(YEARS), st.sampled_from(Basis))
def test_the_same_ledger_in_any_order_gives_the_same_answer(story: Told, year: int, basis: Basis) -> None:
    ledger = story.ledger
    reversed_ = replace(
        ledger,
        letters=ledger.letters[::-1],
        visits=ledger.visits[::-1],
        lines=ledger.lines[::-1],
        payments=ledger.payments[::-1],
        refunds=ledger.refunds[::-1],
    )
    assert told(reversed_).year(year, basis) == story.year(year, basis)
