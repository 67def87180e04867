"""The window: one gets in by the door, and locking lets go of everything."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from clinic.values import Trouble
from tests.ui.makers import PASSWORD, Copies, FakeDesk, FakeFront, Names, Numbers, a_seat
from ui.front import Arrival
from ui.screens.welcome.sign_in import SignIn
from ui.shortcuts import Shortcuts
from ui.window import Window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


def sign_in(qtbot: QtBot, window: Window) -> FakeDesk:
    card = window.welcome.card
    assert isinstance(card, SignIn)
    QTest.keyClicks(card.password, PASSWORD)
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    qtbot.waitUntil(lambda: not window.runner.busy)
    desk = window.welcome.front.seat.desk  # type: ignore[attr-defined]
    assert isinstance(desk, FakeDesk)
    return desk


def names_of(window: Window) -> Names:
    (found,) = window.findChildren(Names)
    return found


def test_a_password_and_enter_open_the_counter(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)
    assert names_of(window).table.model.rows == ("Inês Abreu", "Kwame Boateng")
    assert not window.welcome.isVisible()


def test_locking_lets_go_of_everything_within_a_second(qtbot: QtBot, window: Window) -> None:
    desk = sign_in(qtbot, window)
    assert window.shell is not None
    screen = weakref.ref(names_of(window))
    kept = names_of(window)
    dialog = Shortcuts(window.shell)
    dialog.open()
    QTest.keySequence(window, "Ctrl+L")
    window.lock()
    assert kept.kept
    del kept
    qtbot.waitUntil(desk.closed.is_set, timeout=1_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert screen() is None
    assert window.welcome.isVisible()
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [window]
    assert "Inês" not in spoken(window)


def spoken(window: Window) -> str:
    """All that any widget of the window still says."""
    said = []
    for widget in window.findChildren(QObject):
        for name in ("text", "accessibleName", "toolTip", "windowTitle"):
            value = widget.property(name)
            said.append(value if isinstance(value, str) else "")
    return " ".join(said)


class Clipboard:
    """A clipboard that holds a copy made here, or elsewhere; without a display Qt cannot tell them apart."""

    def __init__(self, *, ours: bool) -> None:
        self.ours = ours
        self.text = "Inês Abreu"

    def ownsClipboard(self) -> bool:  # noqa: N802 - stands in for Qt's
        return self.ours

    def clear(self) -> None:
        self.text = ""


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "Inês Abreu")])
def test_locking_takes_back_what_was_copied_here_and_nothing_else(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, *, ours: bool, left: str
) -> None:
    sign_in(qtbot, window)
    clipboard = Clipboard(ours=ours)
    with monkeypatch.context() as patch:
        patch.setattr(QGuiApplication, "clipboard", lambda: clipboard)
        window.lock()
    assert clipboard.text == left


def test_one_signs_in_again_after_locking(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)
    window.lock()
    sign_in(qtbot, window)
    assert window.shell is not None


def test_d30_after_five_idle_minutes_the_window_locks_and_comes_back_where_it_was(
    qtbot: QtBot, window: Window
) -> None:
    sign_in(qtbot, window)
    shell = window.shell
    assert shell is not None
    shell.go(Numbers.key)
    assert window._idle._idle.interval() == 5 * 60_000
    window._idle._idle.timeout.emit()
    assert window.shell is None
    sign_in(qtbot, window)
    assert window.findChildren(Numbers)[0].isVisible()


def test_the_window_locks_when_nobody_has_touched_it(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)
    window._idle.watch(minutes=0.002)
    qtbot.waitUntil(lambda: window.shell is None, timeout=2_000)


def test_a_touch_puts_the_lock_off(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)
    window._idle.watch(minutes=0.005)
    for _touch in range(10):
        qtbot.wait(50)
        QTest.keyClick(window, Qt.Key.Key_Shift)
    assert window.shell is not None


def test_a_machine_that_slept_wakes_up_locked(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(qtbot, window)
    later = time.time() + 3_600
    monkeypatch.setattr("ui.idle.time.time", lambda: later)
    window._idle._look_at_the_clock()
    assert window.shell is None


def test_the_lock_minutes_are_remembered(qtbot: QtBot, window: Window, memory: Memory) -> None:
    sign_in(qtbot, window)
    window.lock_after(10)
    assert memory.lock_minutes == 10


def test_the_window_comes_back_where_it_stood(qtbot: QtBot, front: FakeFront, memory: Memory) -> None:
    first = Window(front, lambda: [Names], memory)
    qtbot.addWidget(first)
    first.resize(1_024, 660)
    first.show()
    first.close()
    second = Window(front, lambda: [Names], memory)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (1_024, 660)


def test_no_title_names_a_client_or_the_practice(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)
    assert window.windowTitle() == "Effleurage"


def boxes(window: Window) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_a_trouble_is_told_in_a_dialog_that_says_what_to_do(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)

    def fail(_names: object) -> None:
        raise Trouble("disk_full")

    window.runner.do(fail, lambda _answer: None)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    assert boxes(window)[0].informativeText()
    boxes(window)[0].close()


def test_a_bug_is_owned_up_to_and_going_on_is_the_safe_default(qtbot: QtBot, window: Window) -> None:
    sign_in(qtbot, window)

    def break_down(_names: object) -> None:
        raise KeyError("Inês Abreu")

    window.runner.do(break_down, lambda _answer: None)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1)
    (box,) = boxes(window)
    assert box.defaultButton().text() == "Go on working"
    report = Path(box.informativeText().splitlines()[-1])
    assert "Inês" not in report.read_text("utf-8")
    assert "KeyError" in report.read_text("utf-8")
    box.close()


def test_closing_the_window_backs_up_and_closes_the_desk(
    qtbot: QtBot, window: Window, front: FakeFront
) -> None:
    copies = Copies()
    front.seat = a_seat(copies=copies)
    desk = sign_in(qtbot, window)
    window.close()
    assert copies.made == 1
    assert desk.closed.is_set()


def test_the_window_backs_up_while_one_works(qtbot: QtBot, window: Window, front: FakeFront) -> None:
    copies = Copies()
    front.seat = a_seat(copies=copies)
    sign_in(qtbot, window)
    assert window.shell is not None
    window.shell._back_up()
    qtbot.waitUntil(lambda: copies.made == 1)
    qtbot.waitUntil(lambda: not window.runner.busy)


def test_the_rest_is_imported_while_one_types(qtbot: QtBot, window: Window, front: FakeFront) -> None:
    window.warm_up()
    qtbot.waitUntil(front.warmed.is_set)
    qtbot.waitUntil(lambda: not window.runner.busy)


def test_the_door_is_painted_without_the_database() -> None:
    """What the first picture needs is Qt and the tokens; the rest comes while the person types."""
    script = (
        "import sys; import ui.app; "
        "heavy = {'sqlalchemy', 'alembic', 'reportlab', 'babel', 'pypdfium2', 'jsonschema', 'dateutil', 'ui.shell'}; "
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_what_is_imported_is_not_read_over_again() -> None:
    """Left to itself, PySide reads the source of each module that comes after it, and Python keeps it all."""
    script = (
        "import ui.app, clinic.rules.slots, linecache; "
        "print(*(file for file in linecache.cache if 'clinic' in file))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_first_start_shows_choices(qtbot: QtBot, memory: Memory) -> None:
    made = Window(FakeFront(Arrival.CHOICES), lambda: [Names], memory)
    qtbot.addWidget(made)
    assert made.shell is None
    made.close()
