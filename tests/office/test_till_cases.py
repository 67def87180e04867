"""Cases of the domain reference through the window's tasks: letter filed, visit given, till, paper, grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.documents import receipt as paper
from clinic.office import booking, charges, letters, till, year_end
from clinic.office.charges import Charge
from clinic.values import Basis, ClientId, LetterKind, LineKind, Method, Money, StaffId, State, TreatmentId
from tests import practices
from tests.documents.reading import words_of
from tests.office.test_ahead import a_gift
from tests.office.test_till import A_TIP, CLIENT, OWNER, paid, receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic.office.desk import Desk
    from clinic.office.till import Tender

NO_LETTER = "no letter of medical necessity on file for this date"
STAMP = "Documented as medically necessary"
CARD = (paid(12500),)


@dataclass(frozen=True)
class Case:
    """What is on file and done, and what the paper and the year's grid must say of it."""

    letter: dict[str, Any] | None = field(default_factory=dict)
    treatment: str = "t-60"
    tenders: tuple[Tender, ...] = CARD
    beside: tuple[Charge, ...] = ()
    own: int = 0
    account: int = 0
    codes: frozenset[str] = frozenset()
    says: str = ""


def case(codes: str = "", **facts: Any) -> Case:
    return Case(codes=frozenset(codes.split()), **facts)


CASES = {
    "a visit under a letter": case(own=12500, says="visit 1 of 12"),
    "C01": case("W-LMN-NODURATION", letter={"ends_on": None}, own=12500, says="valid to Jun 30, 2027"),
    "C02": case(
        "E-LMN-FUTURE", letter={"signed_on": date(2026, 11, 19)}, says=f"{NO_LETTER}; one began later"
    ),
    "C04": case(
        "E-LMN-EXPIRED",
        letter={"signed_on": date(2025, 11, 18), "ends_on": None, "lifetime": True},
        says=f"{NO_LETTER}; one had ended",
    ),
    "C06": case("E-NOLMN", letter=None, says=NO_LETTER),
    "C07": case("E-PURPOSE", treatment="t-rest", tenders=(paid(11000),), says="ooked for relaxation"),
    "C08": case(
        "E-COUNT", letter={"max_visits": 12, "used_before": 12}, says="ll visits of the letter were used"
    ),
    "C11": case("E-ITEM-TIP", beside=(A_TIP,), tenders=(paid(14500),), own=12500, says="not to the tip"),
    "C20": case(tenders=(paid(12500, Method.FSA_CARD),), account=12500, says="FSA card"),
    "C27": case(
        "E-LMN-SIGNER",
        letter={"signer": {"name": practices.PEOPLE["owner"], "credential": "CMT"}},
        says="signer is not accepted",
    ),
    "C29": case("W-LMN-SELFREPORT", letter={"source": "online_questionnaire"}, own=12500),
    "C30": case("E-LMN-PATIENT", letter={"patient_name": "Ann Meadows"}, says="for someone else"),
    "C31": case("E-LMN-INCOMPLETE", letter={"signed": False}, says="not complete"),
    "C40": case("W-DX-VAGUE", letter={"diagnoses": [{"text": "stress"}]}, own=12500),
    "row 8": case(letter={"signer": {"name": "Joy Park", "credential": "NP"}}, own=12500),
    "row 15": case("E-MINUTES", letter={"minutes": 45}, own=9375, says="$93.75"),
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One practice for all cases, with a client of the same name for each."""
    people = [practices.a_client(f"case-{n}", "Hạnh", "Nguyễn") for n in range(len(CASES))]
    opened = practices.sit_down(
        practices.make(tmp_path_factory.mktemp("cases"), practices.a_document(clients=people))
    )
    yield opened
    opened.close()


def on_file(desk: Desk, changes: dict[str, Any], client: ClientId = CLIENT) -> None:
    facts = {key: value for key, value in practices.a_letter().items() if key not in {"id", "client", "kind"}}
    facts |= {"signed_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)} | changes
    facts = {key: value for key, value in facts.items() if value is not None}
    desk.writing(partial(letters.add, client=client, kind=LetterKind.LMN, **facts))


def given(
    desk: Desk, treatment: str = "t-60", client: ClientId = CLIENT, hour: int = 9, staff: StaffId = OWNER
) -> tuple[Charge, ...]:
    """Book a visit this morning, let it take place, and take the lines the till proposes."""
    at = practices.NOW.replace(tzinfo=None, hour=hour, minute=0)
    book = partial(booking.book, client=client, treatment=TreatmentId(treatment), staff=staff, at=at)
    visit = desk.writing(book)[0].appointment
    practices.check_quickly(desk, client)
    for state in (State.ARRIVED, State.IN_TREATMENT):
        desk.writing(partial(booking.advance, appointment=visit, to=state))
    return desk.reading(partial(charges.propose, appointment=visit)).charges


def charged(
    desk: Desk, lines: tuple[Charge, ...], tenders: tuple[Tender, ...], client: ClientId = CLIENT
) -> str:
    task = partial(till.check_out, operation=f"o-{client}", client=client, charges=lines, tenders=tenders)
    return desk.writing(task)[0].number


def marked(desk: Desk, basis: Basis = Basis.PAYMENT, year: int = 2026) -> tuple[int, int]:
    totals = desk.reading(partial(year_end.grid, year=year, basis=basis)).totals
    return totals.marked_personal.cents, totals.marked_hsa_fsa.cents


@pytest.mark.parametrize(("n", "name"), list(enumerate(CASES)), ids=list(CASES))
def test_a_case_through_the_windows_tasks(practice: Desk, n: int, name: str) -> None:
    wanted, client = CASES[name], ClientId(f"case-{n}")
    if wanted.letter is not None:
        on_file(practice, wanted.letter, client)
    staff = (OWNER, StaffId("s-therapist"))[n % 2]
    lines = given(practice, wanted.treatment, client, n // 2, staff)
    sheet = receipt(practice, charged(practice, (*lines, *wanted.beside), wanted.tenders, client))
    words = words_of(paper.pdf(sheet))
    # The owner of this practice has no certificate; what that means for a plan is a case of its own.
    said = {code for line in sheet.lines for code in line.codes} - {"E-PROVIDER"}
    assert said == wanted.codes
    assert sum(mark.applies_to.cents for mark in sheet.marks) == wanted.own + wanted.account
    assert (STAMP in words) == bool(wanted.own + wanted.account)
    assert wanted.says in words
    assert "deductible" not in words
    grid = practice.reading(partial(year_end.grid, year=2026))
    (row,) = (row for row in grid.rows if row.client == client)
    assert (row.totals.marked_personal.cents, row.totals.marked_hsa_fsa.cents) == (wanted.own, wanted.account)


def a_fee(desk: Desk) -> int:
    number = charged(desk, (Charge(LineKind.FEE, "Missed appointment", Money(7500)),), (paid(7500),))
    return sum(mark.applies_to.cents for mark in receipt(desk, number).marks)


def by_gift(desk: Desk) -> int:
    code = a_gift(desk, 12500)
    number = charged(desk, given(desk), (paid(12500, Method.GIFT, gift_code=code),))
    assert "E-TENDER-GIFT" in receipt(desk, number).lines[0].codes
    return sum(mark.applies_to.cents for mark in receipt(desk, number).marks)


@pytest.mark.parametrize("way", [pytest.param(a_fee, id="C12"), pytest.param(by_gift, id="C34")])
def test_what_is_never_marked(desk: Desk, way: Callable[[Desk], int]) -> None:
    on_file(desk, {})
    assert way(desk) == 0
    assert marked(desk) == (0, 0)


def test_c13_a_visit_that_is_cancelled_is_not_used_up(desk: Desk) -> None:
    on_file(desk, {"max_visits": 1})
    at = practices.NOW.replace(tzinfo=None, hour=7, minute=0)
    book = partial(booking.book, client=CLIENT, treatment=TreatmentId("t-60"), staff=OWNER, at=at)
    gone = desk.writing(book)[0].appointment
    desk.writing(partial(booking.advance, appointment=gone, to=State.CANCELLED))
    number = charged(desk, given(desk), CARD)
    assert "E-COUNT" not in receipt(desk, number).lines[0].codes
    assert marked(desk) == (12500, 0)


def test_c16_what_is_given_in_one_year_and_paid_in_the_next_has_two_years(desk: Desk) -> None:
    on_file(desk, {})
    charged(desk, given(desk), ())
    desk.clock = lambda: practices.NOW.replace(year=2027, month=1, day=4)
    desk.confirm()
    task = partial(till.take_payment, operation="later", client=CLIENT, tenders=CARD)
    (number,) = desk.writing(task)[0].numbers
    assert number == "R-2027-000001"
    assert (marked(desk), marked(desk, year=2027)) == ((0, 0), (12500, 0))
    assert marked(desk, Basis.SERVICE) == (12500, 0)
