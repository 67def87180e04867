"""How many presses and chords the daily things take; a screen that asks for more fails here."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clinic.office import charts, receipts, today
from clinic.values import AppointmentId, ClientId, State
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.person import at_the_window
from ui.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.receipts import Opened
    from tests.journeys.person import Person

TODAY = "2026-11-18"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day with a visit to charge, one that is paid, and one to come."""
    document = practices.a_document(
        letters=[practices.a_letter()],
        appointments=[
            practices.an_appointment("a-paid", f"{TODAY}T09:00", staff="owner", client="c-other"),
            practices.an_appointment("a-over", f"{TODAY}T11:00", staff="owner"),
            practices.an_appointment("a-next", f"{TODAY}T16:00", staff="owner", state="confirmed"),
        ],
        invoices=[
            practices.an_invoice(
                "i-1", TODAY, practices.a_line("x-1", appointment="a-paid"), client="c-other", number="R-7"
            )
        ],
        payments=[practices.a_payment("p-1", TODAY, 12500, client="c-other")],
    )
    return practices.make(tmp_path_factory.mktemp("budgets"), document)


@pytest.fixture
def owner(qtbot: QtBot, day: Path, tmp_path: Path) -> Person:
    """The owner at that day."""
    person = at_the_window(qtbot, practices.copied(day, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in("owner")
    return person


def visits(person: Person, client: str) -> list[datetime]:
    chart = person.look_up(partial(charts.chart, client=ClientId(client)))
    return [entry.at for entry in chart.entries if entry.state is State.CONFIRMED]


def state(person: Person, visit: str) -> State:
    return next(row.state for row in person.look_up(today.day).visits if row.id == AppointmentId(visit))


def receipt_of(person: Person, client: str) -> Opened:
    (number,) = (one.number for one in person.look_up(receipts.recent) if one.client == client)
    return person.look_up(partial(receipts.opened, number=number))


def test_rebooking_after_a_visit_takes_two(owner: Person) -> None:
    owner.press("Rebook: Odile Marchetti")
    owner.key(Qt.Key.Key_Return)
    assert owner.interactions == 2
    assert visits(owner, "c-other") == [datetime(2026, 12, 2, 9)]
    owner.press("Undo booking")
    assert owner.interactions == 3
    assert visits(owner, "c-other") == []


def test_booking_somebody_known_at_a_time_that_is_seen_takes_three(owner: Person) -> None:
    owner.chord(Qt.Key.Key_N)
    owner.type_here("odile", enter=True)
    owner.type_here("3pm", enter=True)
    assert owner.interactions <= 3
    assert visits(owner, "c-other") == [datetime(2026, 11, 18, 15)]
    owner.chord(Qt.Key.Key_Z)
    assert visits(owner, "c-other") == []


def test_a_receipt_after_a_visit_takes_two(owner: Person, printed: list[bytes]) -> None:
    owner.press("Take payment: Hạnh Nguyễn")
    owner.press("Take $125.00 and print receipt")
    assert owner.interactions == 2
    assert str(receipt_of(owner, "c-own").receipt.amount) == "125.00"
    assert receipt_of(owner, "c-own").receipt.number in words_of(printed[0])


def test_printing_a_receipt_again_takes_two(owner: Person, printed: list[bytes]) -> None:
    owner.press("Take payment: Hạnh Nguyễn")
    owner.press("Take $125.00 and print receipt")
    owner.press("Back to the till")
    owner.interactions = 0
    owner.open_row("Receipts", "Nguyễn")
    owner.press("Print a copy")
    assert owner.interactions == 2
    assert receipt_of(owner, "c-own").copies == 1
    first, second = map(words_of, printed)
    assert "COPY 1" not in first
    assert "COPY 1" in second


def test_voiding_a_receipt_takes_two_and_the_reason(owner: Person) -> None:
    owner.shell.go("till")
    owner.interactions = 0
    owner.open_row("Receipts", "Marchetti")
    owner.press("Void")
    owner.fill("Reason", "Charged to the wrong visit", enter=True)
    assert owner.interactions == 3
    assert receipt_of(owner, "c-other").receipt.void
    assert receipt_of(owner, "c-other").void_reason == "Charged to the wrong visit"


def test_paying_money_back_takes_two_and_the_reason(owner: Person) -> None:
    owner.shell.go("till")
    owner.interactions = 0
    owner.open_row("Receipts", "Marchetti")
    owner.press("Pay money back")
    owner.fill("Reason", "Moved away", enter=True)
    assert owner.interactions == 3
    assert any(one.credit_note for one in owner.look_up(receipts.recent))


def test_a_report_takes_one_and_its_workbook_another(
    owner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.reports.screen.usual_folder", lambda: tmp_path)
    owner.press("Reports")
    owner.press("Export workbook")
    assert owner.interactions == 2
    assert list(tmp_path.glob("*.xlsx"))


def test_an_arrival_takes_one_and_its_undo_one(owner: Person) -> None:
    owner.key(Qt.Key.Key_A)
    assert state(owner, "a-next") is State.ARRIVED
    owner.chord(Qt.Key.Key_Z)
    assert owner.interactions == 2
    assert state(owner, "a-next") is State.CONFIRMED


def test_giving_a_visit_up_takes_one_and_the_reason_and_its_undo_one(owner: Person) -> None:
    owner.key(Qt.Key.Key_Delete)
    owner.key(Qt.Key.Key_1)
    assert state(owner, "a-next") in {State.CANCELLED, State.LATE_CANCEL}
    owner.chord(Qt.Key.Key_Z)
    assert owner.interactions == 3
    assert state(owner, "a-next") is State.CONFIRMED


def test_taking_a_checkout_back_takes_one_and_the_reason(owner: Person) -> None:
    owner.press("Take payment: Hạnh Nguyễn")
    owner.press("Take $125.00 and print receipt")
    owner.interactions = 0
    owner.chord(Qt.Key.Key_Z)
    owner.fill("Reason", "Charged twice", enter=True)
    assert owner.interactions == 2
    assert receipt_of(owner, "c-own").receipt.void
