"""Anything is found from the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.test_shell import names_of, press
from ui.find import FOUND

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.find import Finder
    from ui.shell import Shell


def lines(finder: Finder) -> list[str]:
    model = finder.list.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def chosen(finder: Finder) -> str:
    found = finder.list.currentIndex().data(FOUND)
    return found.title if found is not None else ""


def test_three_letters_and_enter_open_a_client(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Ctrl+K")
    finder = shell._finder
    assert finder.line.hasFocus()
    QTest.keyClicks(finder.line, "kwa")
    qtbot.waitUntil(lambda: chosen(finder) == "Kwame Boateng")
    assert lines(finder)[0] == "Clients"
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert not finder.isVisible()
    assert names_of(shell).opened_on == "Kwame Boateng"


def test_the_arrows_walk_past_the_headings(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Ctrl+K")
    finder = shell._finder
    QTest.keyClicks(finder.line, "n")
    qtbot.waitUntil(lambda: chosen(finder) == "Inês Abreu")
    walked = []
    for _step in range(5):
        QTest.keyClick(finder.line, Qt.Key.Key_Down)
        walked.append(chosen(finder))
    assert walked == ["Kwame Boateng", "Names", "Numbers", "New name", "New name"]
    QTest.keyClick(finder.line, Qt.Key.Key_Up)
    assert chosen(finder) == "Numbers"


def test_a_screen_is_found_by_its_word(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Ctrl+K")
    QTest.keyClicks(shell._finder.line, "num")
    qtbot.waitUntil(lambda: chosen(shell._finder) == "Numbers")
    QTest.keyClick(shell._finder.line, Qt.Key.Key_Return)
    assert not names_of(shell).isVisible()


def test_what_nobody_knows_is_said_so(qtbot: QtBot, shell: Shell) -> None:
    press(shell, "Ctrl+K")
    QTest.keyClicks(shell._finder.line, "zzz")
    qtbot.waitUntil(shell._finder._nothing.isVisible)
    QTest.keyClick(shell._finder.line, Qt.Key.Key_Return)
    assert shell._finder.isVisible()
    press(shell, "Esc")
    assert not shell._finder.isVisible()


def test_the_palette_opens_empty_each_time(shell: Shell) -> None:
    press(shell, "Ctrl+K")
    QTest.keyClicks(shell._finder.line, "kwa")
    press(shell, "Esc")
    press(shell, "Ctrl+K")
    assert shell._finder.line.text() == ""
    assert lines(shell._finder)[0] == "Go to"
