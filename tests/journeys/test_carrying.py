"""Carrying visits across pages: through the month, and on the pinboard, with every way back."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic.office import booking, openings, upkeep
from clinic.office import practice as practice_office
from clinic.values import AppointmentId, BlockKind, ClientId, StaffId, State, TreatmentId
from tests import practices
from tests.journeys.hands import LEFT, booked, calendar, move_over, point, stand_on, when
from tests.journeys.person import NO_KEY, Person, at_the_window
from tests.practices import an_appointment
from ui.memory import Memory
from ui.screens.booking.stranded import StrandedPanel
from ui.screens.calendar.move import MovePanel
from ui.screens.calendar.refused import Refused
from ui.screens.calendar.views import View
from ui.screens.today.card import VisitCardPanel
from ui.theme import theme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.screens.calendar.month import Month
    from ui.screens.calendar.pins import PinCard

FIVE = datetime(2026, 11, 18, 17)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visits of the owner; it is ten past two on Wednesday, November 18."""
    document = practices.a_document(
        appointments=[
            an_appointment("a-five", "2026-11-18T17:00", state="confirmed", client="c-other", staff="owner"),
            an_appointment("a-friday", "2026-11-20T17:00", state="confirmed", client="c-own", staff="owner"),
        ]
    )
    return practices.make(tmp_path_factory.mktemp("carrying"), document)


@pytest.fixture
def owner(qtbot: QtBot, practice: Path, tmp_path: Path) -> Person:
    person = at_the_window(qtbot, practices.copied(practice, tmp_path / "p"), Memory(tmp_path / "memory"))
    person.sign_in("owner")
    person.shell.go("calendar")
    person.wait()
    calendar(person).board.setFocus()
    return person


def the_month(person: Person) -> Month:
    """Open the month, painted, with the keyboard on it."""
    screen = calendar(person)
    screen.show_view(View.MONTH)
    person.wait()
    screen.month.setFocus()
    screen.month.grab()
    return screen.month


def line_of(month: Month, visit: str) -> QPoint:
    line = next(line for line in month._lines if line.entry is not None and line.entry.id == visit)
    return line.place.center().toPoint()


def day_of(month: Month, on: date) -> QPoint:
    return next(
        cell.center().toPoint() for cell in map(month.cell, range(42)) if month._day_at(cell.center()) == on
    )


def take(person: Person, visit: str, to: QPoint) -> Month:
    """Press a visit's line in the month, and carry it to a point."""
    month = the_month(person)
    start = line_of(month, visit)
    QTest.mousePress(month, LEFT, NO_KEY, start)
    for share in (0.4, 1.0):
        move_over(month, start + (to - start) * share)
    return month


def wait_for_the_page(person: Person, on: date) -> None:
    person.qtbot.waitUntil(lambda: calendar(person).on == on, timeout=5_000)
    person.wait()


def test_a_visit_held_at_the_side_of_the_month_is_put_down_in_the_next(owner: Person) -> None:
    month = the_month(owner)
    take(owner, "a-five", QPoint(month.width() - 3, 300))
    assert month.pages.side == 1
    wait_for_the_page(owner, date(2026, 12, 18))
    target = day_of(month, date(2026, 12, 22))
    move_over(month, target)
    assert month.held is not None
    assert (month.pages.side, month.held.clash) == (0, None)
    month.grab()
    QTest.mouseRelease(month, LEFT, NO_KEY, target)
    owner.wait()
    assert when(owner, "a-five") == datetime(2026, 12, 22, 17)
    owner.press("Undo move of visit")
    assert when(owner, "a-five") == FIVE


def test_esc_turns_the_month_back_and_nothing_moves(owner: Person) -> None:
    month = the_month(owner)
    take(owner, "a-five", QPoint(3, 300))
    wait_for_the_page(owner, date(2026, 10, 18))
    owner.key(Qt.Key.Key_Escape)
    owner.wait()
    assert (calendar(owner).on, month.held, month.busy) == (date(2026, 11, 18), None, False)
    QTest.mouseRelease(month, LEFT, NO_KEY, QPoint(200, 300))
    assert when(owner, "a-five") == FIVE


def test_a_day_that_is_taken_refuses_the_drop_beside_that_day(owner: Person) -> None:
    month = the_month(owner)
    target = day_of(month, date(2026, 11, 20))
    take(owner, "a-five", target)
    assert month.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    month.grab()
    QTest.mouseRelease(month, LEFT, NO_KEY, target)
    owner.wait()
    callout = owner.screen(Refused)
    assert callout.geometry().intersects(calendar(owner).rect())
    assert when(owner, "a-five") == FIVE
    callout.buttons[0].click()
    owner.wait()
    assert when(owner, "a-five").date() >= date(2026, 11, 20)


def test_a_press_in_the_month_opens_the_card_and_a_double_press_the_day(owner: Person) -> None:
    month = the_month(owner)
    QTest.mouseClick(month, LEFT, NO_KEY, line_of(month, "a-five"))
    owner.wait()
    assert owner.screen(VisitCardPanel).visit == "a-five"
    QTest.mouseDClick(month, LEFT, NO_KEY, day_of(month, date(2026, 11, 24)))
    owner.wait()
    assert (calendar(owner).view, calendar(owner).on) == (View.DAY, date(2026, 11, 24))


def the_card(person: Person) -> PinCard:
    stand_on(person, "a-five")
    person.chord(Qt.Key.Key_X)
    return calendar(person).pins.cards()[0]


def is_held(person: Person) -> bool:
    return calendar(person).board.hands.held is not None


def carry_card(person: Person, card: PinCard, to: QPoint) -> None:
    """Carry a card of the pinboard, pressed already, to a point of the screen."""
    move_over(card, card.mapFromGlobal(to))
    person.wait()


def test_esc_with_a_card_in_hand_leaves_it_on_the_pinboard_until_it_is_pressed_anew(owner: Person) -> None:
    board = calendar(owner).board
    card = the_card(owner)
    target = board.mapToGlobal(point(owner, datetime(2026, 11, 19, 11)) + QPoint(0, 33))
    QTest.mousePress(card, LEFT, NO_KEY, QPoint(20, 10))
    carry_card(owner, card, target)
    assert is_held(owner)
    owner.key(Qt.Key.Key_Escape)
    assert not is_held(owner)
    carry_card(owner, card, target + QPoint(40, 40))
    assert not is_held(owner)
    QTest.mouseRelease(card, LEFT, NO_KEY, QPoint(20, 10))
    owner.wait()
    assert when(owner, "a-five") == FIVE
    assert [each.pin.entry.id for each in calendar(owner).pins.cards()] == ["a-five"]


def test_a_card_let_go_on_the_pinboard_stays_there(owner: Person) -> None:
    card = the_card(owner)
    QTest.mousePress(card, LEFT, NO_KEY, QPoint(20, 10))
    board = calendar(owner).board
    carry_card(owner, card, board.mapToGlobal(point(owner, datetime(2026, 11, 19, 11))))
    carry_card(owner, card, card.mapToGlobal(QPoint(60, 30)))
    QTest.mouseRelease(card, LEFT, NO_KEY, QPoint(60, 30))
    owner.wait()
    assert when(owner, "a-five") == FIVE
    assert len(calendar(owner).pins.cards()) == 1


def test_a_card_is_put_down_in_the_month_by_hand_and_by_keys(owner: Person) -> None:
    card = the_card(owner)
    month = the_month(owner)
    QTest.mousePress(card, LEFT, NO_KEY, QPoint(20, 10))
    carry_card(owner, card, month.mapToGlobal(day_of(month, date(2026, 11, 24))))
    QTest.mouseRelease(card, LEFT, NO_KEY, QPoint(20, 10))
    owner.wait()
    assert when(owner, "a-five") == datetime(2026, 11, 24, 17)
    assert not calendar(owner).pins.isVisible()
    calendar(owner).pins.take(booked(owner)["a-five"])
    month.setFocus()
    owner.key(Qt.Key.Key_Down)
    owner.chord(Qt.Key.Key_V)
    assert when(owner, "a-five") == datetime(2026, 11, 25, 17)


# Visits that can't stay


def columns(person: Person) -> set[str]:
    """Who can have a column in the days shown."""
    spread = calendar(person).spread
    return {str(each.id) for each in spread.people} if spread is not None else set()


def away(person: Person, **block: Any) -> None:
    """Let somebody be away, or something be closed, all Friday."""
    begins = datetime(2026, 11, 20)
    task = partial(
        openings.add_block,
        kind=BlockKind.TIME_OFF,
        begins=begins,
        ends=begins.replace(day=21),
        **{"staff": None, "room": None} | block,
    )
    person.shell.runner.do(task, lambda _done: None)
    person.wait()


def test_the_calendar_says_which_visits_lie_in_somebodys_absence_and_offers_to_move_them(
    owner: Person,
) -> None:
    lines = calendar(owner).stuck
    assert not lines.isVisible()
    away(owner, staff=StaffId("owner"))
    assert [each.said for each in lines.shown] == ["Maren Okafor is away: one visit is booked then."]
    owner.press("Move visits")
    assert [row.stranded.visit.appointment for row in owner.screen(StrandedPanel).rows] == ["a-friday"]


def test_a_closed_house_is_told_of_too_and_the_line_goes_with_the_last_visit(owner: Person) -> None:
    away(owner)
    lines = calendar(owner).stuck
    assert [each.said for each in lines.shown] == ["The practice is closed: one visit is booked then."]
    owner.shell.runner.do(
        partial(booking.move, appointment=AppointmentId("a-friday"), at=datetime(2026, 11, 23, 12)),
        lambda _done: None,
    )
    owner.wait()
    assert not lines.isVisible()


def test_whoever_has_left_keeps_a_column_until_their_visits_are_handed_over(owner: Person) -> None:
    def leave(work: Any) -> object:
        version = upkeep.colleague(work, StaffId("s-therapist")).version
        changes = {"left_on": date(2026, 11, 16)}
        return practice_office.change_colleague(
            work, StaffId("s-therapist"), changes, version=version, reason="moves away"
        )

    booked_with_them = partial(
        booking.book,
        client=ClientId("c-other"),
        treatment=TreatmentId("t-60"),
        staff=StaffId("s-therapist"),
        at=datetime(2026, 11, 19, 11),
    )
    for task in (booked_with_them, leave):
        owner.shell.runner.do(task, lambda _done: None)
        owner.wait()
    calendar(owner).go_to(date(2026, 11, 19))
    owner.wait()
    (told,) = calendar(owner).stuck.shown
    assert "no longer works here from Nov 16: one visit" in told.said
    assert "s-therapist" in columns(owner)
    owner.press("Move visits")
    assert len(owner.screen(StrandedPanel).rows) == 1
    calendar(owner).go_to(date(2026, 12, 9))
    owner.wait()
    assert "s-therapist" not in columns(owner)


def test_larger_letters_leave_the_hours_where_they_are(owner: Person) -> None:
    board = calendar(owner).board
    before = board.down.value() / board.geometry_.scale
    assert before > 0
    owner.window.resize(1024, 640)
    theme.choose(percent=200)
    owner.wait()
    assert abs(board.down.value() / board.geometry_.scale - before) < 5


def test_in_the_agenda_the_keys_and_the_menu_act_on_the_line_that_is_chosen(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[str] = []
    monkeypatch.setattr(calendar(owner).menu, "open", lambda entry, _at: menus.append(entry.id))
    owner.chord(Qt.Key.Key_4)
    view = calendar(owner).agenda.view
    owner.open_row("Agenda", "Marchetti")
    view.setFocus()
    owner.key(Qt.Key.Key_A)
    assert booked(owner)["a-five"].state is State.ARRIVED
    owner.chord(Qt.Key.Key_Z)
    assert booked(owner)["a-five"].state is State.CONFIRMED
    view.setFocus()
    owner.key(Qt.Key.Key_M)
    assert owner.window.findChildren(MovePanel)
    view.setFocus()
    owner.chord(Qt.Key.Key_X)
    assert [each.pin.entry.id for each in calendar(owner).pins.cards()] == ["a-five"]
    place = view.visualRect(view.currentIndex()).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), asked)
    assert menus == ["a-five"]
