"""The daily things once more by keys alone, with letters twice as large: the same number of presses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clinic.values import State
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.hands import calendar, stand_on, when
from tests.journeys.person import ALT, NO_KEY, Person, at_the_window
from tests.journeys.test_budgets import receipt_of, state, visits
from ui.memory import Memory
from ui.screens.note import Note
from ui.theme import theme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TODAY = "2026-11-18"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day with a visit that is over, one that waits, and one to come."""
    booked = practices.an_appointment
    document = practices.a_document(
        appointments=[
            booked("a-over", f"{TODAY}T11:00", staff="owner", client="c-other"),
            booked("a-next", f"{TODAY}T16:00", staff="owner", state="confirmed"),
        ],
    )
    return practices.make(tmp_path_factory.mktemp("keys"), document)


@pytest.fixture
def owner(qtbot: QtBot, day: Path, tmp_path: Path) -> Person:
    person = at_the_window(qtbot, practices.copied(day, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in("owner")
    theme.choose(percent=200)
    person.wait()
    person.interactions = 0
    return person


def spent(person: Person) -> int:
    """Tell how many presses it took since this was asked last."""
    many, person.interactions = person.interactions, 0
    return many


def test_arriving_noting_paying_and_rebooking_by_keys(owner: Person, printed: list[bytes]) -> None:
    owner.key(Qt.Key.Key_End)
    spent(owner)
    owner.key(Qt.Key.Key_N)
    assert owner.screen(Note).isVisible()
    assert spent(owner) == 1
    owner.chord(Qt.Key.Key_T)
    owner.key(Qt.Key.Key_End)
    spent(owner)
    owner.key(Qt.Key.Key_R)
    owner.key(Qt.Key.Key_Return)
    assert spent(owner) == 2
    assert visits(owner, "c-other") == [datetime(2026, 12, 2, 11)]
    owner.chord(Qt.Key.Key_T)
    owner.key(Qt.Key.Key_End)
    spent(owner)
    owner.chord(Qt.Key.Key_Dollar, NO_KEY)
    assert spent(owner) == 1
    owner.key(Qt.Key.Key_Return)
    assert spent(owner) == 1
    assert receipt_of(owner, "c-other").receipt.number in words_of(printed[0])
    owner.chord(Qt.Key.Key_T)
    owner.key(Qt.Key.Key_Home)
    spent(owner)
    owner.key(Qt.Key.Key_A)
    assert (spent(owner), state(owner, "a-next")) == (1, State.ARRIVED)


def test_booking_moving_and_the_sheet_of_the_day_by_keys(owner: Person, printed: list[bytes]) -> None:
    owner.chord(Qt.Key.Key_N)
    owner.type_here("odile", enter=True)
    owner.type_here("3pm", enter=True)
    assert spent(owner) == 3
    assert visits(owner, "c-other") == [datetime(2026, 11, 18, 15)]
    owner.chord(Qt.Key.Key_K)
    owner.type_here("day sheet", enter=True)
    assert spent(owner) == 2
    owner.key(Qt.Key.Key_Return)
    assert "Odile Marchetti" in words_of(printed[0])
    owner.key(Qt.Key.Key_Escape)
    owner.shell.go("calendar")
    owner.wait()
    calendar(owner).board.setFocus()
    stand_on(owner, "a-next")
    spent(owner)
    owner.chord(Qt.Key.Key_Right, ALT)
    assert spent(owner) == 1
    assert when(owner, "a-next") == datetime(2026, 11, 19, 16)
    owner.chord(Qt.Key.Key_Z)
    assert spent(owner) == 1
    assert when(owner, "a-next") == datetime(2026, 11, 18, 16)
    assert owner.bugs == []
