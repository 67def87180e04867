"""What four readers make of a line: every reason, told apart by regime, and how the line was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic.rules import eligibility
from clinic.rules.annual import Ledger, YearLine
from clinic.rules.eligibility import Charge, Paid
from clinic.values import (
    NOTHING,
    AccountKind,
    Basis,
    LetterKind,
    LetterSource,
    LineKind,
    Method,
    Money,
    PlanType,
    Purpose,
    Relation,
    State,
)
from tests.makers_money import (
    PRICE,
    SUMMER,
    a_ledger,
    a_letter,
    a_line,
    a_payment,
    a_permit,
    a_person,
    a_practice,
    a_therapist,
    a_visit,
    a_year,
    an_account,
    codes,
    dollars,
    judged,
    relatives,
    toward,
    verdicts,
)

JUNE_30 = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"visit": {"diagnosis": "Headache"}}, "E-DX"),
        ({"letter": {"patient_name": "Eve Hill"}}, "E-LMN-PATIENT"),
        (
            {"letter": {"source": LetterSource.ONLINE_QUESTIONNAIRE}},
            "W-LMN-SELFREPORT",
        ),
    ],
)
def test_reasons_outside_the_table(told: dict[str, Any], named: str) -> None:
    row = judged(**told)
    assert codes(row) == named
    assert row.marked is named.startswith("W-")


def test_all_reasons_are_collected_and_sorted() -> None:
    row = judged(
        visit={"purpose": Purpose.RELAXATION, "minutes": 90, "state": State.NO_SHOW},
        letter={"signed": False, "patient_name": "Eve Hill"},
        person={"plan": PlanType.HMO} | relatives(Relation.SPOUSE),
        therapist={"certificate": ""},
        method=Method.INSURER,
    )
    assert row.judgement.codes == (
        "E-AUTH",
        "E-INSPAID",
        "E-LMN-INCOMPLETE",
        "E-LMN-PATIENT",
        "E-MINUTES",
        "E-NOTPROVIDED",
        "E-PROVIDER",
        "E-PURPOSE",
        "E-RELATED",
    )


# --- cases of I-C that one line can tell ---


@pytest.mark.parametrize(
    ("day", "reasons", "marked"),
    [
        (date(2027, 1, 14), "W-LMN-NODURATION", True),
        (date(2027, 1, 15), "E-LMN-EXPIRED W-LMN-NODURATION", False),
    ],
)
def test_c01_twelve_months_are_taken_where_the_letter_is_silent(
    day: date, reasons: str, *, marked: bool
) -> None:
    row = judged(visit={"on": day}, letter={"ends_on": None})
    assert codes(row) == reasons
    assert row.marked is marked


def test_c06_a_therapeutic_visit_without_a_letter() -> None:
    row = judged(no_letter=True)
    assert (row.client_paid, row.eligible) == (PRICE, NOTHING)
    assert row.judgement.letter is None


def test_c22_the_day_the_hsa_was_opened() -> None:
    accounts = (an_account(AccountKind.HSA, opened=SUMMER),)
    assert verdicts(judged(person={"accounts": accounts})) == "yyy?"
    before = judged(visit={"on": JUNE_30}, person={"accounts": accounts})
    assert verdicts(before) == "yny?"
    assert before.marked


def test_an_older_hsa_counts_beside_a_newer_one() -> None:
    accounts = (
        an_account(AccountKind.HSA, opened=date(2026, 12, 1)),
        an_account(AccountKind.HSA, opened=date(2020, 1, 1)),
    )
    assert verdicts(judged(person={"accounts": accounts})) == "yyy?"
    unknown = (an_account(AccountKind.HSA),)
    assert verdicts(judged(person={"accounts": unknown})) == "yyy?"


@pytest.mark.parametrize("kin", [Relation.SPOUSE, Relation.PARENT, Relation.CHILD, Relation.SELF])
def test_c25_a_therapist_of_the_family_is_no_independent_provider(kin: Relation) -> None:
    row = judged(person=relatives(kin))
    assert (verdicts(row), codes(row)) == ("yynn", "E-RELATED")
    assert row.eligible == PRICE


def test_c26_a_therapist_without_certificate_warns_the_tax_payer_only() -> None:
    row = judged(therapist={"certificate": ""})
    assert row.marked
    assert row.eligible == PRICE


def test_c29_a_bought_letter_is_shown_and_not_blocked() -> None:
    row = judged(letter={"source": LetterSource.ONLINE_QUESTIONNAIRE})
    assert verdicts(row) == "yyy?"


def test_c33_an_hmo_without_referral_touches_no_other_regime() -> None:
    assert verdicts(judged(person={"plan": PlanType.HMO})) == "yyyn"
    visit = a_visit()
    referral = a_permit(LetterKind.REFERRAL)
    ledger = a_ledger(person=a_person(plan=PlanType.HMO), letters=(a_letter(), referral), visits=(visit,))
    (row,) = a_year(ledger).lines
    assert (verdicts(row), codes(row)) == ("yyy?", "")


def test_c42_a_certificate_that_ended_before_the_visit() -> None:
    row = judged(visit={"on": date(2026, 11, 2)}, therapist={"certified_until": date(2026, 10, 31)})
    assert (verdicts(row), codes(row)) == ("yy?n", "E-PROVIDER")
    assert row.marked


def test_a_visit_by_nobody_on_file_has_no_certificate() -> None:
    ledger = a_ledger()
    practice = a_practice(therapist=a_therapist(id="somebody else"))
    (row,) = a_year(ledger, practice=practice).lines
    assert codes(row) == "E-PROVIDER"


# --- how the line was paid ---


def paid_in_parts(*parts: tuple[Method, str], price: str = "150", basis: Basis = Basis.PAYMENT) -> YearLine:
    visit = a_visit()
    payments = tuple(
        a_payment(dollars(amount), name=f"payment-{n}", method=method)
        for n, (method, amount) in enumerate(parts)
    )
    line = a_line(appointment=visit.id, price=dollars(price))
    ledger = a_ledger(visits=(visit,), lines=(line,), payments=payments)
    (row,) = a_year(ledger, basis=basis).lines
    return row


def test_c4_25_an_insurers_part_leaves_the_mark_on_the_rest() -> None:
    row = paid_in_parts((Method.INSURER, "90"), (Method.CASH, "60"))
    assert (verdicts(row), codes(row)) == ("ppp?", "E-INSPAID")
    assert (row.insurer_paid, row.client_paid, row.eligible) == (dollars("90"), dollars("60"), dollars("60"))


def test_c34_a_visit_paid_by_gift_certificate_counts_where_it_was_bought() -> None:
    row = paid_in_parts((Method.GIFT, "120"), price="120")
    assert (verdicts(row), codes(row)) == ("nnn?", "E-TENDER-GIFT")
    assert (row.client_paid, row.eligible, row.marked) == (NOTHING, NOTHING, False)
    assert row.paid_by == (Method.GIFT,)


def test_a_gift_for_a_part_leaves_the_mark_on_the_rest() -> None:
    row = paid_in_parts((Method.GIFT, "100"), (Method.CARD, "50"))
    assert (verdicts(row), codes(row)) == ("ppp?", "E-TENDER-GIFT")
    assert (row.client_paid, row.eligible) == (dollars("50"), dollars("50"))
    assert row.paid_by == (Method.CARD, Method.GIFT)


def test_a_practice_may_take_a_gift_for_the_clients_money_in_what_it_shows() -> None:
    row = judged(method=Method.GIFT, policy={"gift_tender_eligible": True})
    assert (verdicts(row), codes(row)) == ("yyy?", "")
    assert row.eligible == NOTHING


def test_insurer_and_gift_together_leave_nothing_of_the_clients() -> None:
    row = paid_in_parts((Method.INSURER, "90"), (Method.GIFT, "60"))
    assert (verdicts(row), codes(row)) == ("nnn?", "E-INSPAID E-TENDER-GIFT")


def test_c4_24_what_is_unpaid_can_still_be_an_fsas() -> None:
    row = paid_in_parts(basis=Basis.SERVICE)
    assert (verdicts(row), codes(row)) == ("nny?", "E-UNPAID")
    assert (row.marked, row.eligible, row.paid_on) == (False, NOTHING, None)


# --- minutes ---


@pytest.mark.parametrize(
    ("prescribed", "given", "price", "eligible"),
    [
        (60, 90, "150", "100.00"),
        (60, 90, "120", "80.00"),
        (50, 60, "100", "83.33"),
        (35, 60, "100", "58.33"),
        (55, 60, "100", "91.67"),
        (60, 60, "120", "120.00"),
        (60, 30, "120", "120.00"),
        (None, 90, "120", "120.00"),
        (60, 0, "120", "120.00"),
    ],
)
def test_c4_15_only_the_prescribed_minutes_are_marked(
    prescribed: int | None, given: int, price: str, eligible: str
) -> None:
    row = judged(visit={"minutes": given}, letter={"minutes": prescribed}, line={"price": dollars(price)})
    assert row.eligible == dollars(eligible)
    assert ("E-MINUTES" in row.judgement.codes) is (prescribed is not None and given > prescribed)


# --- lines without a visit, outcomes ---


@pytest.mark.parametrize(
    ("letters", "reasons"), [((a_letter(),), "E-NOTPROVIDED"), ((), "E-NOLMN E-NOTPROVIDED")]
)
def test_a_treatment_that_no_visit_stands_behind_is_not_marked(
    letters: tuple[Any, ...], reasons: str
) -> None:
    ledger = Ledger(a_person(), letters, (), (a_line(),), (a_payment(),))
    (row,) = a_year(ledger).lines
    assert (verdicts(row), codes(row)) == ("nnnn", reasons)
    assert row.service_date == SUMMER


def test_a_charge_nobody_placed_is_not_marked() -> None:
    charge = Charge(LineKind.TREATMENT, Paid(by_client=True, by_insurer=False, by_gift=False), a_visit())
    judgement = eligibility.judge(charge, a_person(), a_practice().policy)
    assert not judgement.documented


@pytest.mark.parametrize(
    ("outcomes", "reasons"),
    [
        ((), ""),
        ((date(2026, 4, 2),), ""),
        ((SUMMER,), ""),
        ((date(2026, 4, 1),), "W-NOFUNCTION"),
        ((date(2026, 7, 2),), "W-NOFUNCTION"),
    ],
)
def test_where_outcomes_are_kept_one_is_wanted_every_ninety_days(
    outcomes: tuple[date, ...], reasons: str
) -> None:
    (row,) = a_year(a_ledger(outcomes=outcomes)).lines
    assert (verdicts(row), codes(row)) == ("yyy?", reasons)


def test_c12_a_no_show_fee_is_no_treatment() -> None:
    visit = a_visit(state=State.NO_SHOW)
    fee = a_line(kind=LineKind.FEE, price=dollars("75"), appointment=visit.id)
    ledger = a_ledger(visits=(visit,), lines=(fee,), payments=(a_payment(dollars("75")),))
    (row,) = a_year(ledger).lines
    assert (codes(row), row.eligible, row.client_paid) == ("E-ITEM-FEE", NOTHING, dollars("75"))


def test_a_tip_is_never_marked_even_under_the_best_letter() -> None:
    visit = a_visit()
    lines = (
        a_line(appointment=visit.id),
        a_line("tip", kind=LineKind.TIP, price=Money(2500), appointment=visit.id),
    )
    payments = (
        a_payment(),
        a_payment(Money(2500), name="for the tip", allocations=toward("tip", Money(2500))),
    )
    rows = a_year(a_ledger(visits=(visit,), lines=lines, payments=payments)).lines
    assert [(codes(row), row.marked) for row in rows] == [("", True), ("E-ITEM-TIP", False)]
