"""The counter: screens come and go, what was done can be undone, and everything has a key and a name."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget

from clinic.values import Refusal
from tests.ui.makers import FakeDesk, Names, Numbers, a_seat
from ui.holder import Holder
from ui.panel import Head
from ui.rail import _in_two
from ui.screen import Screen
from ui.shell import Shell
from ui.shortcuts import Shortcuts, shortcut
from ui.theme import theme
from ui.undo import Step, Undo
from ui.widgets.cards import Card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.memory import Memory
    from ui.runner import Runner


def names_of(shell: Shell) -> Names:
    (found,) = (screen for screen in shell.findChildren(Names) if screen.key == "names")
    return found


def press(shell: Shell, keys: str) -> None:
    """Press keys as the list of keys names them."""
    QTest.keySequence(shell.window(), keys)


def test_the_first_screen_opens_and_asks_for_its_rows(shell: Shell) -> None:
    screen = names_of(shell)
    assert screen.isVisible()
    assert screen.table.model.rows == ("Inês Abreu", "Kwame Boateng")


def test_a_screen_is_made_when_it_is_first_opened(shell: Shell) -> None:
    assert not shell.findChildren(Numbers)
    press(shell, "Alt+2")
    (screen,) = shell.findChildren(Numbers)
    assert screen.isVisible()
    assert not names_of(shell).isVisible()


def test_the_last_view_comes_back(
    qtbot: QtBot, shell: Shell, runner: Runner, memory: Memory, desk: FakeDesk
) -> None:
    shell.go("numbers")
    shell.keep()
    again = Shell(a_seat(desk), runner, [Names, Numbers], memory)
    qtbot.addWidget(again)
    again.open_first()
    assert again.findChildren(Numbers)
    qtbot.waitUntil(lambda: not runner.busy)


def test_a_task_makes_the_screen_shown_look_again_if_it_shows_what_was_touched(
    qtbot: QtBot, shell: Shell
) -> None:
    screen = names_of(shell)
    screen.add()
    qtbot.waitUntil(lambda: "Freya Holm" in screen.table.model.rows)
    shell.go("numbers")
    (numbers,) = shell.findChildren(Numbers)
    before = (screen.reloads, numbers.reloads)
    numbers.add()
    qtbot.waitUntil(lambda: not shell.runner.busy)
    assert (screen.reloads, numbers.reloads) == before
    shell.go("names")
    assert screen.reloads == before[0] + 1


def test_a_thing_is_opened_on_the_screen_it_belongs_to(shell: Shell) -> None:
    shell.go("numbers")
    shell.go("names", "Inês Abreu")
    assert names_of(shell).opened_on == "Inês Abreu"


def test_an_offer_starts_from_anywhere_by_its_keys(shell: Shell) -> None:
    shell.go("numbers")
    press(shell, "Ctrl+Shift+N")
    assert names_of(shell).opened_on == "new"
    assert names_of(shell).isVisible()


def test_a_toast_offers_to_take_back_what_was_done(shell: Shell) -> None:
    undone: list[str] = []
    shell.toast("Visit moved to Thursday", Step("move of visit", lambda: undone.append("move")))
    assert shell._toast.isVisible()
    assert shell._bar.undo.accessibleName() == "Undo move of visit"
    assert shell._window_menu.undo.text() == "Undo move of visit"
    QTest.mouseClick(shell._toast.undo, Qt.MouseButton.LeftButton)
    assert undone == ["move"]
    assert not shell._bar.undo.isEnabled()


def test_ctrl_z_takes_back_and_ctrl_shift_z_does_again(shell: Shell) -> None:
    done: list[str] = []
    shell.toast("Moved", Step("move of visit", lambda: done.append("back"), lambda: done.append("again")))
    press(shell, "Ctrl+Z")
    press(shell, "Ctrl+Shift+Z")
    assert done == ["back", "again"]


def test_a_refusal_nobody_shows_is_said_in_words(qtbot: QtBot, shell: Shell) -> None:
    def refuse(_names: object) -> None:
        raise Refusal("name_missing")

    shell.runner.do(refuse, lambda _answer: None)
    qtbot.waitUntil(lambda: shell._toast.words == "A name is needed.")


def test_the_panel_stands_beside_the_screen_and_esc_closes_it(shell: Shell) -> None:
    shell.show_panel(QLabel("New visit"), severity="S3")
    assert shell._panel.isVisible()
    assert names_of(shell).isVisible()
    assert names_of(shell).isEnabled()
    press(shell, "Esc")
    assert not shell._panel.isVisible()


def test_the_keyboard_goes_back_to_where_it_was_before_the_panel(qtbot: QtBot, shell: Shell) -> None:
    names = names_of(shell)
    names.table.view.setFocus()
    line = QLineEdit()
    shell.show_panel(line)
    line.setFocus()
    shell.show_panel(other := QLineEdit())
    other.setFocus()
    press(shell, "Esc")
    qtbot.waitUntil(names.table.view.hasFocus)


def test_the_keyboard_stays_where_somebody_went_while_the_panel_was_open(shell: Shell) -> None:
    names_of(shell).table.view.setFocus()
    shell.show_panel(QLabel("New visit"))
    shell._bar.search.setFocus()
    shell.hide_panel()
    assert shell._bar.search.hasFocus()


def test_where_there_is_no_room_for_two_the_panel_stands_in_place_of_the_screen(
    qtbot: QtBot, shell: Shell
) -> None:
    theme.choose(percent=200)
    shell.show_panel(QLabel("New visit"))
    qtbot.waitUntil(lambda: not names_of(shell).isVisible())
    qtbot.waitUntil(lambda: shell._panel.width() == shell._split.width())
    theme.choose(percent=100)
    qtbot.waitUntil(lambda: names_of(shell).isVisible())
    theme.choose(percent=200)
    qtbot.waitUntil(lambda: not names_of(shell).isVisible())
    shell.hide_panel()
    assert names_of(shell).isVisible()


def test_columns_drawn_by_hand_come_back_and_the_others_fit(
    qtbot: QtBot, shell: Shell, runner: Runner, memory: Memory, desk: FakeDesk
) -> None:
    header = names_of(shell).table.view.horizontalHeader()
    header.resizeSection(1, 222)
    qtbot.waitUntil(lambda: header.length() == names_of(shell).table.view.viewport().width())
    shell.keep()
    again = Shell(a_seat(desk), runner, [Names, Numbers], memory)
    qtbot.addWidget(again)
    again.open_first()
    assert names_of(again).table.view.columnWidth(1) == 222
    qtbot.waitUntil(lambda: not runner.busy)


def test_leaving_a_screen_does_not_scroll_it(qtbot: QtBot, shell: Shell) -> None:
    names = names_of(shell)
    names.setMinimumHeight(3_000)
    holder = shell._stack.currentWidget()
    assert isinstance(holder, Holder)
    qtbot.waitUntil(lambda: holder.verticalScrollBar().maximum() > 1_000)
    holder.verticalScrollBar().setValue(0)
    shell.go("numbers")
    shell.go("names")
    assert holder.verticalScrollBar().value() == 0


@pytest.mark.parametrize(("percent", "said"), [(100, "Find a client"), (200, "Find anything")])
def test_the_search_says_as_much_as_has_room_beside_its_keys(
    qtbot: QtBot, shell: Shell, percent: int, said: str
) -> None:
    theme.choose(percent=percent)
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: shell._bar.search.text().startswith(said))
    words = shell._bar.search.fontMetrics().horizontalAdvance(shell._bar.search.text())
    keys = shell._bar._keys
    assert keys.isHidden() or keys.geometry().left() > words


def test_a_long_name_of_the_practice_is_written_in_two_lines() -> None:
    metrics = QFontMetrics(theme.font())
    room = metrics.horizontalAdvance("Fern & Harbor Mass")
    assert _in_two("Fern & Harbor", metrics, room) == "Fern & Harbor"
    assert _in_two("Fern & Harbor Massage", metrics, room) == "Fern & Harbor\nMassage"
    assert _in_two("Massagetherapiezentrum", metrics, room).endswith("\N{HORIZONTAL ELLIPSIS}")


def test_another_screen_closes_the_panel_of_the_one_before(shell: Shell) -> None:
    shell.show_panel(QLabel("New visit"))
    shell.go("numbers")
    assert not shell._panel.isVisible()


def test_blur_hides_what_is_shown_until_it_is_asked_for(shell: Shell) -> None:
    press(shell, "Ctrl+Shift+P")
    assert shell._blur is not None
    assert shell._blur.geometry() == shell.rect()
    press(shell, "Esc")
    assert shell._blur is None


def test_the_list_of_keys_is_made_of_the_actions_there_are(qtbot: QtBot, shell: Shell) -> None:
    listed = Shortcuts(shell)
    qtbot.addWidget(listed)
    words = {label.text() for label in listed.findChildren(QLabel)}
    keyed = {action.text() for action in shell.findChildren(QAction) if not action.shortcut().isEmpty()}
    assert {"Find anything", "Lock", "New name", "Names", "Undo"} <= keyed <= words


def test_nothing_stays_of_a_list_of_keys_that_was_closed(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Ctrl+?")
    (listed,) = shell.findChildren(Shortcuts)
    listed.reject()
    qtbot.waitUntil(lambda: not shell.findChildren(Shortcuts))


def test_keys_of_a_screen_stand_under_its_name(qtbot: QtBot, shell: Shell) -> None:
    shortcut(names_of(shell).table.view, "Strike out", "Del", lambda: None)
    listed = Shortcuts(shell)
    qtbot.addWidget(listed)
    cards = {card.accessibleName(): card for card in listed.findChildren(Card)}
    assert list(cards) == ["Anywhere", "Names"]
    assert "Strike out" in {label.text() for label in cards["Names"].findChildren(QLabel)}


def test_a_screen_taller_than_the_window_is_opened_at_its_top(qtbot: QtBot, shell: Shell) -> None:
    names = names_of(shell)
    names.setMinimumHeight(3_000)
    holder = shell._stack.currentWidget()
    assert isinstance(holder, Holder)
    qtbot.waitUntil(lambda: holder.verticalScrollBar().maximum() > 1_000)
    holder.verticalScrollBar().setValue(900)
    shell.go("names", "Inês Abreu")
    assert holder.verticalScrollBar().value() == 0


def test_f6_goes_round_the_parts_of_the_window(shell: Shell) -> None:
    editor = QLineEdit()
    panel = QWidget()
    editor.setParent(panel)
    shell.show_panel(panel)
    parts = [shell._rail, shell._bar, shell._stack, shell._panel]
    shell._rail.head.setFocus()
    visited = []
    for _step in parts:
        press(shell, "F6")
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(next(part for part in parts if part.isAncestorOf(focused)))
    assert visited == [shell._bar, shell._stack, shell._panel, shell._rail]


def test_the_rail_says_what_waits_and_when_the_practice_was_backed_up(shell: Shell) -> None:
    place = shell._rail._places["names"]
    assert place.accessibleName() == "Names, 3 waiting"
    assert place.isChecked()
    assert shell._rail._foot._lines.text().startswith("Backed up Nov")


def test_everything_that_takes_the_focus_has_a_name_and_a_role(shell: Shell) -> None:
    shell.show_panel(Names(shell))
    focusable = [
        widget
        for widget in shell.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert len(focusable) > 8
    for widget in focusable:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget
        assert spoken.role() != QAccessible.Role.NoRole, widget


@pytest.mark.parametrize(("percent", "width"), [(100, 1024), (200, 1024), (80, 1440)])
def test_no_button_of_the_frame_is_cut_off(qtbot: QtBot, shell: Shell, percent: int, width: int) -> None:
    theme.choose(percent=percent)
    shell.resize(width, 640)
    qtbot.wait(20)
    for part in (shell._bar, shell._rail):
        for button in part.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width() or button is shell._bar.search
                assert part.rect().contains(button.mapTo(part, button.rect().bottomRight())), button.text()


def entry(shell: Shell, words: str) -> QAction:
    (found,) = (
        action
        for menu in (shell._window_menu.menu, *shell._window_menu.menu.findChildren(QMenu))
        for action in menu.actions()
        if action.text() == words
    )
    return found


def test_the_windows_menu_changes_the_look_and_remembers_it(shell: Shell, memory: Memory) -> None:
    entry(shell, "Dark").trigger()
    assert theme.dark
    entry(shell, "Larger text").trigger()
    assert theme.percent == 110
    assert (memory.mode, memory.percent) == ("dark", 110)
    entry(shell, "Usual size of text").trigger()
    assert memory.percent == 100


def test_the_windows_menu_changes_when_to_lock(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.lock_minutes_chosen) as told:
        entry(shell, "10 minutes").trigger()
    assert told.args == [10]


def test_the_cross_of_a_panel_closes_it(shell: Shell) -> None:
    head = Head("New visit", "Thu, Nov 19, 4:00 to 5:00 pm", shell.hide_panel)
    shell.show_panel(head)
    (cross,) = head.findChildren(QAbstractButton)
    assert cross.accessibleName() == "Close"
    cross.click()
    assert not shell._panel.isVisible()


def test_blur_leaves_no_letter_readable(shell: Shell) -> None:
    sharp = shell.grab().toImage()
    shell.toggle_blur()
    assert shell._blur is not None
    blurred = shell._blur.grab().toImage()

    def steps(picture: QImage) -> int:
        """Count sharp edges along the table's rows."""
        lights = [[picture.pixelColor(x, y).lightness() for x in range(220, 500)] for y in range(80, 220, 4)]
        return sum(abs(one - other) > 40 for line in lights for one, other in pairwise(line))

    assert steps(sharp) > 50
    assert steps(blurred) == 0


def test_a_new_step_forgets_what_was_undone() -> None:
    undo = Undo()
    done: list[str] = []
    undo.push(Step("booking", lambda: done.append("unbook"), lambda: done.append("book")))
    undo.undo()
    undo.push(Step("arrival", lambda: done.append("leave")))
    undo.redo()
    undo.undo()
    undo.undo()
    assert done == ["unbook", "leave"]
    assert (undo.next_back, undo.next_again) == ("", "")


def test_a_screen_that_needs_nothing_more_needs_only_a_title_and_rows() -> None:
    assert Screen.offers() == ()
    assert Screen.topics == frozenset()


def test_what_a_person_may_not_do_is_not_offered() -> None:
    seat = a_seat()
    assert seat.allows("client_change")
    limited = replace(seat, may=frozenset({"money_see"}))
    assert limited.allows("")
    assert limited.allows("money_see")
    assert not limited.allows("client_change")
