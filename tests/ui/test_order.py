"""Tab goes along a screen as it is read, however it was put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tests.ui.makers import Names
from ui import order
from ui.widgets.buttons import Segments, quiet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell import Shell


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page whose last line was made first."""
    made = QWidget()
    qtbot.addWidget(made)
    last, first, middle = QLineEdit(), QLineEdit(), quiet("Add")
    parts = Segments([("all", "All"), ("some", "Some")], "Which")
    parts.choose("some")
    views = QStackedWidget()
    views.addWidget(QLineEdit())
    views.addWidget(shown := QLineEdit())
    views.setCurrentIndex(1)
    splitter = QSplitter()
    splitter.addWidget(QLabel("Nothing to stop at"))
    splitter.addWidget(parts)
    top = QHBoxLayout()
    top.addWidget(first)
    top.addWidget(middle)
    inner = QWidget()
    lines = QVBoxLayout(inner)
    lines.addLayout(top)
    lines.addWidget(splitter)
    lines.addWidget(views)
    lines.addWidget(last)
    scroll = QScrollArea()
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    scroll.setWidgetResizable(True)
    QVBoxLayout(made).addWidget(scroll)
    floating = quiet("Undo")
    floating.setParent(made)
    for name, widget in (("first", first), ("add", middle), ("shown", shown), ("last", last)):
        widget.setObjectName(name)
    floating.setObjectName("undo")
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def named(widgets: list[QWidget]) -> list[str]:
    return [widget.objectName() or widget.accessibleName() for widget in widgets]


def test_stops_are_in_reading_order_and_a_switch_is_one_stop(page: QWidget) -> None:
    assert named(order.stops(page)) == ["first", "add", "Some", "shown", "last", "undo"]


def test_what_is_hidden_or_disabled_is_passed_by(page: QWidget) -> None:
    page.findChild(QLineEdit, "first").hide()  # type: ignore[union-attr]
    page.findChild(QWidget, "add").setEnabled(False)  # type: ignore[union-attr]
    assert named(order.stops(page))[0] == "Some"


def test_a_step_goes_round_and_back(page: QWidget) -> None:
    stops = order.stops(page)
    stops[-1].setFocus()
    assert order.step(page, forwards=True)
    assert QApplication.focusWidget() is stops[0]
    assert order.step(page, forwards=False)
    assert QApplication.focusWidget() is stops[-1]


def test_from_nowhere_no_step_is_taken(page: QWidget) -> None:
    page.findChild(QLineEdit, "first").clearFocus()  # type: ignore[union-attr]
    page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    page.setFocus()
    assert not order.step(page, forwards=True)


def test_tab_in_the_window_goes_on_from_the_bar_to_the_screen(shell: Shell) -> None:
    (names,) = (screen for screen in shell.findChildren(Names) if screen.key == "names")
    shell._bar.lock.setFocus()
    QTest.keyClick(shell._bar.lock, Qt.Key.Key_Tab)
    assert names.table.view.hasFocus()
    QTest.keyClick(names.table.view, Qt.Key.Key_Backtab)
    assert shell._bar.lock.hasFocus()
    shell._rail._places["names"].setFocus()
    QTest.keyClick(shell._rail._places["names"], Qt.Key.Key_Tab)
    assert not shell._rail.isAncestorOf(QApplication.focusWidget() or shell)
