"""Which letter counts for a visit, chosen by hand where two fit."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from clinic.office import charts, covering, papers, till
from clinic.office.charges import Charge
from clinic.office.till import Tender
from clinic.records import Appointment, AuditRow
from clinic.values import AppointmentId, ClientId, LetterId, LineKind, Method, Money, Refusal
from tests import practices
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.covering import Covering
    from clinic.office.desk import Desk

OWN = ClientId("c-own")
VISIT, LATER = AppointmentId("a-9"), AppointmentId("a-10")
FIRST, SECOND, OTHERS = LetterId("l-1"), LetterId("l-2"), LetterId("l-3")


@pytest.fixture(scope="module")
def two_letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two letters of one client that speak in November; the rules take the one that ends first."""
    document = practices.a_full_document()
    document["letters"] = [
        practices.a_letter(),
        practices.a_letter(SECOND, number="L-2026-020", ends_on="2027-03-31", max_visits=4),
        practices.a_letter(OTHERS, "c-other", number="L-2026-030", patient_name="Odile Marchetti"),
    ]
    document["appointments"] += [
        practices.an_appointment(VISIT, "2026-11-12T16:00"),
        practices.an_appointment(LATER, "2026-12-09T16:00", state="confirmed"),
    ]
    return practices.make(tmp_path_factory.mktemp("two"), document)


@pytest.fixture
def desk(two_letters: Path, tmp_path: Path) -> Iterator[Desk]:
    seated = practices.sit_down(practices.copied(two_letters, tmp_path))
    yield seated
    seated.close()


def found(desk: Desk, visit: AppointmentId = VISIT) -> Covering:
    return desk.reading(partial(covering.of_visit, appointment=visit))


def choose(desk: Desk, letter: LetterId | None, visit: AppointmentId = VISIT) -> LetterId | None:
    before, _topics = desk.writing(partial(covering.choose, appointment=visit, letter=letter))
    return before


def numbers(desk: Desk) -> dict[str, tuple[str | None, int | None, bool]]:
    shown = desk.reading(partial(charts.chart, client=OWN)).coverage
    return {visit.id: (visit.letter, visit.visit, visit.by_hand) for visit in shown}


def test_the_letters_of_the_day_are_offered_with_what_each_would_make_of_the_visit(desk: Desk) -> None:
    told = found(desk)
    assert [(o.letter, o.visit, o.visits, o.codes) for o in told.options] == [
        (FIRST, 2, 12, ()),
        (SECOND, 1, 4, ()),
    ]
    assert (told.chosen, told.proposed, told.receipt) == (None, FIRST, "")


def test_a_choice_moves_the_visit_and_the_numbers_of_those_after_it(desk: Desk) -> None:
    assert numbers(desk)[LATER] == (FIRST, 4, False)
    assert choose(desk, SECOND) is None
    assert numbers(desk)[VISIT] == (SECOND, 1, True)
    assert numbers(desk)[LATER] == (FIRST, 3, False)
    assert choose(desk, None) == SECOND
    assert numbers(desk)[VISIT] == (FIRST, 2, False)


def test_the_trail_says_who_chose(desk: Desk) -> None:
    choose(desk, SECOND)
    rows = desk.reading(
        lambda work: work.run(
            select(AuditRow.person, AuditRow.payload).where(AuditRow.object == f"appointments/{VISIT}")
        ).all()
    )
    assert rows[-1].person == "owner"
    assert '"letter":[null,"l-2"]' in rows[-1].payload


def test_the_receipt_names_the_letter_chosen_and_then_stands(desk: Desk) -> None:
    choose(desk, SECOND)
    charge = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500), appointment=VISIT)
    pay = partial(
        till.check_out,
        operation="o-1",
        client=OWN,
        charges=[charge],
        tenders=[Tender(Method.CARD, Money(12500))],
    )
    given, _topics = desk.writing(pay)
    pages, _topics = desk.writing(partial(papers.original, number=given.number))
    assert "L-2026-020" in words_of(pages)
    assert "L-2026-014" not in words_of(pages)
    assert found(desk).receipt == given.number
    with pytest.raises(Refusal, match="receipt_names_letter"):
        choose(desk, FIRST)


def test_a_letter_that_does_not_speak_for_the_visit_is_not_taken(desk: Desk) -> None:
    with pytest.raises(Refusal, match="letter_does_not_fit"):
        choose(desk, OTHERS)


def test_a_visit_on_a_day_of_no_letter_has_nothing_to_choose_from(desk: Desk) -> None:
    desk.writing(lambda work: setattr(work.get(Appointment, VISIT), "at", datetime(2031, 1, 2, 9)))
    assert (found(desk).options, found(desk).proposed) == ((), None)
