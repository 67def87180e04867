"""Cases of the domain reference that need an account, a plan, a therapist or another day, by the window's tasks.

One practice serves them all; each case takes on a client of its own and moves the clock to the days it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.documents import receipt as paper
from clinic.documents.sheets import CreditNoteSheet
from clinic.office import (
    booking,
    charges,
    claims,
    clients,
    coverage,
    flow,
    handouts,
    insurers,
    practice,
    receipts,
    reversals,
)
from clinic.office.handouts import Handout, Wanted
from clinic.records import Appointment, Paper
from clinic.rules import annual
from clinic.rules.coverage import Prospect
from clinic.values import (
    Basis,
    ClientId,
    Method,
    Money,
    Refusal,
    Regime,
    State,
    Verdict,
)
from clinic.wording import claims as words
from clinic.workroom import ledgers
from clinic.workroom.issuing import sheet_of
from tests import practices
from tests.documents.reading import words_of
from tests.office.counter import MASSAGE, NOVEMBER, TOMAS, Counter
from tests.office.test_till import paid, receipt
from tests.office.test_till_cases import STAMP, on_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.annual import YearLine
    from clinic.storage.work import Work


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    desk = practices.sit_down(practices.make(tmp_path_factory.mktemp("time")))
    yield Counter(desk)
    desk.close()


@dataclass(frozen=True)
class Case:
    """What is kept of the client, when the visit is, and what the paper and the year then say of it."""

    codes: str = ""
    client: dict[str, Any] = field(default_factory=dict)
    on: date = NOVEMBER
    hour: int = 9
    no: frozenset[Regime] = frozenset({Regime.INS})
    """Whose column says no; the insurer's never says more than that the plan decides."""


def an_account(kind: str, **facts: str) -> dict[str, Any]:
    return {"accounts": [{"kind": kind} | facts]}


FSA_ONLY, HSA_ONLY, NOBODY = frozenset({Regime.FSA}), frozenset({Regime.HSA}), frozenset[Regime]()
JULY = date(2026, 7, 1)
CASES = {
    "C21": Case("E-LPFSA", an_account("LPFSA"), no=FSA_ONLY),
    "C22 the day before": Case(
        "E-HSA-DATE", an_account("HSA", opened="2026-07-01"), date(2026, 6, 30), no=HSA_ONLY
    ),
    "C22 the day itself": Case("", an_account("HSA", opened="2026-07-01"), JULY, no=NOBODY),
    "C25": Case(
        "E-RELATED",
        {"relations": [{"staff": TOMAS, "relation": "spouse"}]},
        hour=10,
        no=frozenset({Regime.FSA, Regime.INS}),
    ),
    "C33": Case("E-AUTH", {"payer": {"name": "Bay HMO", "plan_type": "HMO"}}, hour=11),
}


def judged(counter: Counter, client: ClientId) -> YearLine:
    """Judge the one line of a client by all that is known."""

    def read(work: Work) -> YearLine:
        (line,) = annual.all_lines(ledgers.ledger_of(work, client), ledgers.practice_of(work, [client]))
        return line

    found: YearLine = counter.desk.reading(read)
    return found


@pytest.mark.parametrize("name", CASES)
def test_what_is_kept_of_a_client_touches_its_own_column_alone(counter: Counter, name: str) -> None:
    wanted = CASES[name]
    client = counter.take_on(**wanted.client)
    counter.today(date(2026, 1, 16))
    on_file(counter.desk, {"signed_on": date(2026, 1, 15)}, client)
    lines = counter.give(client, wanted.on, hour=wanted.hour)
    sheet = receipt(counter.desk, counter.charge(client, lines, paid(12500)).number)
    line = judged(counter, client)
    assert set(line.judgement.codes) == set(wanted.codes.split())
    assert {regime for regime, says in line.judgement.verdicts.items() if says is Verdict.NO} == wanted.no
    assert STAMP in words_of(paper.pdf(sheet))
    assert counter.year_of(client) == (12500, 0, 0)


def certified(counter: Counter, certificate: dict[str, str] | None) -> None:
    """Change what is kept of the therapist's certificate."""
    (tomas,) = (one for one in counter.desk.reading(practice.colleagues) if one.id == TOMAS)
    counter.desk.confirm()
    counter.desk.writing(
        lambda work: practice.change_colleague(
            work, TOMAS, {"certificate": certificate}, version=tomas.version, reason="Renewal"
        )
    )


@pytest.mark.parametrize(
    "until",
    [pytest.param(None, id="C26"), pytest.param("2026-10-31", id="C42")],
)
def test_d13_a_therapist_without_a_certificate_is_called_none_and_the_insurer_says_no(
    counter: Counter, until: str | None
) -> None:
    """No paper says certified or licensed of somebody who is not."""
    on = date(2026, 11, 2) if until else date(2026, 11, 3)
    counter.today(on)
    kept = {"body": "CAMTC", "number": "00417", "issued": "2024-10-31", "expires": until or ""}
    certified(counter, kept if until else None)
    try:
        client = counter.take_on()
        on_file(counter.desk, {"signed_on": date(2026, 7, 1)}, client)
        number = counter.charge(client, counter.give(client, on), paid(12500)).number
        line = judged(counter, client)
        assert line.judgement.codes == ("E-PROVIDER",)
        assert line.judgement.verdicts[Regime.TAX] is Verdict.YES
        assert line.judgement.verdicts[Regime.FSA] is Verdict.PLAN
        assert line.judgement.verdicts[Regime.INS] is Verdict.NO
        assert counter.year_of(client) == (12500, 0, 0)
        said = words_of(paper.pdf(receipt(counter.desk, number))).casefold()
        if until is None:
            assert "licensed" not in said
            assert "certified" not in said
            assert "camtc" not in said.partition("complaints")[0]
    finally:
        counter.today(on)
        certified(counter, kept | {"issued": "2025-08-31", "expires": "2027-08-31"})


def test_c17_a_card_counts_in_the_year_in_which_it_was_charged(counter: Counter) -> None:
    client = counter.take_on()
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    counter.charge(client, counter.give(client, date(2026, 12, 31)), paid(12500))
    counter.today(date(2027, 1, 20))  # the day on which the card's bill is paid is nobody's business here
    assert (counter.year_of(client), counter.year_of(client, 2027)) == ((12500, 0, 0), (0, 0, 0))


def test_c19_an_insurer_that_pays_late_gives_the_client_the_money_back(counter: Counter) -> None:
    client = counter.take_on(payer={"name": "Blue Shore PPO", "plan_type": "PPO"})
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    lines = counter.give(client, date(2026, 12, 15))
    own = paid(6000)
    first = counter.charge(client, lines, paid(6500, Method.INSURER), own)
    opened = counter.desk.reading(partial(receipts.opened, number=first.number))
    assert (opened.late.may_pay, opened.late.too_much) == (Money(6000), Money(0))
    counter.today(date(2027, 2, 1))
    take = partial(insurers.take, operation="late", invoice=first.invoice, reference="claim 7")
    with pytest.raises(Refusal, match="paid_too_much"):
        counter.desk.writing(partial(take, amount=Money(6001)))
    with pytest.raises(Refusal, match="amount_wrong"):
        counter.desk.writing(partial(take, amount=Money(0)))
    done = counter.desk.writing(partial(take, amount=Money(6000)))[0]
    assert counter.desk.writing(partial(take, amount=Money(6000)))[0] == done
    assert done.too_much == Money(6000)
    sheet = receipt(counter.desk, done.number)
    assert (sheet.first_receipt, sheet.insurer_paid, sheet.balance) == (
        first.number,
        Money(12500),
        Money(-6000),
    )
    opened = counter.desk.reading(partial(receipts.opened, number=first.number))
    assert (opened.receipt.open, opened.late.too_much) == (Money(0), Money(6000))
    (payment,) = (each.id for each in opened.payments if each.method is Method.CARD)
    refund = partial(
        reversals.refund, operation="back", payment=payment, amount=Money(6000), reason="insurer"
    )
    number = counter.desk.writing(refund)[0].number
    note = counter.desk.reading(lambda work: sheet_of(work.get(Paper, number), CreditNoteSheet))
    assert number.startswith("C-2027-")
    assert note.prior_year
    opened = counter.desk.reading(partial(receipts.opened, number=first.number))
    assert (opened.late.may_pay, opened.late.too_much) == (Money(0), Money(0))
    assert judged(counter, client).judgement.codes == ("E-INSPAID",)
    assert (counter.year_of(client), counter.year_of(client, 2027)) == ((6000, 0, 0), (0, 0, 6000))
    assert all(row.balance >= Money(0) for row in counter.desk.reading(partial(clients.page, limit=200)))


def test_c24_a_claim_is_too_late_the_day_after_the_run_out(counter: Counter) -> None:
    year = {"year_start": "2026-01-01", "year_end": "2026-12-31", "run_out": "2027-03-31"}
    client = counter.take_on(**an_account("FSA", **year))
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    lines = counter.give(client, date(2026, 12, 15), hour=11)
    sheet = receipt(counter.desk, counter.charge(client, lines, paid(12500)).number)
    for on, too_late, amount in ((date(2027, 3, 31), False, 12500), (date(2027, 4, 1), True, 0)):
        counter.today(on)
        (account,) = counter.desk.reading(partial(claims.still_claimable, client=client))
        assert (account.too_late, account.amount) == (too_late, Money(amount))
    assert sheet.lines[0].codes == ()


def test_c32_original_medicare_pays_nothing_and_the_paper_says_so(counter: Counter) -> None:
    client = counter.take_on(payer={"name": "Medicare", "plan_type": "MEDICARE", "member_id": "1EG4"})
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    outlook = counter.desk.reading(partial(coverage.check, client=client))
    assert outlook.outlook.prospect is Prospect.NO
    assert "100 %" in words_of(counter.desk.writing(partial(coverage.paper, client=client))[0])
    number = counter.charge(client, counter.give(client, hour=12), paid(12500)).number
    asked = Wanted(client, Handout.SUPERBILLS, NOVEMBER, NOVEMBER, number=number)
    said = words_of(counter.desk.reading(partial(handouts.make, wanted=asked)).pages)
    assert "not covered by Original Medicare" in said
    assert judged(counter, client).judgement.codes == ("E-MEDICARE",)


def test_c36_who_is_sent_home_with_a_fever_is_charged_nothing(counter: Counter) -> None:
    client = counter.take_on()
    counter.today(NOVEMBER)
    practices.ask_fully(counter.desk, client)
    at = datetime.combine(NOVEMBER, time(21))
    book = partial(booking.book, client=client, treatment=MASSAGE, staff=TOMAS, at=at)
    visit = counter.desk.writing(book)[0].appointment
    practices.check_quickly(counter.desk, client, answered_at="2026-11-18T19:59", Q1={"feverish": "yes"})
    counter.desk.writing(partial(booking.advance, appointment=visit, to=State.ARRIVED))
    with pytest.raises(Refusal, match="rules_refuse"):
        counter.desk.writing(partial(booking.advance, appointment=visit, to=State.IN_TREATMENT))
    counter.desk.writing(partial(flow.decline, appointment=visit, reason="not_safe"))
    assert counter.desk.reading(partial(charges.propose, appointment=visit)).charges == ()
    with pytest.raises(Refusal, match="nothing_to_charge"):
        counter.charge(client, ())
    assert counter.desk.reading(lambda work: work.get(Appointment, visit).state) is State.DECLINED
    assert counter.year_of(client, basis=Basis.SERVICE) == (0, 0, 0)


@pytest.mark.parametrize(("year", "amount"), [(2026, "59.04"), (2025, "60.48")])
def test_c37_the_way_to_twelve_visits_is_reckoned_by_the_years_rate(
    counter: Counter, year: int, amount: str
) -> None:
    client = counter.take_on()
    counter.today(date(year, 3, 1))
    on_file(counter.desk, {"signed_on": date(year, 3, 1), "ends_on": date(year, 12, 31)}, client)
    for n in range(12):
        lines = counter.give(client, date(year, 4, 6 + n), hour=17)
        counter.charge(client, lines, paid(12500))
    reckon = partial(claims.reckon, client=client, year=year, miles=24, income=Money(0), other=Money(0))
    sums = counter.desk.reading(reckon)
    assert (sums.visits, sums.mileage) == (12, Money.of(amount))
    assert words.mileage(sums.mileage, sums.visits).startswith("Arithmetic only")


def test_c38_the_floor_is_arithmetic_only(counter: Counter) -> None:
    client = counter.take_on()
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    (line,) = counter.give(client, hour=16)
    counter.charge(client, (replace(line, price=Money.of("2400")),), paid(240000))
    reckon = partial(claims.reckon, client=client, year=2026, miles=0)
    sums = counter.desk.reading(partial(reckon, income=Money.of("80000"), other=Money.of("5000")))
    assert (sums.floor, sums.above) == (Money.of("6000"), Money.of("1400"))
    assert words.floor(sums.floor, sums.above).startswith("Arithmetic only")


def test_c41_money_of_an_hsa_has_its_own_column_and_california_its_note(counter: Counter) -> None:
    client = counter.take_on()
    counter.today(NOVEMBER)
    on_file(counter.desk, {}, client)
    (line,) = counter.give(client, hour=18)
    counter.charge(client, (replace(line, price=Money.of("1000")),), paid(100000, Method.HSA_CARD))
    assert counter.year_of(client) == (0, 100000, 0)
    asked = Wanted(client, Handout.STATEMENT, date(2026, 1, 1), date(2026, 12, 31))
    said = words_of(counter.desk.reading(partial(handouts.make, wanted=asked)).pages)
    assert "$1,000.00" in said
    assert "California" in said
