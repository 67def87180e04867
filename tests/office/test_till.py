"""Tests of the till: lines charged, money taken, receipts numbered, voided and paid back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet
from clinic.office import booking, charges, gifts, letters, papers, receipts, reversals, till
from clinic.office.charges import Charge
from clinic.office.till import Tender
from clinic.records import Allocation, Paper
from clinic.rules.permissions import Permission
from clinic.storage import checks
from clinic.values import (
    AppointmentId,
    BundleId,
    ClientId,
    InvoiceId,
    LetterKind,
    LineKind,
    Method,
    Money,
    Refusal,
    StaffId,
    State,
    TreatmentId,
)
from clinic.workroom.issuing import sheet_of
from tests import practices

if TYPE_CHECKING:
    from clinic.office.desk import Desk

CLIENT = ClientId("c-own")
OWNER = StaffId("owner")
A_TREATMENT = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))
A_TIP = Charge(LineKind.TIP, "Tip", Money(2000))


def paid(amount: int, method: Method = Method.CARD, **facts: str) -> Tender:
    return Tender(method, Money(amount), **facts)


def checked_out(
    desk: Desk, *lines: Charge, tenders: tuple[Tender, ...] = (), operation: str = "o-1"
) -> till.CheckedOut:
    task = partial(till.check_out, operation=operation, client=CLIENT, charges=lines, tenders=tenders)
    return desk.writing(task)[0]


def receipt(desk: Desk, number: str) -> ReceiptSheet:
    return desk.reading(lambda work: sheet_of(work.get(Paper, number), ReceiptSheet))


def a_visit(desk: Desk) -> AppointmentId:
    """Book a visit this morning and let it take place."""
    at = practices.NOW.replace(tzinfo=None, hour=9, minute=0)
    book = partial(booking.book, client=CLIENT, treatment=TreatmentId("t-60"), staff=OWNER, at=at)
    visit = desk.writing(book)[0].appointment
    practices.check_quickly(desk, CLIENT)
    for state in (State.ARRIVED, State.IN_TREATMENT, State.DONE):
        desk.writing(partial(booking.advance, appointment=visit, to=state))
    return visit


def a_letter(desk: Desk) -> None:
    facts = {key: value for key, value in practices.a_letter().items() if key not in {"id", "client", "kind"}}
    facts |= {"signed_on": practices.NOW.date().replace(month=7, day=1)}
    facts |= {"ends_on": practices.NOW.date().replace(month=12, day=31)}
    desk.writing(partial(letters.add, client=CLIENT, kind=LetterKind.LMN, **facts))


def test_a_visit_under_a_letter_is_marked_and_its_tip_is_not(desk: Desk) -> None:
    a_letter(desk)
    visit = a_visit(desk)
    proposal = desk.reading(partial(charges.propose, appointment=visit))
    assert not proposal.charged
    done = checked_out(desk, *proposal.charges, A_TIP, tenders=(paid(14500),))
    assert (done.number, done.balance) == ("R-2026-000001", Money(0))
    sheet = receipt(desk, done.number)
    assert [(mark.letter, mark.visit, mark.visits, mark.applies_to) for mark in sheet.marks] == [
        ("L-2026-014", 1, 12, Money(12500)),
    ]
    assert sheet.lines[1].codes == ("E-ITEM-TIP",)


def test_the_same_operation_charges_once(desk: Desk) -> None:
    first = checked_out(desk, A_TREATMENT, tenders=(paid(12500),))
    again = checked_out(desk, A_TREATMENT, tenders=(paid(12500),))
    assert first == again
    assert checked_out(desk, A_TREATMENT, operation="o-2").number == "R-2026-000002"


def test_what_was_not_paid_is_owed_and_paid_later_on_a_receipt_of_its_own(desk: Desk) -> None:
    done = checked_out(desk, A_TREATMENT, A_TIP, tenders=(paid(10000, Method.HSA_CARD),))
    assert done.balance == Money(4500)
    task = partial(till.take_payment, operation="o-2", client=CLIENT, tenders=(paid(4500, Method.CASH),))
    taken = desk.writing(task)[0]
    assert desk.writing(task)[0] == taken
    sheet = receipt(desk, taken.numbers[0])
    assert (sheet.first_receipt, sheet.client_paid, sheet.balance) == (done.number, Money(14500), Money(0))
    assert [(line.method, line.toward, line.amount) for line in sheet.payments] == [
        (Method.HSA_CARD, "Therapeutic massage", Money(10000)),
        (Method.CASH, "Therapeutic massage", Money(2500)),
        (Method.CASH, "Tip", Money(2000)),
    ]


def test_a_later_payment_over_two_invoices_shows_both(desk: Desk) -> None:
    first = checked_out(desk, A_TREATMENT, tenders=(paid(10000),))
    second = checked_out(desk, A_TIP, operation="o-2")
    task = partial(till.take_payment, operation="o-3", client=CLIENT, tenders=(paid(4500, Method.CASH),))
    taken = desk.writing(task)[0]
    sheet = receipt(desk, taken.numbers[0])
    assert sheet.first_receipt == f"{first.number}, {second.number}"
    assert [line.text for line in sheet.lines] == ["Therapeutic massage", "Tip"]
    assert (sheet.charged, sheet.client_paid, sheet.balance) == (Money(14500), Money(14500), Money(0))


def test_a_part_payment_leaves_on_its_receipt_what_is_still_owed(desk: Desk) -> None:
    checked_out(desk, A_TREATMENT)
    for operation, cents in (("o-2", 5000), ("o-3", 6000)):
        task = partial(till.take_payment, operation=operation, client=CLIENT, tenders=(paid(cents),))
        last = desk.writing(task)[0]
    assert receipt(desk, last.numbers[0]).balance == Money(1500)


def test_an_operation_is_not_used_again_for_something_else(desk: Desk) -> None:
    checked_out(desk, A_TREATMENT)
    with pytest.raises(Refusal, match="operation_reused"):
        desk.writing(
            partial(till.take_payment, operation="o-1", client=CLIENT, tenders=(paid(100),)),
        )


@pytest.mark.parametrize(
    ("lines", "tenders", "code"),
    [
        ((), (), "nothing_to_charge"),
        ((A_TREATMENT,), (paid(12501),), "paid_too_much"),
        ((Charge(LineKind.TREATMENT, "Massage", Money(-1)),), (), "amount_wrong"),
        ((Charge(LineKind.TREATMENT, "Massage", Money(100), discount=Money(101)),), (), "discount_too_large"),
        ((Charge(LineKind.TREATMENT, "  ", Money(100)),), (), "text_missing"),
        ((A_TREATMENT,), (paid(0),), "amount_wrong"),
        ((A_TREATMENT,), (paid(12500, Method.GIFT, gift_code="nobody's"),), "gift_unknown"),
    ],
)
def test_a_refused_checkout_takes_no_number(
    desk: Desk, lines: tuple[Charge, ...], tenders: tuple[Tender, ...], code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        checked_out(desk, *lines, tenders=tenders)
    assert checked_out(desk, A_TREATMENT, operation="o-2").number == "R-2026-000001"


def test_a_visit_is_charged_once(desk: Desk) -> None:
    visit = a_visit(desk)
    line = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500), appointment=visit)
    checked_out(desk, line)
    with pytest.raises(Refusal, match="already_charged"):
        checked_out(desk, line, operation="o-2")


def test_a_bundle_is_sold_and_used_until_it_is_spent(desk: Desk) -> None:
    sale = Charge(
        LineKind.BUNDLE_SALE, "Two visits", Money(20000), sells=charges.BundleOffer(TreatmentId("t-60"), 2)
    )
    checked_out(desk, sale, tenders=(paid(20000),))
    visit = a_visit(desk)
    bundle = desk.reading(partial(charges.propose, appointment=visit)).bundles[0]
    assert (bundle.treatment, bundle.left) == ("t-60", 2)
    use = Charge(LineKind.BUNDLE_USE, "Therapeutic massage", Money(0), appointment=visit, bundle=bundle.id)
    done = checked_out(desk, use, operation="o-2")
    assert receipt(desk, done.number).payments[0].amount == Money(10000)
    other = Charge(LineKind.BUNDLE_USE, "Therapeutic massage", Money(0), bundle=bundle.id)
    checked_out(desk, other, operation="o-3")
    with pytest.raises(Refusal, match="bundle_spent"):
        checked_out(desk, other, operation="o-4")
    with pytest.raises(Refusal, match="not_found"):
        checked_out(
            desk, Charge(LineKind.BUNDLE_USE, "x", Money(0), bundle=BundleId("none")), operation="o-5"
        )


def test_a_gift_certificate_is_sold_and_redeemed_as_far_as_it_goes(desk: Desk) -> None:
    checked_out(
        desk, Charge(LineKind.GIFT_SALE, "Gift", Money(5000), gift_code="FERN-1"), tenders=(paid(5000),)
    )
    by_gift = paid(4000, Method.GIFT, gift_code="FERN-1")
    done = checked_out(desk, A_TREATMENT, tenders=(by_gift, paid(8500)), operation="o-2")
    assert done.balance == Money(0)
    assert desk.reading(partial(gifts.look_up, code="FERN-1")).left == Money(1000)
    with pytest.raises(Refusal, match="gift_spent"):
        checked_out(desk, A_TREATMENT, tenders=(by_gift,), operation="o-3")
    with pytest.raises(Refusal, match="gift_code_taken"):
        checked_out(desk, Charge(LineKind.GIFT_SALE, "G", Money(1), gift_code="FERN-1"), operation="o-4")


def voided(desk: Desk, invoice: InvoiceId) -> str:
    desk.confirm()
    return desk.writing(partial(reversals.void, invoice=invoice, reason="wrong client"))[0]


def test_a_void_keeps_the_number_and_makes_the_money_credit_for_the_next(desk: Desk) -> None:
    first = checked_out(desk, A_TREATMENT, tenders=(paid(12500),))
    assert voided(desk, first.invoice) == first.number
    with pytest.raises(Refusal, match="already_void"):
        voided(desk, first.invoice)
    second = checked_out(desk, A_TREATMENT, operation="o-2")
    assert (second.number, second.balance) == ("R-2026-000002", Money(0))
    assert all(finding.ok for finding in checks.of_practice(desk.vault))
    assert desk.reading(lambda work: work.session.query(Allocation).count()) == 1


def test_what_a_receipt_sold_and_was_used_since_keeps_it_from_being_voided(desk: Desk) -> None:
    sold = checked_out(
        desk, Charge(LineKind.GIFT_SALE, "Gift", Money(5000), gift_code="F"), tenders=(paid(5000),)
    )
    checked_out(desk, A_TREATMENT, tenders=(paid(100, Method.GIFT, gift_code="F"),), operation="o-2")
    with pytest.raises(Refusal, match="already_used"):
        voided(desk, sold.invoice)


def test_a_refund_is_proven_by_a_credit_note_and_never_exceeds_what_was_paid(desk: Desk) -> None:
    done = checked_out(desk, A_TREATMENT, A_TIP, tenders=(paid(14500),))
    payment = desk.reading(partial(receipts.opened, number=done.number)).payments[0]
    desk.confirm()
    refund: Any = partial(reversals.refund, payment=payment.id, reason="ended early")
    back = desk.writing(partial(refund, operation="r-1", amount=Money(4000)))[0]
    assert desk.writing(partial(refund, operation="r-1", amount=Money(4000)))[0] == back
    assert back.number == "C-2026-000001"
    sheet = desk.reading(lambda work: sheet_of(work.get(Paper, back.number), CreditNoteSheet))
    assert (sheet.receipt, sheet.refunded) == (done.number, Money(4000))
    with pytest.raises(Refusal, match="refund_too_much"):
        desk.writing(partial(refund, operation="r-2", amount=Money(10501)))
    assert desk.writing(partial(papers.copy, number=back.number))[0].n == 1


def test_the_first_printing_is_kept_to_the_byte(desk: Desk) -> None:
    done = checked_out(desk, A_TREATMENT, tenders=(paid(12500),))
    shown = desk.reading(partial(papers.preview, number=done.number))
    first = desk.writing(partial(papers.original, number=done.number))[0]
    assert shown == first == desk.writing(partial(papers.original, number=done.number))[0]
    assert desk.writing(partial(papers.superbill_of, number=done.number))[0].startswith(b"%PDF")


def test_reversing_asks_for_the_password_again_after_five_minutes(desk: Desk) -> None:
    desk.actor = type(desk.actor)(desk.actor.staff, desk.actor.role)
    with pytest.raises(Refusal, match="password_again"):
        desk.writing(lambda work: work.require(Permission.MONEY_REVERSE, reason="x"))


def test_a_deposit_of_two_payments_may_be_the_first_paper_of_the_year(desk: Desk) -> None:
    task = partial(
        till.take_deposit,
        operation="o-1",
        client=CLIENT,
        tenders=(paid(2000), paid(3000, Method.CASH)),
    )
    assert [number[-1] for number in desk.writing(task)[0].numbers] == ["1", "2"]
