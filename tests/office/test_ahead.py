"""Money for a later day: deposits, shared prepaid visits, and the small rest of a gift certificate in cash."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import (
    bundles,
    charges,
    closing,
    gifts,
    papers,
    portable,
    prices,
    receipts,
    reversals,
    till,
)
from clinic.office.charges import BundleOffer, Charge
from clinic.office.reports import reading
from clinic.office.reports.shape import About, Asked
from clinic.office.till import Tender
from clinic.records import Payment
from clinic.storage.work import Actor, Work
from clinic.values import (
    AppointmentId,
    Basis,
    BundleId,
    ClientId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Refusal,
    Role,
    StaffId,
    TreatmentId,
)
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

OWN, OTHER = ClientId("c-own"), ClientId("c-other")
A_TREATMENT = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))


def card(cents: int, method: Method = Method.CARD, **more: Any) -> Tender:
    return Tender(method, Money(cents), **more)


def charged(
    desk: Desk, *lines: Charge, client: ClientId = OWN, tenders: Any = (), key: str = "o"
) -> till.CheckedOut:
    task = partial(till.check_out, operation=key, client=client, charges=lines, tenders=tenders)
    return desk.writing(task)[0]


def as_role(desk: Desk, staff: str, role: Role) -> Work:
    return Work(desk.vault, Actor(StaffId(staff), role, practices.NOW), practices.NOW)


def deposited(desk: Desk, cents: int = 10000, key: str = "d") -> till.TakenIn:
    task = partial(till.take_deposit, operation=key, client=OWN, tenders=(card(cents),))
    return desk.writing(task)[0]


def test_money_on_account_gets_a_receipt_and_pays_what_is_charged_next(desk: Desk) -> None:
    taken = deposited(desk)
    assert taken.numbers == ("R-2026-000001",)
    opened = desk.reading(partial(receipts.opened, number="R-2026-000001"))
    assert opened.receipt.amount == Money(10000)
    assert b"%PDF" in desk.reading(partial(papers.preview, number="R-2026-000001"))[:8]
    done = charged(desk, A_TREATMENT, tenders=(card(2500),), key="o-2")
    assert done.balance == Money(0)


def test_asked_twice_a_deposit_is_taken_once(desk: Desk) -> None:
    assert deposited(desk) == deposited(desk)
    assert len(desk.reading(receipts.recent)) == 1


@pytest.mark.parametrize(
    "tenders", [(), (card(100, Method.INSURER),), (card(100, Method.GIFT, gift_code="x"),)]
)
def test_a_deposit_is_the_clients_own_money(desk: Desk, tenders: Any) -> None:
    with pytest.raises(Refusal, match="deposit_needs_money"):
        desk.writing(partial(till.take_deposit, operation="d", client=OWN, tenders=tenders))


def test_a_deposit_can_be_paid_back(desk: Desk) -> None:
    taken = deposited(desk)
    desk.confirm()
    task = partial(
        reversals.refund, operation="r", payment=taken.payments[0], amount=Money(10000), reason="moved away"
    )
    assert desk.writing(task)[0].number == "C-2026-000001"
    assert charged(desk, A_TREATMENT, key="o-2").balance == Money(12500)


def sold_bundle(desk: Desk) -> BundleId:
    sale = Charge(LineKind.BUNDLE_SALE, "Six visits", Money(42500), sells=BundleOffer(TreatmentId("t-60"), 6))
    charged(desk, sale, tenders=(card(42500),), key="sale")
    return desk.reading(partial(charges.open_bundles, client=OWN))[0].id


def a_use(bundle: BundleId) -> Charge:
    return Charge(LineKind.BUNDLE_USE, "Therapeutic massage", Money(0), bundle=bundle)


def test_prepaid_visits_are_used_by_others_only_once_they_are_shared(desk: Desk) -> None:
    bundle = sold_bundle(desk)
    with pytest.raises(Refusal, match="bundle_not_shared"):
        charged(desk, a_use(bundle), client=OTHER, key="o-1")
    desk.writing(partial(bundles.share, bundle=bundle, client=OTHER))
    desk.writing(partial(bundles.share, bundle=bundle, client=OTHER))
    (lent,) = desk.reading(partial(charges.open_bundles, client=OTHER))
    assert (lent.holder, lent.left) == ("Hạnh Nguyễn", 6)
    charged(desk, a_use(bundle), client=OTHER, key="o-2")
    assert desk.reading(partial(charges.open_bundles, client=OWN))[0].left == 5
    desk.writing(partial(bundles.keep_alone, bundle=bundle, client=OTHER))
    assert desk.reading(partial(charges.open_bundles, client=OTHER)) == ()
    with pytest.raises(Refusal, match="not_found"):
        desk.writing(partial(bundles.keep_alone, bundle=bundle, client=OTHER))


def test_somebody_elses_prepaid_visits_are_found_by_their_name(desk: Desk) -> None:
    sold_bundle(desk)
    found = partial(bundles.lendable, treatment=TreatmentId("t-60"))
    assert [one.left for one in desk.reading(partial(found, typed="nguy"))] == [6]
    assert desk.reading(partial(found, typed="")) == ()
    assert desk.reading(partial(bundles.lendable, treatment=TreatmentId("t-90"), typed="nguy")) == ()


def test_c14_the_visits_of_a_bundle_share_its_price_to_the_cent(desk: Desk) -> None:
    """Six visits for $425.00 are five of $70.83 and one of $70.85."""
    bundle = sold_bundle(desk)
    for n in range(6):
        charged(desk, a_use(bundle), key=f"use-{n}")
    asked = Asked(About.INCOME, date(2026, 1, 1), date(2026, 12, 31), Basis.SERVICE)
    report = desk.reading(partial(reading.read, asked=asked))
    worth = sorted(cell.cents for entry in report.entries if isinstance(cell := entry.cells[-1], Money))
    assert worth == [7083] * 5 + [7085]
    with pytest.raises(Refusal, match="bundle_spent"):
        charged(desk, a_use(bundle), key="seventh")


def a_gift(desk: Desk, cents: int, used: int = 0) -> str:
    charged(
        desk, Charge(LineKind.GIFT_SALE, "Gift", Money(cents), gift_code="FERN-1"), tenders=(card(cents),)
    )
    if used:
        gift = card(used, Method.GIFT, gift_code="FERN-1")
        charged(desk, A_TREATMENT, client=OTHER, tenders=(gift, card(12500 - used)), key="used")
    return "FERN-1"


def test_a_certificate_tells_what_is_left_and_where_it_went(desk: Desk) -> None:
    code = a_gift(desk, 5000, used=4000)
    found = desk.reading(partial(gifts.look_up, code=code))
    assert (found.left, found.worth, found.receipt) == (Money(1000), Money(5000), "R-2026-000001")
    assert found.used_on == ((date(2026, 11, 18), Money(4000)),)
    assert found.in_cash
    with pytest.raises(Refusal, match="gift_unknown"):
        desk.reading(partial(gifts.look_up, code="FERN-9"))


def test_a_small_rest_is_paid_in_cash_once(desk: Desk) -> None:
    code = a_gift(desk, 5000, used=4000)
    pay = partial(gifts.pay_out, operation="p", code=code)
    assert desk.writing(pay)[0] == Money(1000)
    assert desk.writing(pay)[0] == Money(1000)
    found = desk.reading(partial(gifts.look_up, code=code))
    assert (found.left, found.paid_out, found.in_cash) == (
        Money(0),
        ((date(2026, 11, 18), Money(1000)),),
        False,
    )
    with pytest.raises(Refusal, match="gift_not_in_cash"):
        desk.writing(partial(gifts.pay_out, operation="p-2", code=code))
    with pytest.raises(Refusal, match="gift_spent"):
        charged(desk, A_TREATMENT, tenders=(card(1000, Method.GIFT, gift_code=code),), key="o-3")


def test_what_a_refund_puts_back_on_it_is_a_small_rest_again(desk: Desk) -> None:
    """California Civil Code 1749.5 asks for the value of a certificate below the limit, however it came about."""
    code = a_gift(desk, 5000, used=4000)
    desk.writing(partial(gifts.pay_out, operation="p", code=code))
    (used,) = desk.reading(
        lambda work: work.session.scalars(select(Payment.id).where(Payment.gift.is_not(None))).all()
    )
    desk.confirm()
    refund = partial(reversals.refund, payment=PaymentId(used), reason="cut short")
    desk.writing(partial(refund, operation="r", amount=Money(800)))
    assert desk.reading(partial(gifts.look_up, code=code)).in_cash
    again = partial(gifts.pay_out, operation="p-2", code=code)
    assert desk.writing(again)[0] == desk.writing(again)[0] == Money(800)
    found = desk.reading(partial(gifts.look_up, code=code))
    assert (found.left, [amount for _on, amount in found.paid_out]) == (Money(0), [Money(1000), Money(800)])
    with pytest.raises(Refusal, match="gift_not_in_cash"):
        desk.writing(partial(gifts.pay_out, operation="p-3", code=code))
    held = desk.reading(partial(reading.read, asked=Asked(About.HELD, date(2026, 1, 1), date(2026, 12, 31))))
    assert held.totals[-1] == Money(0)
    assert desk.reading(closing.standing).cash == Money(-1800)


@pytest.mark.parametrize(
    ("left", "month", "in_cash"), [(1499, 4, True), (1500, 4, False), (1000, 3, False), (999, 3, True)]
)
def test_what_counts_as_small_is_set_by_the_day(
    desk: Desk,
    left: int,
    month: int,
    in_cash: bool,  # noqa: FBT001 - a column of the table
) -> None:
    desk.clock = lambda: datetime(2026, month, 1, 20, tzinfo=UTC)
    code = a_gift(desk, left)
    assert desk.reading(partial(gifts.look_up, code=code)).in_cash is in_cash


def test_a_rest_in_cash_is_no_longer_held(desk: Desk) -> None:
    code = a_gift(desk, 5000, used=4000)
    desk.writing(partial(gifts.pay_out, operation="p", code=code))
    held = desk.reading(partial(reading.read, asked=Asked(About.HELD, date(2026, 1, 1), date(2026, 12, 31))))
    assert held.totals[-1] == Money(0)
    income = desk.reading(
        partial(reading.read, asked=Asked(About.INCOME, date(2026, 1, 1), date(2026, 12, 31)))
    )
    assert income.totals[-1] == Money(5000 + 8500 - 1000)


def test_a_discount_is_within_its_givers_limit_and_says_why(desk: Desk) -> None:
    cheaper = Charge(
        LineKind.TREATMENT, "Massage", Money(12500), discount=Money(2000), discount_reason="first visit"
    )
    with (
        as_role(desk, "s-desk", Role.FRONT_DESK) as work,
        pytest.raises(Refusal, match="discount_beyond_role"),
    ):
        till.check_out(work, operation="o", client=OWN, charges=[cheaper])
    desk.confirm()
    desk.writing(partial(prices.set_discount_limit, role=Role.FRONT_DESK, percent=20, reason="busy season"))
    assert desk.reading(prices.discount_limits)[Role.FRONT_DESK] == 20
    with as_role(desk, "s-desk", Role.FRONT_DESK) as work:
        till.check_out(work, operation="o", client=OWN, charges=[cheaper])
    with pytest.raises(Refusal, match="out_of_range"):
        desk.writing(partial(prices.set_discount_limit, role=Role.FRONT_DESK, percent=101, reason="x"))


def test_the_tax_of_the_day_is_proposed_for_goods(desk: Desk) -> None:
    assert desk.reading(partial(charges.propose_sale, client=OWN)).taxes == ()
    desk.confirm()
    setting = partial(prices.set_sales_tax, place="", reason="the county's notice")
    desk.writing(partial(setting, since=date(2026, 1, 1), rate=10750))
    desk.writing(partial(setting, since=date(2027, 1, 1), rate=11000))
    desk.writing(partial(setting, since=date(2026, 3, 1), rate=9125, place="  Street   fair "))
    proposed = desk.reading(partial(charges.propose_sale, client=OWN)).taxes
    assert [(tax.place, tax.rate) for tax in proposed] == [("", 10750), ("Street fair", 9125)]
    assert charges.tax_on(Money(3200), 10750) == Money(344)
    assert [rate.now for rate in desk.reading(prices.sales_tax)] == [False, True, True]
    with pytest.raises(Refusal, match="too_long"):
        desk.writing(partial(setting, since=date(2026, 3, 1), rate=1, place="x" * 61))


def test_all_of_it_travels_in_the_portable_file(desk: Desk, tmp_path: Path) -> None:
    bundle = sold_bundle(desk)
    desk.writing(partial(bundles.share, bundle=bundle, client=OTHER))
    charged(desk, a_use(bundle), client=OTHER, key="o-2")
    charged(
        desk,
        Charge(LineKind.TREATMENT, "M", Money(900), discount=Money(100), discount_reason="kind"),
        key="o-3",
    )
    code = a_gift(desk, 1200)
    desk.writing(partial(gifts.pay_out, operation="p", code=code))
    desk.confirm()
    desk.writing(partial(prices.set_sales_tax, place="", since=date(2026, 1, 1), rate=10750, reason="x"))
    desk.writing(partial(prices.set_discount_limit, role=Role.THERAPIST, percent=30, reason="x"))
    desk.writing(partial(prices.set_tips, staff="s-therapist", percents=(20, 30)))
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    desk.confirm()
    portable.give_out(desk, first, reason="moving house")
    (tmp_path / "empty").mkdir()
    other = practices.sit_down(practices.make(tmp_path / "empty"))
    portable.take_in(other, first)
    other.confirm()
    portable.give_out(other, second, reason="moving house")
    other.close()

    def told(path: Path) -> str:
        return path.read_text(encoding="utf-8").partition('"practice"')[2]

    assert told(first) == told(second)


def test_a_sale_is_proposed_with_what_its_asker_may_take_off(desk: Desk) -> None:
    with as_role(desk, "s-desk", Role.FRONT_DESK) as work:
        assert charges.propose_sale(work, OWN).most_off == 10


def test_the_tips_a_therapist_wishes_are_proposed_after_their_visits(full_desk: Desk) -> None:
    full_desk.writing(partial(prices.set_tips, staff="s-therapist", percents=(30, 25)))
    visit = AppointmentId("a-1")
    assert full_desk.reading(partial(charges.propose, appointment=visit)).tips == (25, 30)
    assert full_desk.writing(partial(prices.set_tips, staff="s-therapist", percents=()))[0] == (25, 30)
    assert full_desk.reading(partial(charges.propose, appointment=visit)).tips == (15, 18, 20, 25)
    with pytest.raises(Refusal, match="not_found"):
        full_desk.writing(partial(prices.set_tips, staff="nobody", percents=(5,)))


def test_a_visit_that_was_charged_proposes_no_line_a_second_time(full_desk: Desk) -> None:
    proposed = full_desk.reading(partial(charges.propose, appointment=AppointmentId("a-1")))
    assert (proposed.charged, proposed.charges) == (True, ())
