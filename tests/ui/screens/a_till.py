"""A small real practice with money to take, and a window at whose till somebody sits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from clinic.office import sign_in
from clinic.values import AppointmentId, ClientId
from tests import practices
from tests.ui.makers import a_seat
from ui.again import Again
from ui.runner import Runner
from ui.screens.reports import Reports
from ui.screens.till import Till
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory

OWN, OTHER, NOBODY = ClientId("c-own"), ClientId("c-other"), ClientId("c-new")
UNDER_A_LETTER, RESTFUL, PREPAID = AppointmentId("a-now"), AppointmentId("a-rest"), AppointmentId("a-60")


def a_document() -> dict[str, Any]:
    """Somebody on the table under a letter, a restful visit not yet charged, and money still owed."""
    document = practices.a_full_document()
    document["clients"].append(practices.a_client("c-new", "明子", "山本"))
    document["appointments"] += [
        practices.an_appointment(UNDER_A_LETTER, "2026-11-18T13:00", state="in_treatment"),
        practices.an_appointment(RESTFUL, "2026-11-17T13:00", client="c-other", treatment="t-rest"),
        practices.an_appointment(PREPAID, "2026-11-16T13:00"),
    ]
    document["invoices"].append(
        practices.an_invoice("i-2", "2026-11-12", practices.a_line("y-1", price=9000), client="c-other")
    )
    return document


class Counter:
    """A window over a real practice, at whose till somebody sits."""

    def __init__(self, qtbot: QtBot, desk: Desk, runner: Runner, shell: Shell) -> None:
        self.qtbot, self.desk, self.runner, self.shell = qtbot, desk, runner, shell

    @property
    def till(self) -> Till:
        return next(iter(self.shell.findChildren(Till)))

    def settle(self) -> None:
        for _ in range(3):  # an answer may ask the next question
            self.qtbot.wait(1)
            self.qtbot.waitUntil(lambda: not self._under_way, timeout=20_000)

    @property
    def _under_way(self) -> bool:
        return self.runner.busy or self.till.checkout._ahead.isActive()

    def open(self, what: object) -> Till:
        self.shell.go("till", what)
        self.settle()
        return self.till

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def panel(self) -> QWidget | None:
        return self.shell._panel.shown

    def asked_again(self) -> Again:
        return next(
            top for top in QApplication.topLevelWidgets() if isinstance(top, Again) and top.isVisible()
        )


def words_on(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("till"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], Counter]]:
    runner = Runner()
    shells: list[Shell] = []

    def sitting(person: str = "owner") -> Counter:
        desk = practices.sit_down(practices.copied(template, tmp_path / "copy"), person)
        runner.sit_down(desk)
        seat = replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk))
        shell = Shell(seat, runner, [Till, Reports], memory)
        qtbot.addWidget(shell)
        shells.append(shell)
        shell.resize(1280, 800)
        with qtbot.waitExposed(shell):
            shell.show()
        shell.open_first()
        counter = Counter(qtbot, desk, runner, shell)
        counter.settle()
        return counter

    yield sitting
    for shell in shells:
        shell.hide_panel()
    qtbot.wait(1)
    runner.close()
    qtbot.wait(1)


@pytest.fixture
def counter(sit: Callable[[str], Counter]) -> Counter:
    return sit("owner")
