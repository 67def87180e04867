"""Cases of the domain reference about codes, units, notes and bills, by the window's own tasks."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import (
    booking,
    breaches,
    handouts,
    letters,
    notes,
    papers,
    practice,
    price_list,
    receipts,
    reversals,
)
from clinic.office.handouts import Handout, Wanted
from clinic.office.notes import Content
from clinic.values import (
    LetterKind,
    Method,
    Money,
    Purpose,
    Refusal,
    State,
    Technique,
)
from tests import practices
from tests.documents.reading import words_of
from tests.office.counter import MASSAGE, NOVEMBER, TOMAS, Counter
from tests.office.test_till import OWNER, paid
from tests.office.test_till_cases import on_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.values import ClientId


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    desk = practices.sit_down(practices.make(tmp_path_factory.mktemp("papers")))
    yield Counter(desk)
    desk.close()


def handed_out(counter: Counter, client: ClientId, what: Handout, on: date, **more: Any) -> handouts.Made:
    asked = Wanted(client, what, on, on, **more)
    made: handouts.Made = counter.desk.reading(partial(handouts.make, wanted=asked))
    return made


@pytest.mark.parametrize(
    ("day", "minutes", "payer", "units"),
    [
        *[pytest.param(n, m, {}, u, id=f"D01-{m}") for n, (m, u) in enumerate(
            [(7, 0), (8, 1), (22, 1), (23, 2), (60, 4), (68, 5)], 1)],
        pytest.param(9, 30, {"plan_type": "PPO", "unit_rule": "AMA_SPM"}, 2, id="D22"),
    ],
)  # fmt: skip
def test_a_superbill_counts_units_as_the_payer_does(
    counter: Counter, day: int, minutes: int, payer: dict[str, str], units: int
) -> None:
    on = date(2026, 9, day)
    client = counter.take_on(payer={"name": "A plan", **payer})
    counter.charge(client, counter.give(client, on, minutes=minutes), paid(12500))
    made = handed_out(counter, client, Handout.SUPERBILLS, on)
    said = words_of(made.pages)
    assert "97124" in said
    found = re.search(r"97124 [A—] (\d)", said)
    assert found is not None, said
    assert int(found[1]) == units
    assert ("W-UNITS" in made.warnings) == (units == 0)


@pytest.mark.parametrize(
    ("codes", "refused"),
    [
        pytest.param(["M54.5"], "diagnosis_not_billable", id="D04"),
        pytest.param(["M54.50", "M54.41"], "excluded_diagnoses", id="D05"),
    ],
)
def test_a_letter_with_codes_nobody_bills_is_not_filed(
    counter: Counter, codes: list[str], refused: str
) -> None:
    counter.today(NOVEMBER)
    client = counter.take_on()
    diagnoses = [{"text": "Low back pain", "icd10": code} for code in codes]
    with pytest.raises(Refusal, match=refused):
        on_file(counter.desk, {"diagnoses": diagnoses}, client)


def test_d10_a_checkout_that_is_left_uses_no_number(counter: Counter) -> None:
    on, client = date(2026, 10, 1), counter.take_on()
    before = counter.charge(client, counter.give(client, on, hour=9), paid(12500)).number
    lines = counter.give(client, on, hour=11)
    counter.desk.reading(partial(handouts.make, wanted=Wanted(client, Handout.RECEIPTS, on, on)))
    with pytest.raises(Refusal):
        counter.charge(client, lines, paid(12501))
    after = counter.charge(client, lines, paid(12500)).number
    assert int(after[-6:]) == int(before[-6:]) + 1


def test_d12_money_paid_back_takes_its_part_of_the_mark_along(counter: Counter) -> None:
    on, client = date(2026, 10, 2), counter.take_on()
    counter.today(on)
    on_file(counter.desk, {}, client)
    number = counter.charge(client, counter.give(client, on), paid(12500)).number
    (payment,) = counter.desk.reading(partial(receipts.opened, number=number)).payments
    refund = partial(
        reversals.refund, operation="d12", payment=payment.id, amount=Money(4000), reason="shorter"
    )
    assert counter.desk.writing(refund)[0].number.startswith("C-2026-")
    assert counter.year_of(client) == (8500, 0, 0)


def test_d15_the_diagnosis_stands_on_the_superbill_and_not_on_the_receipt(counter: Counter) -> None:
    on, client = date(2026, 10, 5), counter.take_on()
    counter.today(on)
    on_file(counter.desk, {}, client)
    number = counter.charge(client, counter.give(client, on), paid(12500, Method.FSA_CARD)).number
    assert "M54.2" not in words_of(counter.desk.reading(partial(papers.preview, number=number)))
    assert "M54.2" in words_of(handed_out(counter, client, Handout.SUPERBILLS, on, number=number).pages)
    shown = handed_out(counter, client, Handout.RECEIPTS, on, number=number, show_diagnosis=True)
    assert "M54.2" in words_of(shown.pages)


def test_d20_a_code_for_the_other_side_than_was_treated_draws_a_warning(counter: Counter) -> None:
    on, client = date(2026, 10, 6), counter.take_on()
    counter.give(client, on, staff=OWNER)
    visit = counter.visit
    assert visit is not None
    content = Content(s="better", areas=("left_shoulder",), techniques=(Technique.THERAPEUTIC,))
    counter.desk.writing(partial(booking.advance, appointment=visit, to=State.DONE))
    counter.desk.writing(partial(notes.sign, appointment=visit, content=content))
    said = {"diagnoses": [{"text": "Pain in right shoulder", "icd10": "M25.511"}]}
    weigh = partial(letters.completeness, kind=LetterKind.LMN, facts=said, client=client)
    assert counter.desk.reading(weigh).other_side == ("Pain in right shoulder",)


def test_d21_two_codes_that_payers_deny_side_by_side_draw_a_warning(counter: Counter) -> None:
    on, client = date(2026, 10, 7), counter.take_on()
    counter.today(on)
    offer = partial(price_list.offer, name="Manual therapy", technique=Technique.MYOFASCIAL, cpt="97140")
    offer = partial(offer, purpose=Purpose.THERAPEUTIC, minutes=30, price=Money(8000), reason="New")
    manual = counter.desk.writing(offer)[0]
    counter.charge(client, counter.give(client, on, hour=9), paid(12500))
    counter.charge(client, counter.give(client, on, hour=11, minutes=30, treatment=manual), paid(8000))
    alone = handed_out(counter, client, Handout.SUPERBILLS, on)
    assert "W-NCCI" in alone.warnings


def test_d26_a_breach_is_told_of_within_the_days_of_the_law(counter: Counter) -> None:
    counter.today(date(2026, 11, 23))
    counter.desk.writing(partial(breaches.cover, covered=True))
    counter.desk.writing(partial(breaches.note, discovered=date(2026, 11, 23), people=40))
    (noted,) = counter.desk.reading(breaches.noted).noted
    assert (noted.deadlines.residents, noted.deadlines.hipaa) == (date(2026, 12, 23), date(2027, 1, 22))


def test_d28_who_books_past_the_end_of_a_policy_is_told(counter: Counter) -> None:
    counter.today(date(2026, 11, 20))
    policies = [
        {"type": kind, "insurer": "Mutual", "number": "1", "effective": "2025-11-21", "expires": "2026-11-20"}
        for kind in ("PROFESSIONAL", "GENERAL")
    ]
    (tomas,) = (one for one in counter.desk.reading(practice.colleagues) if one.id == TOMAS)
    change = partial(practice.change_colleague, staff=TOMAS, changes={"policies": policies}, reason="Renewal")
    counter.desk.writing(partial(change, version=tomas.version))
    client = counter.take_on()
    practices.ask_fully(counter.desk, client)
    book = partial(booking.book, client=client, treatment=MASSAGE, staff=TOMAS)
    booked = counter.desk.writing(partial(book, at=datetime.combine(date(2026, 11, 23), time(9))))[0]
    assert booked.warnings == ("W-INS-EXPIRED",)
