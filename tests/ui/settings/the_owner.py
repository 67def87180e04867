"""An owner who looks after the house, at the settings of a small real practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import sign_in
from clinic.values import StaffId
from tests import practices
from tests.ui.makers import a_seat
from ui.runner import Runner
from ui.screens.settings import Settings
from ui.screens.settings.leave import Gate
from ui.shell import Shell

if TYPE_CHECKING:
    from typing import Any, TypeVar

    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory

    S = TypeVar("S")

THERAPIST = StaffId("s-therapist")
MARCH_5 = date(2030, 3, 5)


class Owner:
    """The owner, who looks after the house."""

    def __init__(self, qtbot: QtBot, desk: Desk, memory: Memory) -> None:
        self.qtbot, self.desk, self.runner = qtbot, desk, Runner()
        self.bugs: list[BaseException] = []
        self.runner.broken.connect(self.bugs.append)
        self.runner.sit_down(desk)
        seat = replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk))
        self.shell = Shell(seat, self.runner, [Settings], memory)
        qtbot.addWidget(self.shell)
        self.shell.resize(1300, 900)
        with qtbot.waitExposed(self.shell):
            self.shell.show()

    def open(self, section: type[S]) -> S:
        self.shell.go("settings", section.key)  # type: ignore[attr-defined]
        self.settle()
        shown = self.shell.findChildren(Settings)[0].section
        assert isinstance(shown, section)
        return shown

    def settle(self) -> None:
        for _again in range(3):
            self.qtbot.waitUntil(lambda: not self.runner.busy, timeout=20_000)
            self.qtbot.wait(2)
        assert not self.bugs

    def type(self, line: Any, words: str) -> None:
        """Type over what stands in a field, and leave it."""
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)
        line.clearFocus()
        self.settle()

    def unlock(self, section: Any, why: str = "January") -> None:
        gate = section.findChildren(Gate)[0]
        gate.reason.setText(why)
        gate.password.setText(practices.PASSWORD)
        gate.unlock.click()
        self.settle()

    @property
    def panel(self) -> Any:
        return self.shell._panel.shown

    def undo(self) -> None:
        self.shell._undo.undo()
        self.settle()


def field(part: Any, key: str) -> Any:
    """What one types into."""
    return part.form[key].editor
