"""The calendar through the real window: by hand, by keys alone, and with letters twice as large."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from clinic.values import State
from tests import practices
from tests.journeys.hands import LEFT, booked, calendar, drag, grab, move, point, stand_on, when
from tests.journeys.person import ALT, NO_KEY, Person, at_the_window
from tests.practices import an_appointment
from ui.memory import Memory
from ui.screens.booking import BookingPanel
from ui.screens.calendar.move import MovePanel
from ui.screens.calendar.refused import Refused
from ui.screens.calendar.views import View
from ui.screens.today.card import VisitCardPanel
from ui.theme import theme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


TODAY = "2026-11-18"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week with visits of two therapists; it is ten past two on Wednesday, November 18."""
    booked = partial(an_appointment, state="confirmed", client="c-other", staff="owner")
    document = practices.a_document(
        appointments=[
            booked("a-ten", f"{TODAY}T10:00"),
            booked("a-three", f"{TODAY}T15:00"),
            booked("a-five", f"{TODAY}T17:00"),
            booked("a-friday", "2026-11-20T15:00", client="c-own"),
            an_appointment("a-theirs", f"{TODAY}T15:00", state="confirmed"),
        ]
    )
    return practices.make(tmp_path_factory.mktemp("calendar"), document)


def sit(qtbot: QtBot, week: Path, folder: Path, who: str = "owner") -> Person:
    person = at_the_window(qtbot, practices.copied(week, folder / "p"), Memory(folder / "memory"))
    person.sign_in(who)
    person.shell.go("calendar")
    person.wait()
    calendar(person).board.setFocus()
    person.interactions = 0
    return person


@pytest.fixture
def owner(qtbot: QtBot, week: Path, tmp_path: Path) -> Person:
    return sit(qtbot, week, tmp_path)


# By hand


def test_moving_a_visit_in_view_takes_one_and_its_undo_one(owner: Person) -> None:
    start = grab(owner, "a-five")
    down = point(owner, datetime(2026, 11, 19, 12)) - point(owner, datetime(2026, 11, 18, 17))
    drag(owner, start, start + down)
    assert owner.interactions == 1
    assert when(owner, "a-five") == datetime(2026, 11, 19, 12)
    owner.press("Undo move of visit")
    assert owner.interactions == 2
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)
    owner.chord(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert when(owner, "a-five") == datetime(2026, 11, 19, 12)


def test_booking_somebody_known_at_a_seen_slot_takes_three(owner: Person) -> None:
    drag(owner, point(owner, datetime(2026, 11, 19, 13)), point(owner, datetime(2026, 11, 19, 14, 25)))
    panel = owner.screen(BookingPanel)
    assert (panel.at, panel.minutes.chosen) == (datetime(2026, 11, 19, 13), "90")
    owner.type_here("hanh", enter=True)
    assert panel.minutes.chosen == "90"
    owner.key(Qt.Key.Key_Return)
    assert owner.interactions == 3
    made = next(entry for entry in booked(owner).values() if entry.at == datetime(2026, 11, 19, 13))
    assert (made.name, made.minutes, made.staff) == ("Hạnh Nguyễn", 90, "owner")
    assert calendar(owner).board.sketch is None


def test_a_double_press_on_a_free_time_books_as_long_as_usual(owner: Person) -> None:
    QTest.mouseDClick(
        calendar(owner).board, LEFT, NO_KEY, point(owner, datetime(2026, 11, 19, 13)) + QPoint(0, 6)
    )
    owner.wait()
    assert owner.screen(BookingPanel).at == datetime(2026, 11, 19, 13)
    assert calendar(owner).board.sketch is not None
    owner.key(Qt.Key.Key_Escape)
    owner.wait()
    assert calendar(owner).board.sketch is None


def test_an_edge_makes_a_visit_longer_and_undo_shorter_again(owner: Person) -> None:
    board = calendar(owner).board
    piece = next(piece for piece in (board.plan.pieces if board.plan else ()) if piece.entry.id == "a-ten")
    box = board.seen(board.geometry_.box(piece))
    edge = QPoint(int(box.x + box.wide / 2), int(box.y + box.high) - 2)
    drag(owner, edge, edge + QPoint(0, int(30 * board.geometry_.scale)))
    assert booked(owner)["a-ten"].minutes == 90
    assert owner.interactions == 1
    owner.press("Undo length of visit")
    assert booked(owner)["a-ten"].minutes == 60


def test_with_ctrl_a_drag_copies(owner: Person) -> None:
    start = grab(owner, "a-ten")
    right = point(owner, datetime(2026, 11, 19, 10)) - point(owner, datetime(2026, 11, 18, 10))
    drag(owner, start, start + right, CONTROL)
    assert when(owner, "a-ten") == datetime(2026, 11, 18, 10)
    copied = [e for e in booked(owner).values() if e.at == datetime(2026, 11, 19, 10)]
    assert [entry.name for entry in copied] == ["Odile Marchetti"]
    owner.chord(Qt.Key.Key_Z)
    assert [e.state for e in booked(owner).values() if e.at == datetime(2026, 11, 19, 10)] == []


def test_a_refused_drop_says_why_and_offers_the_next_free_times(owner: Person) -> None:
    start = grab(owner, "a-five")
    up = point(owner, datetime(2026, 11, 18, 15, 30)) - point(owner, datetime(2026, 11, 18, 17))
    drag(owner, start, start + up)
    callout = owner.screen(Refused)
    assert "3:00 pm to 4:00 pm" in callout.accessibleName()
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)
    offers = [button.accessibleName() for button in callout.findChildren(QPushButton)]
    assert offers[1] == "4:00 pm"
    owner.press("4:00 pm")
    assert when(owner, "a-five") == datetime(2026, 11, 18, 16)
    assert owner.interactions == 2


def test_esc_lets_go_of_what_is_carried_and_nothing_moves(owner: Person) -> None:
    start = grab(owner, "a-five")
    drag(owner, start, start + QPoint(0, 90), drop=False)
    held = calendar(owner).board.hands.held
    assert held is not None
    assert held.clash is None
    owner.key(Qt.Key.Key_Escape)
    assert calendar(owner).board.hands.held is None
    QTest.mouseRelease(calendar(owner).board, LEFT, NO_KEY, start + QPoint(0, 90))
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)


def test_a_visit_held_at_the_side_turns_the_page_and_is_put_down_there(owner: Person) -> None:
    board = calendar(owner).board
    start = grab(owner, "a-five")
    drag(owner, start, QPoint(board.width() - 4, start.y()), drop=False)
    assert board.hands.pages.side == 1
    wait_for_the_page(owner, date(2026, 11, 25))
    assert board.hands.held is not None
    target = point(owner, datetime(2026, 11, 24, 11)) + QPoint(0, 33)
    move(owner, target)
    assert board.hands.pages.side == 0
    QTest.mouseRelease(board, LEFT, NO_KEY, target)
    owner.wait()
    assert when(owner, "a-five").date() == date(2026, 11, 24)
    owner.press("Undo move of visit")
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)


def test_esc_after_turning_the_page_brings_back_the_visit_and_the_page(owner: Person) -> None:
    board = calendar(owner).board
    start = grab(owner, "a-five")
    drag(owner, start, QPoint(4, start.y()), drop=False)
    assert board.hands.pages.side == -1
    wait_for_the_page(owner, date(2026, 11, 11))
    owner.key(Qt.Key.Key_Escape)
    owner.wait()
    assert calendar(owner).on == date(2026, 11, 18)
    assert (board.hands.held, board.lifted, board.hands.pages.side) == (None, None, 0)
    QTest.mouseRelease(board, LEFT, NO_KEY, start)
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)


def wait_for_the_page(person: Person, on: date) -> None:
    person.qtbot.waitUntil(lambda: calendar(person).on == on, timeout=5_000)
    person.wait()


def test_choosing_no_room_gives_the_room_up_and_undo_takes_it_again(owner: Person) -> None:
    room = calendar(owner).spread.places[0].id  # type: ignore[union-attr]  # the days lie open
    for wanted in (room, None):
        stand_on(owner, "a-five")
        calendar(owner).board.setFocus()
        owner.key(Qt.Key.Key_M)
        panel = owner.screen(MovePanel)
        panel.room.choose(wanted)
        panel.go()
        owner.wait()
        assert booked(owner)["a-five"].room == wanted
    owner.press("Undo move of visit")
    assert booked(owner)["a-five"].room == room


def test_a_visit_over_another_shows_that_it_cannot_be_put_there(owner: Person) -> None:
    start = grab(owner, "a-five")
    up = point(owner, datetime(2026, 11, 18, 15)) - point(owner, datetime(2026, 11, 18, 17))
    drag(owner, start, start + up, drop=False)
    held = calendar(owner).board.hands.held
    assert held is not None
    assert held.clash is not None
    assert calendar(owner).board.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    owner.key(Qt.Key.Key_Escape)


def test_a_press_opens_the_card_and_keys_act_on_the_visit(owner: Person) -> None:
    QTest.mouseClick(calendar(owner).board, LEFT, NO_KEY, grab(owner, "a-three"))
    owner.wait()
    assert owner.screen(VisitCardPanel).visit == "a-three"
    calendar(owner).board.setFocus()
    owner.key(Qt.Key.Key_A)
    assert booked(owner)["a-three"].state is State.ARRIVED
    owner.chord(Qt.Key.Key_Z)
    assert booked(owner)["a-three"].state is State.CONFIRMED


def test_a_visit_is_carried_to_another_week_on_the_pinboard(owner: Person) -> None:
    stand_on(owner, "a-five")
    owner.chord(Qt.Key.Key_X)
    assert owner.reads("Pinboard")
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)
    owner.key(Qt.Key.Key_PageDown)
    card = calendar(owner).pins.findChildren(type(calendar(owner).pins.cards()[0]))[0]
    board = calendar(owner).board
    target = board.mapToGlobal(point(owner, datetime(2026, 11, 25, 11)) + QPoint(0, 33))
    card.carried.emit(card.pin.entry, target, False)  # noqa: FBT003 - a signal's arguments have no names
    assert board.hands.held is not None
    at = board.hands.held.wish.at
    card.dropped.emit()
    owner.wait()
    assert when(owner, "a-five") == at
    assert at.date() == date(2026, 11, 25)
    assert not calendar(owner).pins.isVisible()


# By keys alone


def test_everything_a_hand_does_the_keyboard_does_too(owner: Person) -> None:
    stand_on(owner, "a-five")
    owner.interactions = 0
    owner.chord(Qt.Key.Key_Right, ALT)
    assert owner.interactions == 1
    assert when(owner, "a-five") == datetime(2026, 11, 19, 17)
    owner.chord(Qt.Key.Key_Up, ALT)
    assert when(owner, "a-five") == datetime(2026, 11, 19, 16, 45)
    owner.chord(Qt.Key.Key_Down, ALT | SHIFT)
    assert booked(owner)["a-five"].minutes == 75
    owner.chord(Qt.Key.Key_Up, ALT | SHIFT)
    assert booked(owner)["a-five"].minutes == 60
    for _again in range(4):
        owner.chord(Qt.Key.Key_Z)
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)
    owner.chord(Qt.Key.Key_C)
    owner.key(Qt.Key.Key_PageDown)
    owner.key(Qt.Key.Key_Down)
    owner.chord(Qt.Key.Key_V)
    assert when(owner, "a-five") == datetime(2026, 11, 18, 17)
    copies = [entry for entry in booked(owner).values() if entry.at > datetime(2026, 11, 21)]
    assert [entry.name for entry in copies] == ["Odile Marchetti"]


def test_arrows_travel_and_enter_opens_a_visit_or_begins_one(owner: Person) -> None:
    stand_on(owner, "a-three")
    owner.key(Qt.Key.Key_Return)
    assert owner.screen(VisitCardPanel).visit == "a-three"
    calendar(owner).board.setFocus()
    owner.key(Qt.Key.Key_Down)
    spot = calendar(owner).board.spot
    assert spot is not None
    assert (spot.visit, spot.place) == (None, 16 * 60)
    owner.chord(Qt.Key.Key_N)
    assert owner.screen(BookingPanel).at == datetime(2026, 11, 18, 16)
    owner.type_here("hanh", enter=True)
    owner.key(Qt.Key.Key_Return)
    assert "Hạnh Nguyễn" in [e.name for e in booked(owner).values() if e.at == datetime(2026, 11, 18, 16)]


def test_a_visit_is_moved_by_words(owner: Person) -> None:
    stand_on(owner, "a-five")
    owner.key(Qt.Key.Key_M)
    panel = owner.screen(MovePanel)
    owner.wait()
    panel.day.setFocus()
    owner.type_here("nov 24")
    panel.time.setFocus()
    owner.type_here("11:30", enter=True)
    assert when(owner, "a-five") == datetime(2026, 11, 24, 11, 30)


def test_a_move_by_words_onto_a_taken_time_says_so_beside_the_field(owner: Person) -> None:
    stand_on(owner, "a-five")
    owner.key(Qt.Key.Key_M)
    panel = owner.screen(MovePanel)
    owner.wait()
    panel.time.setFocus()
    owner.type_here("3pm", enter=True)
    assert "taken" in panel.form["time"].message
    owner.press("Wed 4:00 pm")
    assert when(owner, "a-five") == datetime(2026, 11, 18, 16)


def test_keys_turn_the_pages_and_change_the_view(owner: Person) -> None:
    screen = calendar(owner)
    for key, view in (
        (Qt.Key.Key_1, View.DAY),
        (Qt.Key.Key_3, View.MONTH),
        (Qt.Key.Key_4, View.AGENDA),
        (Qt.Key.Key_2, View.WEEK),
    ):
        owner.chord(key)
        assert screen.view is view
        screen.setFocus()
    owner.key(Qt.Key.Key_PageUp)
    assert screen.header.heading.text() == "November 9 to 14"
    owner.chord(Qt.Key.Key_T)
    assert screen.header.heading.text() == "November 16 to 21"
    before = screen.board.geometry_.scale
    owner.chord(Qt.Key.Key_Equal)
    assert screen.board.geometry_.scale > before
    owner.chord(Qt.Key.Key_0)
    assert screen.board.geometry_.scale == before
    assert theme.percent == 100
    owner.chord(Qt.Key.Key_T)
    assert owner.shell._shown is not screen


def test_one_goes_to_a_day_by_typing_it(owner: Person) -> None:
    owner.chord(Qt.Key.Key_G)
    (box,) = calendar(owner).header.asked(calendar(owner))
    QTest.keyClicks(box.line, "dec 2")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    owner.wait()
    assert calendar(owner).on == date(2026, 12, 2)


# Large letters, other eyes


@pytest.mark.parametrize("percent", [100, 200])
def test_the_agenda_is_the_whole_calendar_in_words(owner: Person, percent: int) -> None:
    theme.choose(percent=percent)
    owner.window.resize(1024, 640)
    owner.chord(Qt.Key.Key_4)
    said = owner.everything()
    for words in ("Odile Marchetti", "Hạnh Nguyễn", "3:00 pm to 4:00 pm", "Confirmed"):
        assert words in said
    owner.open_row("Agenda", "Nguyễn")
    calendar(owner).agenda.view.setFocus()
    owner.key(Qt.Key.Key_Return)
    assert owner.screen(VisitCardPanel).visit == "a-friday"


def test_with_letters_twice_as_large_a_visit_is_moved_by_one_drag(owner: Person) -> None:
    theme.choose(percent=200)
    owner.window.resize(1024, 640)
    owner.wait()
    stand_on(owner, "a-five")
    start = grab(owner, "a-five")
    up = point(owner, datetime(2026, 11, 18, 16)) - point(owner, datetime(2026, 11, 18, 17))
    drag(owner, start, start + up)
    assert when(owner, "a-five") == datetime(2026, 11, 18, 16)


def test_a_therapist_sees_others_as_taken_and_moves_only_own_visits(
    qtbot: QtBot, week: Path, tmp_path: Path
) -> None:
    tomas = sit(qtbot, week, tmp_path, "s-therapist")
    tomas.chord(Qt.Key.Key_1)
    board = calendar(tomas).board
    assert board.plan is not None
    assert "Odile Marchetti" not in tomas.everything()
    assert "Busy" in board.tip(next(p.entry for p in board.plan.pieces if p.entry.id == "a-three"))
    start = grab(tomas, "a-three")
    drag(tomas, start, start + QPoint(0, 120))
    assert when(tomas, "a-three") == datetime(2026, 11, 18, 15)


def test_nothing_went_wrong_unseen(owner: Person) -> None:
    for view in View:
        calendar(owner).show_view(view)
        owner.wait()
        owner.window.grab()
    assert owner.bugs == []
