"""What stands around the board: the small month, the filters, month, agenda, menu, and what a screen reader hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic.office.diary import Mark
from clinic.values import Money, State
from tests.ui.makers import a_seat
from tests.ui.screens.calendar.made import MAREN, TOMAS, a_block, a_spread, an_entry
from ui.screens.booking.waiting import WaitingList
from ui.screens.calendar import Calendar, access, agenda, plan
from ui.screens.calendar.board import Board
from ui.screens.calendar.minimonth import MiniMonth
from ui.screens.calendar.month import Month
from ui.screens.calendar.plan import By
from ui.screens.calendar.travel import Spot
from ui.screens.calendar.views import View, span, turned
from ui.screens.calendars import CalendarsOut
from ui.screens.settings.block import BlockPanel
from ui.screens.today.terms import TermsPanel
from ui.shell import Shell
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clinic.office.diary import Entry, Spread
    from tests.ui.screens.a_day import AtTheCounter

NO_KEY = Qt.KeyboardModifier.NoModifier
WEDNESDAY = date(2026, 11, 18)
BOTH = frozenset({MAREN, TOMAS})


@pytest.fixture
def screen(sit: Callable[[str], AtTheCounter], qtbot: QtBot) -> Calendar:
    """The owner at the calendar, in the middle of the day."""
    counter = sit("owner")
    shell = Shell(replace(a_seat(), desk=counter.desk), counter.runner, [Calendar], counter.shell.memory)
    qtbot.addWidget(shell)
    shell.resize(1300, 820)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.go("calendar")
    counter.settle()
    made = shell.findChildren(Calendar)[0]
    made.settle = counter.settle  # type: ignore[attr-defined]  # the test waits by it
    return made


def settle(screen: Calendar) -> None:
    screen.settle()  # type: ignore[attr-defined]  # as above


def a_board(qtbot: QtBot, spread: Spread, by: By = By.STAFF) -> Board:
    board = Board()
    qtbot.addWidget(board)
    board.resize(1100, 700)
    board.show()
    columns = plan.columns_of(spread, by, BOTH, plan.days_shown(spread, BOTH, ()))
    board.show_plan(spread, plan.drawn(spread, columns, staff=BOTH), {})
    return board


# The rail


def test_the_small_month_shows_busy_days_and_goes_to_a_day_by_press_and_by_keys(screen: Calendar) -> None:
    days = screen.aside.month.days
    assert days.busy[WEDNESDAY] > 0
    assert "November 18, 6 booked" in days.accessibleName()
    days.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(days, key)
    settle(screen)
    assert screen.on == date(2026, 11, 26)
    cell = days._cell(0).center().toPoint()
    QTest.mouseClick(days, Qt.MouseButton.LeftButton, NO_KEY, cell)
    settle(screen)
    assert screen.on == date(2026, 11, 1)


def test_leafing_in_the_small_month_leaves_the_board_where_it_is(screen: Calendar) -> None:
    month = screen.aside.month
    month.leaf(1)
    settle(screen)
    assert month.days.month == date(2026, 12, 1)
    assert screen.on == WEDNESDAY
    assert month.days.busy[date(2026, 12, 2)] == 2


def test_keys_that_leave_the_small_month_turn_its_page(qtbot: QtBot) -> None:
    month = MiniMonth()
    qtbot.addWidget(month)
    month.show_days(WEDNESDAY, date(2026, 11, 15), date(2026, 11, 21), date(2026, 11, 18))
    for _week in range(6):
        QTest.keyClick(month.days, Qt.Key.Key_Up)
    assert month.days.month == date(2026, 10, 1)


def test_unticking_a_therapist_or_a_state_takes_their_visits_off_the_board(screen: Calendar) -> None:
    screen.show_view(View.DAY)
    settle(screen)

    def shown() -> set[str]:
        assert screen.board.plan is not None
        return {str(piece.entry.id) for piece in screen.board.plan.pieces}

    assert {"a-done", "a-next", "a-missed"} <= shown()
    screen.aside._boxes[screen.aside._boxes.keys().__iter__().__next__()].setChecked(False)
    assert "a-done" not in shown()
    for box in screen.aside._boxes.values():
        box.setChecked(True)
    for group, box in screen.aside._states.items():
        box.setChecked(State.NO_SHOW not in group)
    assert "a-missed" not in shown()
    assert "a-done" in shown()


def test_somebody_is_always_shown(screen: Calendar) -> None:
    for box in screen.aside._boxes.values():
        box.setChecked(False)
    assert screen.aside.staff


# Views


@pytest.mark.parametrize(
    ("view", "first", "last", "after"),
    [
        (View.DAY, WEDNESDAY, WEDNESDAY, date(2026, 11, 19)),
        (View.WEEK, date(2026, 11, 15), date(2026, 11, 21), date(2026, 11, 25)),
        (View.MONTH, date(2026, 11, 1), date(2026, 12, 12), date(2026, 12, 18)),
        (View.AGENDA, WEDNESDAY, date(2026, 12, 1), date(2026, 12, 2)),
    ],
)
def test_each_view_shows_its_days(view: View, first: date, last: date, after: date) -> None:
    assert span(view, WEDNESDAY) == (first, last)
    assert turned(view, WEDNESDAY, 1) == after


def test_the_view_comes_back(screen: Calendar) -> None:
    screen.show_view(View.MONTH)
    settle(screen)
    assert screen.counter.memory.calendar_view == View.MONTH
    assert Calendar(screen.counter).view is View.MONTH


def test_the_month_opens_a_day_by_keys_and_carries_a_visit_to_another(qtbot: QtBot) -> None:
    month = Month()
    qtbot.addWidget(month)
    month.resize(1000, 800)
    month.show()
    entry = an_entry()
    month.show_month(a_spread(entry, first=date(2026, 11, 1), days=42), WEDNESDAY, BOTH, ())
    month.grab()
    assert month.accessibleName() == "Wednesday, November 18, 1 booked"
    assert month.accessibleDescription() == "10:00 Odile Marchetti"
    with qtbot.waitSignal(month.opened) as opened:
        QTest.keyClick(month, Qt.Key.Key_Right)
        QTest.keyClick(month, Qt.Key.Key_Return)
    assert opened.args == [date(2026, 11, 19)]
    start = month._lines[0].place.center()
    end = month.cell(19).center()
    with qtbot.waitSignal(month.carried) as carried:
        QTest.mousePress(month, Qt.MouseButton.LeftButton, NO_KEY, start.toPoint())
        month.mouseMoveEvent(moved(end))
        QTest.mouseRelease(month, Qt.MouseButton.LeftButton, NO_KEY, end.toPoint())
    assert carried.args is not None
    assert carried.args[0].wish.at == datetime(2026, 11, 20, 10)


def test_esc_lets_go_of_a_visit_in_the_month(qtbot: QtBot) -> None:
    month = Month()
    qtbot.addWidget(month)
    month.resize(1000, 800)
    month.show_month(a_spread(an_entry(), first=date(2026, 11, 1), days=42), WEDNESDAY, BOTH, ())
    month.grab()
    start, end = month._lines[0].place.center(), month.cell(19).center()
    QTest.mousePress(month, Qt.MouseButton.LeftButton, NO_KEY, start.toPoint())
    month.mouseMoveEvent(moved(end))
    QTest.keyClick(month, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(month.carried):
        QTest.mouseRelease(month, Qt.MouseButton.LeftButton, NO_KEY, end.toPoint())


def moved(at: QPointF) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, left, NO_KEY)


def test_the_agenda_says_what_the_board_shows(qtbot: QtBot) -> None:
    assert qtbot is not None
    ghost = an_entry("v-2", datetime(2026, 11, 18, 12), state=State.NO_SHOW)
    held = an_entry("v-3", datetime(2026, 11, 19, 12), state=State.TENTATIVE, staff=TOMAS)
    done = an_entry("v-4", datetime(2026, 11, 17, 12), state=State.DONE)
    busy = an_entry("v-5", datetime(2026, 11, 20, 12), client=None, name="", technique=None, treatment="")
    block = a_block(datetime(2026, 11, 18, 9), datetime(2026, 11, 18, 9, 30), reason="Team meeting")
    spread = a_spread(an_entry(), ghost, held, done, busy, blocks=(block,))
    marks = {
        held.id: Mark(flag="S3", held=True, visit=11, visits=12),
        done.id: Mark(charged=True, open=Money(12500), noted=True),
    }
    columns = agenda.columns()
    said = [
        [column.text(line) for column in columns]
        for line in agenda.lines_of(spread, marks, BOTH, {State.NO_SHOW})
    ]
    assert [row[2] for row in said] == [
        "Odile Marchetti",
        "Team meeting",
        "Odile Marchetti",
        "Odile Marchetti",
        "Busy",
    ]
    assert said[0][6:] == ["Done", "Unpaid, Unsigned"]
    assert said[1][6] == "Blocked"
    assert said[3][4:] == ["Tomás Rivera", "Hearth", "Held", "Ask the doctor, Visit 11/12"]
    assert said[2][:2] == ["Wed, Nov 18", "10:00 am to 11:00 am"]


# The board


def test_a_screen_reader_finds_every_visit_by_name_time_and_state(qtbot: QtBot) -> None:
    access.announce()
    board = a_board(qtbot, a_spread(an_entry(), an_entry("v-2", state=State.NO_SHOW, staff=TOMAS)))
    whole = QAccessible.queryAccessibleInterface(board)
    assert (whole.childCount(), whole.role()) == (2, QAccessible.Role.List)
    visit = whole.child(0)
    assert visit.text(QAccessible.Text.Name) == (
        "Odile Marchetti, 10:00 am to 11:00 am, Wednesday, November 18, Therapeutic massage, "
        "with Maren Okafor, Hearth, Confirmed"
    )
    assert visit.role() == QAccessible.Role.ListItem
    assert visit.isValid()
    assert visit.childCount() == 0
    assert whole.indexOfChild(visit) == 0
    middle = board.mapToGlobal(board.centre_of(an_entry().id))
    assert visit.rect().contains(middle)
    assert whole.childAt(middle.x(), middle.y()) is visit
    assert whole.child(7) is None
    board.keys.begin()
    board.setFocus()
    assert whole.focusChild() is visit
    assert visit.state().selected


def test_a_visit_that_is_busy_says_no_more_than_that(qtbot: QtBot) -> None:
    busy = an_entry(client=None, name="", treatment="", technique=None)
    board = a_board(qtbot, a_spread(busy))
    assert board.tip(busy) == "Busy, 10:00 am to 11:00 am, Wednesday, November 18, Maren Okafor"


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("percent", [100, 200])
def test_every_kind_of_visit_is_drawn_in_every_size(qtbot: QtBot, by: By, percent: int) -> None:
    theme.choose(percent=percent)
    states = [
        an_entry(f"v-{n}", datetime(2026, 11, 16, 8) + timedelta(hours=n), minutes=15 + 10 * n, state=state)
        for n, state in enumerate(State)
    ]
    block = a_block(datetime(2026, 11, 17, 9), datetime(2026, 11, 17, 11), staff=None)
    board = a_board(qtbot, a_spread(*states, blocks=(block,)), by)
    marks = {
        entry.id: Mark(charged=n % 2 == 0, noted=True, visit=11, visits=12, flag=f"S{n % 6}", held=n % 2 == 1)
        for n, entry in enumerate(states)
    }
    board.show_marks(marks)
    for wide in (300, 700, 2200):
        board.resize(wide, 700)
        picture = board.grab().toImage()
        assert len({picture.pixel(x, 300) for x in range(0, picture.width(), 3)}) > 3


def test_the_wheel_scrolls_and_with_ctrl_it_zooms(qtbot: QtBot) -> None:
    board = a_board(qtbot, a_spread(an_entry()))
    board.down.setValue(0)
    scale = board.geometry_.scale
    turn_the_wheel(board, NO_KEY)
    assert board.down.value() > 0
    assert board.geometry_.scale == scale
    turn_the_wheel(board, Qt.KeyboardModifier.ControlModifier)
    assert board.geometry_.scale < scale


def turn_the_wheel(board: Board, modifier: Qt.KeyboardModifier) -> None:
    at, no_button = QPointF(200, 200), Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    down = QPoint(0, -120)
    event = QWheelEvent(at, at, QPoint(), down, no_button, modifier, phase, False)  # noqa: FBT003 - Qt's own
    QApplication.sendEvent(board, event)


def test_a_tip_says_a_visit_whole_and_goes_where_nothing_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "ui.screens.calendar.board.QToolTip.showText", lambda _at, words_, _of: said.append(words_)
    )
    monkeypatch.setattr("ui.screens.calendar.board.QToolTip.hideText", lambda: said.append(""))
    board = a_board(qtbot, a_spread(an_entry()))
    at = board.centre_of(an_entry().id)
    for place in (at, QPoint(90, 60)):
        assert board.event(QHelpEvent(QEvent.Type.ToolTip, place, board.mapToGlobal(place)))
    assert said == [board.tip(an_entry()), ""]


def test_the_menu_key_and_the_right_button_offer_what_fits_the_visit(screen: Calendar) -> None:
    def offered(entry: Entry | None) -> list[str]:
        menu = screen.menu.made(entry)
        return [action.text().split("\t")[0] for action in menu.actions() if action.text()]

    spread = screen.spread
    assert spread is not None
    entries = {str(entry.id): entry for entry in spread.entries}
    assert {"Arrive", "Move…", "Take along", "Copy", "Cancel visit"} <= set(offered(entries["a-next"]))
    assert "Move…" not in offered(entries["a-done"])
    assert offered(replace(entries["a-next"], client=None)) == []
    screen.pins.take(entries["a-next"])
    screen.board.keys.begin()
    assert offered(None) == ["New visit here", "Keep this time free…", "Put Hạnh Nguyễn here"]
    board = screen.board
    asked: list[object] = []
    board.menu_asked.disconnect()
    board.menu_asked.connect(lambda entry, _at: asked.append(entry))
    at = board.centre_of(entries["a-done"].id)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        board.contextMenuEvent(QContextMenuEvent(reason, at, board.mapToGlobal(at)))
    assert [getattr(entry, "id", None) for entry in asked] == ["a-done", "a-done"]


def test_the_calendars_own_menu_leads_to_all_that_concerns_it(screen: Calendar) -> None:
    menu = screen.menu.of_the_calendar()
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert list(offered) == [
        "Keep a time free…",
        "Waiting list",
        "Calendars for other programs…",
        "Take a calendar in…",
        "Time off and closures",
        "Notice and fees…",
    ]
    for words_, panel in (
        ("Waiting list", WaitingList),
        ("Calendars for other programs…", CalendarsOut),
        ("Notice and fees…", TermsPanel),
    ):
        offered[words_].trigger()
        settle(screen)
        assert screen.counter.window().findChildren(panel)  # type: ignore[attr-defined]  # the shell
    screen.show_view(View.WEEK)
    settle(screen)
    screen.board.stand_on(Spot(1, 15 * 60))
    offered["Keep a time free…"].trigger()
    settle(screen)
    (block,) = screen.counter.window().findChildren(BlockPanel)  # type: ignore[attr-defined]  # as above
    assert screen.board.plan is not None
    assert block.first.day == screen.board.plan.columns[1].day
    assert (block.start.at, block.end.at) == (time(15), time(16))
