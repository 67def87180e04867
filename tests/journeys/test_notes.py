"""Notes between two clients: from the first visit to the signature, the follow-up, and a reader who may not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from clinic.office import notes
from clinic.office.notes import MarkKind, View
from clinic.values import AppointmentId
from tests import practices
from tests.journeys.person import at_the_window
from ui.memory import Memory
from ui.screens.note import OfVisit
from ui.screens.today.line import VisitLine
from ui.widgets.body_map import BodyMap

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.notes import Opened
    from tests.journeys.person import Person

TODAY = "2026-11-18"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day with somebody new on the table, and somebody who has come before."""
    document = practices.a_document(
        appointments=[
            practices.an_appointment("a-past", "2026-11-04T09:00", staff="owner"),
            practices.an_appointment("a-first", f"{TODAY}T11:00", staff="owner", client="c-other"),
            practices.an_appointment("a-again", f"{TODAY}T13:00", staff="owner"),
        ],
        notes=[
            {
                "id": "n-1",
                "appointment": "a-past",
                "written_by": "owner",
                "signed_at": "2026-11-04T18:10:00Z",
                "soap": {"s": "PLANTED stiff", "o": "firm", "a": "better", "p": "again"},
                "treated": [{"area": "low_back", "technique": "TH", "pressure": "P3", "minutes": 20}],
            }
        ],
    )
    return practices.make(tmp_path_factory.mktemp("notes"), document)


@pytest.fixture
def owner(qtbot: QtBot, day: Path, tmp_path: Path) -> Person:
    person = at_the_window(qtbot, practices.copied(day, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in("owner")
    return person


def choose(person: Person, visit: str) -> None:
    """Put the hands on a visit of the day; the list has the first one already, so this is no press."""
    person.wait()
    line = next(line for line in person.window.findChildren(VisitLine) if line.visit.id == visit)
    line.setFocus()


def touch(person: Person, view: View, area: str) -> None:
    body_map = person.find(BodyMap, "Body map")
    place = dict(body_map._places())[view, area]
    QTest.mouseClick(body_map, Qt.MouseButton.LeftButton, pos=QPointF(*place).toPoint())
    body_map.setFocus()
    person._counted()


def note_of(person: Person, visit: str) -> Opened:
    return person.look_up(partial(notes.open_visit, appointment=AppointmentId(visit)))


def test_first_visit_to_signed_note_with_body_map_in_under_twelve(owner: Person) -> None:
    choose(owner, "a-first")
    owner.key(Qt.Key.Key_N)
    owner.type_here("Neck stiff since Sunday.")
    for words in ("Firm bands.", "Tolerated well.", "Same areas in two weeks."):
        owner.key(Qt.Key.Key_Tab)
        owner.type_here(words)
    touch(owner, View.BACK, "right_upper_trap")
    owner.key(Qt.Key.Key_6)
    owner.chord(Qt.Key.Key_Return)
    assert owner.interactions < 12
    kept = note_of(owner, "a-first")
    assert kept.signed_at is not None
    assert (kept.content.s, kept.content.o) == ("Neck stiff since Sunday.", "Firm bands.")
    (mark,) = kept.content.marks
    assert (mark.kind, mark.area, mark.intensity) == (MarkKind.PAIN, "right_upper_trap", 6)
    assert owner.bugs == []


def test_a_follow_up_from_the_last_note_in_four(owner: Person) -> None:
    choose(owner, "a-again")
    owner.key(Qt.Key.Key_N)
    owner.press("Copy last note")
    owner.type_in(owner.find(QPlainTextEdit, "Subjective"), " Slept well.")
    owner.chord(Qt.Key.Key_Return)
    assert owner.interactions == 4
    kept = note_of(owner, "a-again")
    assert kept.signed_at is not None
    assert kept.content.s == "PLANTED stiff Slept well."
    assert kept.content.treated[0].minutes == 20


def test_a_note_left_in_the_middle_is_there_again(owner: Person) -> None:
    choose(owner, "a-first")
    owner.key(Qt.Key.Key_N)
    owner.type_here("Neck sti")
    owner.chord(Qt.Key.Key_L)
    owner.sign_in("owner")
    assert note_of(owner, "a-first").content.s == "Neck sti"


def test_a_note_is_found_by_its_words_from_anywhere(owner: Person) -> None:
    owner.chord(Qt.Key.Key_K)
    owner.type_here("planted")
    owner.wait()
    owner.key(Qt.Key.Key_Return)
    assert owner.find(QPlainTextEdit, "Subjective").toPlainText() == "PLANTED stiff"


@pytest.mark.parametrize("who", ["s-desk", "s-books"])
def test_neither_desk_nor_books_meet_a_word_of_a_note(
    qtbot: QtBot, day: Path, tmp_path: Path, who: str
) -> None:
    person = at_the_window(qtbot, practices.copied(day, tmp_path / "q"), Memory(tmp_path / "memory"))
    person.sign_in(who)
    person.chord(Qt.Key.Key_K)
    person.type_here("planted")
    person.shell.go("clients", "c-own")
    assert "PLANTED" not in person.everything()
    person.shell.go("note", OfVisit(AppointmentId("a-past")))
    assert "PLANTED" not in person.everything()
    assert person.reads("Your role does not allow this")
    assert person.bugs == []
